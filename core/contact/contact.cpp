#include "contact/contact.h"

#include <algorithm>
#include <utility>

#include "language/limits.h"

namespace fosterflow {

Contact::Contact(Interner* interner, ZoneRegistry* zones, Symbol id)
    : interner_(interner),
      zones_(zones),
      identity_(interner, id),
      history_(interner),
      profile_(interner) {}

void Contact::setPlan(std::shared_ptr<const Plan> plan, std::vector<Delta>& deltas) {
  if (plan == plan_) {
    if (mustWakeFor(plan)) {
      wake(deltas);
      return;
    }
    if (!wasTold_ && exists_) compareWith(plan_, since_, false, deltas);
    return;
  }
  const std::shared_ptr<const Plan> oldPlan = std::exchange(plan_, std::move(plan));
  const bool areNew = unpack();
  if (!exists_) return;
  const std::unique_ptr<Evaluator> before = std::exchange(evaluator_, nullptr);
  // What was computed of events that are no more is of no use.
  start(areNew ? nullptr : before.get());
  compareWith(oldPlan, std::exchange(since_, {}), wasTold_, deltas);
}

// Tells how the memberships by `plan_` differ from those that another plan, or an earlier run, has
// decided. `wasTold`: this sequence of deltas knows the old ones.
void Contact::compareWith(const std::shared_ptr<const Plan>& oldPlan,
                          const std::vector<Instant>& oldSince, bool wasTold,
                          std::vector<Delta>& deltas) {
  wasTold_ = true;
  const std::vector<Instant> olds = oldSince;  // may be the very list that is written
  since_.assign(plan_->segments.size(), kNever);
  // Both lists ascend by id.
  uint32_t old = 0;
  const auto exitOld = [&](uint32_t index) {
    if (olds[index] == kNever || !wasTold) return;
    emit(identity_.id(), oldPlan, index, false, clock_, clock_, Cause::kDefinition, kNoSymbol,
         deltas);
  };
  for (uint32_t index = 0; index < plan_->segments.size(); ++index) {
    const std::string& id = plan_->segments[index].id;
    while (old < olds.size() && oldPlan->segments[old].id < id) exitOld(old++);
    const bool isKnown = old < olds.size() && oldPlan->segments[old].id == id;
    const Instant before = isKnown ? olds[old++] : kNever;
    // Asleep, what was stored is the answer.
    const bool isMember = evaluator_ ? evaluator_->holds(index) : before != kNever;
    if (isMember) since_[index] = before == kNever ? clock_ : before;
    if (isMember == (before != kNever && wasTold)) continue;
    emit(identity_.id(), plan_, index, isMember, clock_, clock_,
         isKnown && wasTold ? Cause::kDefinition : Cause::kFirst, kNoSymbol, deltas);
  }
  while (old < olds.size()) exitOld(old++);
}

void Contact::restore(std::unique_ptr<const PackedData> data, Stored stored) {
  packed_ = std::move(data);
  exists_ = stored.exists;
  clock_ = stored.clock;
  plan_ = std::move(stored.plan);
  since_ = std::move(stored.since);
  isReduced_ = stored.isReduced;
  isNextChangeKnown_ = stored.isNextChangeKnown;
  nextChange_ = stored.nextChange;
  wasTold_ = stored.goesOn;
  setQuietTime();
}

// Without a change in sight there is none up to the horizon.
void Contact::setQuietTime() {
  quietUntil_ = !isNextChangeKnown_     ? clock_
                : nextChange_ != kNever ? nextChange_
                                        : clock_ + kNextChangeHorizonMilliseconds;
}

void Contact::dropLiveData() {
  evaluator_.reset();
  history_.clear();
  profile_.clear();
}

void Contact::sleep(std::unique_ptr<const PackedData> data) {
  packed_ = std::move(data);
  isReduced_ = true;
  setQuietTime();
}

// Has the data live, no more of them than the plan keeps; true when the events are others than
// before.
bool Contact::unpack() {
  const bool wasAsleep = packed_ != nullptr;
  if (wasAsleep) packed_->unpack(history_, profile_);
  packed_ = nullptr;
  return (plan_->keptProperties && history_.reduce(*plan_->keptProperties)) || wasAsleep;
}

void Contact::wake(std::vector<Delta>& deltas) {
  if (!packed_) return;
  unpack();
  if (!exists_) return;
  start(nullptr);
  compareWith(plan_, since_, wasTold_, deltas);
}

// Computes everything from the data, as far as `before` does not know it; nullptr: it knows
// nothing.
void Contact::start(Evaluator* before) {
  clock_ = std::max(clock_, kMinInstant);
  isNextChangeKnown_ = false;
  evaluator_ = std::make_unique<Evaluator>(*plan_, history_, profile_, *zones_, identity_.id(),
                                           clock_, before);
}

void Contact::advanceTo(Instant now, std::vector<Delta>& deltas) {
  if (now <= clock_) return;
  if (packed_ && exists_) {
    if (now < quietUntil_) {
      clock_ = now;
      if (nextChange_ == kNever) isNextChangeKnown_ = false;  // its horizon has moved
      return;
    }
    wake(deltas);
  }
  if (evaluator_) {
    while (evaluator_->nextWake() <= now) {
      const Instant wake = evaluator_->nextWake();
      evaluator_->advanceTo(wake);
      const std::vector<uint32_t>& changed = evaluator_->settle();
      if (changed.empty()) continue;
      isNextChangeKnown_ = false;
      emitChanges(changed, wake, now, Cause::kTime, kNoSymbol, deltas);
    }
    evaluator_->advanceTo(now);
    // What lay beyond the horizon may have come nearer.
    if (nextChange_ == kNever) isNextChangeKnown_ = false;
  }
  clock_ = now;
}

void Contact::write(const Message& message, Instant receivedAt, HistoryListener* listener) {
  const Instant time = message.timestamp.value_or(receivedAt);
  switch (message.type) {
    case MessageType::kTrack:
    case MessageType::kPage:
    case MessageType::kScreen:
      if (plan_ && plan_->keptProperties) {
        plan_->keptProperties->reduce(message.name, *message.data);
      }
      history_.add(time, message.name, message.messageId, message.contact, *message.data, listener);
      break;
    case MessageType::kIdentify:
      if (!message.data->empty()) profile_.writeTraits(*message.data, time);
      break;
    case MessageType::kChannel:
      profile_.setChannel(message.name, message.isOn, time);
      break;
    case MessageType::kList:
      profile_.setList(message.name, message.isOn, time);
      break;
    case MessageType::kAlias:
      break;
  }
  exists_ = true;
}

Refusal Contact::apply(const Message& message, Instant receivedAt, std::vector<Delta>& deltas) {
  const bool isAlias = message.type == MessageType::kAlias;
  if (!identity_.contains(message.contact) &&
      !(isAlias && identity_.contains(message.previousId))) {
    return Refusal::kOtherContact;
  }
  wake(deltas);
  if (isAlias) {
    mergeAlias(message, nullptr, deltas);
    return Refusal::kNone;
  }
  isNextChangeKnown_ = false;
  if (!evaluator_) {
    write(message, receivedAt, nullptr);
    start(nullptr);
    since_.assign(plan_->segments.size(), kNever);
    for (uint32_t segment = 0; segment < since_.size(); ++segment) {
      if (evaluator_->holds(segment)) {
        since_[segment] = clock_;
        emit(identity_.id(), plan_, segment, true, clock_, clock_, Cause::kMessage,
             message.messageId, deltas);
      }
    }
    return Refusal::kNone;
  }
  write(message, receivedAt, evaluator_.get());
  if (message.type == MessageType::kIdentify) evaluator_->traitsChanged();
  if (message.type == MessageType::kChannel) evaluator_->channelsChanged();
  if (message.type == MessageType::kList) evaluator_->listsChanged();
  emitChanges(evaluator_->settle(), clock_, clock_, Cause::kMessage, message.messageId, deltas);
  return Refusal::kNone;
}

void Contact::applyAlias(const Message& message, Contact& other, std::vector<Delta>& deltas) {
  mergeAlias(message, &other, deltas);
}

void Contact::mergeAlias(const Message& message, Contact* other, std::vector<Delta>& deltas) {
  Before own = {identity_.id(), std::move(since_)};
  Before others;
  if (other != nullptr) {
    others = {other->identity_.id(), std::move(other->since_)};
    clock_ = std::max(clock_, other->clock_);
  }
  loadAlias(message, other);
  tellMerge(own, others, message.messageId, deltas);
}

void Contact::absorb(Contact& copy, std::vector<Delta>& deltas) {
  wake(deltas);
  Before own = {identity_.id(), std::move(since_)};
  unite(copy);
  exists_ = exists_ || copy.exists_;
  if (exists_) {
    tellMerge(own, {}, kNoSymbol, deltas);
  } else {
    since_ = std::move(own.since);
  }
}

void Contact::unite(Contact& other) {
  if (other.packed_) other.packed_->unpack(other.history_, other.profile_);
  other.packed_ = nullptr;
  if (plan_ && plan_->keptProperties) other.history_.reduce(*plan_->keptProperties);
  identity_.absorb(other.identity_);
  history_.absorb(other.history_);
  profile_.absorb(other.profile_);
}

// The deltas of two that became one: an id that is gone leaves what it was in, and the id that
// stays gets the difference between what it was in itself and what the union is in.
void Contact::tellMerge(const Before& own, const Before& other, Symbol messageId,
                        std::vector<Delta>& deltas) {
  const size_t firstDelta = deltas.size();
  start(nullptr);
  const Symbol id = identity_.id();
  since_.assign(plan_->segments.size(), kNever);
  const std::vector<Instant> none;
  const std::vector<Instant>& stayed = id == own.id     ? own.since
                                       : id == other.id ? other.since
                                                        : none;
  for (uint32_t index = 0; index < since_.size(); ++index) {
    for (const Before* side : {&own, &other}) {
      if (side->id == id || side->since.empty() || side->since[index] == kNever) continue;
      emit(side->id, plan_, index, false, clock_, clock_, Cause::kMerge, messageId, deltas);
    }
    const Instant before = stayed.empty() ? kNever : stayed[index];
    const bool isMember = evaluator_->holds(index);
    if (isMember) since_[index] = before == kNever ? clock_ : before;
    if (isMember == (before != kNever)) continue;
    emit(id, plan_, index, isMember, clock_, clock_, Cause::kMerge, messageId, deltas);
  }
  sortDeltas(deltas, firstDelta);
}

void Contact::load(const Message& message, Instant receivedAt) {
  write(message, receivedAt, nullptr);
}

void Contact::loadAlias(const Message& message, Contact* other) {
  if (other != nullptr) unite(*other);
  identity_.join(message.previousId, message.contact);
  exists_ = true;
}

std::vector<bool> Contact::membershipsAt(Instant now, const Plan& plan) const {
  std::vector<bool> memberships(plan.segments.size());
  if (!exists_) return memberships;
  const Evaluator evaluator(plan, history_, profile_, *zones_, identity_.id(), now);
  for (uint32_t segment = 0; segment < memberships.size(); ++segment) {
    memberships[segment] = evaluator.holds(segment);
  }
  return memberships;
}

std::optional<std::vector<MembershipChange>> Contact::timeline(const Plan& plan, uint32_t segment,
                                                               Instant from, Instant to) const {
  if (!exists_) return std::vector<MembershipChange>();
  Evaluator evaluator(plan, history_, profile_, *zones_, identity_.id(), from - 1);
  return timelineOf(evaluator, segment, to);
}

std::optional<Instant> Contact::nextChangeAt() {
  if (!isNextChangeKnown_) {
    if (!evaluator_) return std::nullopt;
    nextChange_ = evaluator_->nextSegmentChange(clock_ + kNextChangeHorizonMilliseconds);
    isNextChangeKnown_ = true;
  }
  if (nextChange_ == kNever) return std::nullopt;
  return nextChange_;
}

void Contact::emit(Symbol contact, const std::shared_ptr<const Plan>& plan, uint32_t segment,
                   bool entered, Instant at, Instant decidedAt, Cause cause, Symbol messageId,
                   std::vector<Delta>& deltas) {
  deltas.push_back({HeldText(interner_, contact), identity_.nextSequence(contact), plan, segment,
                    entered, at, decidedAt, cause, HeldText(interner_, messageId)});
}

void Contact::emitChanges(const std::vector<uint32_t>& segments, Instant at, Instant decidedAt,
                          Cause cause, Symbol messageId, std::vector<Delta>& deltas) {
  for (const uint32_t index : segments) {
    const bool entered = evaluator_->holds(index);
    since_[index] = entered ? at : kNever;
    emit(identity_.id(), plan_, index, entered, at, decidedAt, cause, messageId, deltas);
  }
}

}  // namespace fosterflow

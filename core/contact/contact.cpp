#include "contact/contact.h"

#include <algorithm>
#include <array>
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
  if (plan == plan_) return;
  const std::shared_ptr<const Plan> oldPlan = std::exchange(plan_, std::move(plan));
  if (!evaluator_) return;
  const std::vector<Instant> oldSince = std::exchange(since_, {});
  start(std::exchange(evaluator_, nullptr).get());
  since_.assign(plan_->segments.size(), kNever);
  // Both lists ascend by id.
  uint32_t old = 0;
  const auto exitOld = [&](uint32_t index) {
    if (oldSince[index] == kNever) return;
    emit(identity_.id(), oldPlan, index, false, clock_, clock_, Cause::kDefinition, kNoSymbol,
         deltas);
  };
  for (uint32_t index = 0; index < plan_->segments.size(); ++index) {
    const std::string& id = plan_->segments[index].id;
    while (old < oldSince.size() && oldPlan->segments[old].id < id) exitOld(old++);
    const bool isKnown = old < oldSince.size() && oldPlan->segments[old].id == id;
    const Instant before = isKnown ? oldSince[old++] : kNever;
    const bool isMember = evaluator_->holds(index);
    if (isMember) since_[index] = before == kNever ? clock_ : before;
    if (isMember == (before != kNever)) continue;
    emit(identity_.id(), plan_, index, isMember, clock_, clock_,
         isKnown ? Cause::kDefinition : Cause::kFirst, kNoSymbol, deltas);
  }
  while (old < oldSince.size()) exitOld(old++);
}

// Computes everything from the data, as far as `before` does not know it; nullptr: it knows
// nothing.
void Contact::start(Evaluator* before) {
  isNextChangeKnown_ = false;
  evaluator_ = std::make_unique<Evaluator>(*plan_, history_, profile_, *zones_, identity_.id(),
                                           clock_, before);
}

void Contact::advanceTo(Instant now, std::vector<Delta>& deltas) {
  if (now <= clock_) return;
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
  if (message.type == MessageType::kAlias) {
    if (!identity_.contains(message.contact) && !identity_.contains(message.previousId)) {
      return Refusal::kOtherContact;
    }
    merge(message, nullptr, deltas);
    return Refusal::kNone;
  }
  if (!identity_.contains(message.contact)) return Refusal::kOtherContact;
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
  merge(message, &other, deltas);
}

// The deltas of an alias: an id that is gone leaves what it was in, and the id that stays gets the
// difference between what it was in itself and what the union is in.
void Contact::merge(const Message& message, Contact* other, std::vector<Delta>& deltas) {
  const size_t firstDelta = deltas.size();
  const Symbol ownId = identity_.id();
  const Symbol otherId = other != nullptr ? other->identity_.id() : kNoSymbol;
  const std::vector<Instant> ownSince = std::move(since_);
  std::vector<Instant> otherSince;
  if (other != nullptr) otherSince = std::move(other->since_);
  loadAlias(message, other);
  if (other != nullptr) clock_ = std::max(clock_, other->clock_);
  start(nullptr);
  const Symbol id = identity_.id();
  since_.assign(plan_->segments.size(), kNever);
  const std::vector<Instant> none;
  const std::vector<Instant>& stayed = id == ownId ? ownSince : id == otherId ? otherSince : none;
  using IdMemberships = std::pair<Symbol, const std::vector<Instant>*>;
  const std::array<IdMemberships, 2> sides = {{{ownId, &ownSince}, {otherId, &otherSince}}};
  for (uint32_t index = 0; index < since_.size(); ++index) {
    for (const auto& [goneId, goneSince] : sides) {
      if (goneId == id || goneSince->empty() || (*goneSince)[index] == kNever) continue;
      emit(goneId, plan_, index, false, clock_, clock_, Cause::kMerge, message.messageId, deltas);
    }
    const Instant before = stayed.empty() ? kNever : stayed[index];
    const bool isMember = evaluator_->holds(index);
    if (isMember) since_[index] = before == kNever ? clock_ : before;
    if (isMember == (before != kNever)) continue;
    emit(id, plan_, index, isMember, clock_, clock_, Cause::kMerge, message.messageId, deltas);
  }
  sortDeltas(deltas, firstDelta);
}

void Contact::load(const Message& message, Instant receivedAt) {
  write(message, receivedAt, nullptr);
}

void Contact::loadAlias(const Message& message, Contact* other) {
  if (other != nullptr) {
    identity_.absorb(other->identity_);
    history_.absorb(other->history_);
    profile_.absorb(other->profile_);
  }
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
  if (!evaluator_) return std::nullopt;
  if (!isNextChangeKnown_) {
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

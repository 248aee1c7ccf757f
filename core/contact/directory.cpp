#include "contact/directory.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace fosterflow {

Directory::Directory(Interner* interner, ZoneRegistry* zones, std::shared_ptr<const Plan> plan,
                     bool isLive)
    : interner_(interner), zones_(zones), plan_(std::move(plan)), isLive_(isLive) {}

uint32_t Directory::find(Symbol id) const {
  const uintptr_t* index = byId_.find(id);
  return index == nullptr ? kNoIndex : static_cast<uint32_t>(*index);
}

const Contact* Directory::contactOf(std::string_view id) const {
  const Symbol symbol = interner_->find(id);
  const uint32_t index = symbol == kNoSymbol ? kNoIndex : find(symbol);
  return index == kNoIndex ? nullptr : contacts_[index].get();
}

uint32_t Directory::contactFor(Symbol id) {
  const uint32_t known = find(id);
  if (known != kNoIndex) return known;
  const auto index = static_cast<uint32_t>(contacts_.size());
  contacts_.push_back(std::make_unique<Contact>(interner_, zones_, id));
  contacts_.back()->setPlan(plan_, pending_);
  byId_.set(id, index);
  schedule_.resize(contacts_.size());
  ++contactCount_;
  return index;
}

Refusal Directory::accept(const Message& message) {
  if (!message.timestamp && !latest_) return Refusal::kMissingTimestamp;
  const Instant time = message.timestamp ? *message.timestamp : *latest_;
  latest_ = std::max(time, latest_.value_or(time));
  if (until_ && time > *until_) return Refusal::kNone;
  ++messageCount_;
  if (isLive_) advanceClock(time);
  if (message.type == MessageType::kAlias) {
    acceptAlias(message);
    return Refusal::kNone;
  }
  const uint32_t index = contactFor(message.contact);
  Contact& contact = *contacts_[index];
  if (!isLive_) {
    contact.load(message, time);
    return Refusal::kNone;
  }
  contact.advanceTo(clock_, pending_);
  contact.apply(message, time, pending_);
  schedule_.set(index, contact.nextWake());
  return Refusal::kNone;
}

void Directory::acceptAlias(const Message& message) {
  uint32_t index = find(message.contact);
  const uint32_t other = find(message.previousId);
  if (index == kNoIndex) index = other != kNoIndex ? other : contactFor(message.contact);
  Contact& contact = *contacts_[index];
  Contact* joined = other != kNoIndex && other != index ? contacts_[other].get() : nullptr;
  if (isLive_) {
    contact.advanceTo(clock_, pending_);
    if (joined != nullptr) {
      joined->advanceTo(clock_, pending_);
      contact.applyAlias(message, *joined, pending_);
    } else {
      contact.apply(message, clock_, pending_);
    }
    schedule_.set(index, contact.nextWake());
  } else {
    contact.loadAlias(message, joined);
  }
  for (const Identity::Member& member : contact.identity().members()) byId_.set(member.id, index);
  if (joined == nullptr) return;
  if (isLive_) schedule_.set(other, kNever);
  contacts_[other].reset();
  --contactCount_;
}

void Directory::advanceClock(Instant now) {
  if (now <= clock_) return;
  clock_ = now;
  while (schedule_.earliest() <= now) {
    const uint32_t index = schedule_.first();
    contacts_[index]->advanceTo(now, pending_);
    schedule_.set(index, contacts_[index]->nextWake());
  }
  release(now);
}

// Lets the deltas before an instant go.
void Directory::release(Instant before) {
  if (pending_.empty()) return;
  sortDeltas(pending_, 0);
  const auto firstKept = std::find_if(pending_.begin(), pending_.end(),
                                      [before](const Delta& delta) { return delta.at >= before; });
  std::move(pending_.begin(), firstKept, std::back_inserter(final_));
  pending_.erase(pending_.begin(), firstKept);
}

void Directory::finish() {
  if (until_) advanceClock(*until_);
  release(kNever);
}

std::vector<std::vector<std::string_view>> Directory::membersAt(Instant now) const {
  std::vector<std::vector<std::string_view>> members(plan_->segments.size());
  for (const std::unique_ptr<Contact>& contact : contacts_) {
    if (contact == nullptr) continue;
    const std::vector<bool> memberships = contact->membershipsAt(now, *plan_);
    for (size_t segment = 0; segment < members.size(); ++segment) {
      if (memberships[segment]) {
        members[segment].push_back(interner_->text(contact->identity().id()));
      }
    }
  }
  for (std::vector<std::string_view>& ids : members) std::sort(ids.begin(), ids.end());
  return members;
}

}  // namespace fosterflow

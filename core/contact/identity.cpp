#include "contact/identity.h"

#include <algorithm>

#include "values/sorted_order.h"

namespace fosterflow {

Identity::Identity(Interner* interner, Symbol id) : interner_(interner), id_(id) { memberOf(id); }

Identity::~Identity() {
  for (const Member& member : members_) interner_->release(member.id);
}

bool Identity::contains(Symbol id) const {
  return std::any_of(members_.begin(), members_.end(),
                     [id](const Member& member) { return member.id == id; });
}

Identity::Member& Identity::memberOf(Symbol id) {
  for (Member& member : members_) {
    if (member.id == id) return member;
  }
  interner_->retain(id);
  members_.push_back({id, false, 0});
  return members_.back();
}

void Identity::join(Symbol previousId, Symbol id) {
  if (previousId == id) return;
  memberOf(previousId).isPrevious = true;
  memberOf(id);
  choose();
}

void Identity::absorb(const Identity& other) {
  for (const Member& member : other.members_) {
    Member& own = memberOf(member.id);
    own.isPrevious = own.isPrevious || member.isPrevious;
    own.sequence = std::max(own.sequence, member.sequence);
  }
  choose();
}

void Identity::restore(Symbol id, bool isPrevious, uint64_t sequence) {
  Member& member = memberOf(id);
  member.isPrevious = isPrevious;
  member.sequence = sequence;
  choose();
}

uint64_t Identity::sequenceOf(Symbol id) const {
  for (const Member& member : members_) {
    if (member.id == id) return member.sequence;
  }
  return 0;
}

std::vector<Identity::Member> Identity::sorted() const {
  const std::vector<size_t> order = sortedOrder(members_.size(), [this](size_t left, size_t right) {
    return interner_->text(members_[left].id) < interner_->text(members_[right].id);
  });
  std::vector<Member> members;
  members.reserve(order.size());
  for (const size_t place : order) members.push_back(members_[place]);
  return members;
}

uint64_t Identity::nextSequence(Symbol id) { return ++memberOf(id).sequence; }

void Identity::choose() {
  const auto isBetter = [this](const Member& left, const Member& right) {
    if (left.isPrevious != right.isPrevious) return right.isPrevious;
    return interner_->text(left.id) < interner_->text(right.id);
  };
  id_ = std::min_element(members_.begin(), members_.end(), isBetter)->id;
}

}  // namespace fosterflow

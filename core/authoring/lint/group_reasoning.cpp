#include "authoring/lint/group_reasoning.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace fosterflow {

namespace {

/// Of so many members of a group each is held against each; of more only what all of one subject
/// say together.
constexpr size_t kMaxComparedInPairs = 256;

// A member of a group of conditions that all hold. For a group of which any holds, each is turned
// round: then all of them hold exactly when the group does not.
struct Member {
  const Clause* clause = nullptr;
  HoldingValues holding;
};

bool isLeaf(const Clause& clause) { return clause.kind == Clause::Kind::kLeaf; }

bool areNamesWithin(const std::vector<std::string>& inner, const std::vector<std::string>& outer) {
  return std::includes(outer.begin(), outer.end(), inner.begin(), inner.end());
}

bool isWindowWithin(const Clause& inner, const Clause& outer) {
  const Window& small = inner.counted->window;
  const Window& large = outer.counted->window;
  if (inner.countedWindow == outer.countedWindow) return true;
  if (large.since) return false;
  if (large.kind == Window::Kind::kAllTime) return true;
  return small.kind == Window::Kind::kLast && large.kind == Window::Kind::kLast &&
         !small.longer.isCalendar && !large.longer.isCalendar &&
         small.longer.milliseconds <= large.longer.milliseconds;
}

// Whether there are at most as many of the one as of the other.
bool isCountWithin(const Clause& inner, const Clause& outer) {
  if (inner.counted == nullptr || outer.counted == nullptr) return false;
  const Metric& small = *inner.counted;
  const Metric& large = *outer.counted;
  return small.measure.function == large.measure.function &&
         small.measure.property == large.measure.property &&
         small.measure.unit == large.measure.unit &&
         areNamesWithin(small.events.names, large.events.names) &&
         (!large.events.where || inner.countedWhere == outer.countedWhere) &&
         isWindowWithin(inner, outer);
}

bool exclude(const Member& left, const Member& right) {
  if (left.clause->subject == right.clause->subject) {
    return left.holding.may.intersected(right.holding.may).isEmpty();
  }
  const NumberSet& low = left.holding.may.numbers;
  const NumberSet& high = right.holding.may.numbers;
  if (low.isEmpty() || high.isEmpty()) return false;
  return isCountWithin(*left.clause, *right.clause) && low.lowest() > high.highest();
}

// Whether the right one holds whenever the left one does.
bool implies(const Member& left, const Member& right) {
  if (left.clause->subject == right.clause->subject) {
    return left.holding.may.isWithin(right.holding.must);
  }
  const NumberSet& numbers = left.holding.may.numbers;
  if (numbers.isEmpty()) return false;
  // At least as many as the least, or at most as many as the most.
  if (isCountWithin(*left.clause, *right.clause)) {
    const NumberSet from = NumberSet({numbers.lowest(), right.clause->universe.numbers.highest()});
    return ValueSet::ofNumbers(from.wholeOnly()).isWithin(right.holding.must);
  }
  if (isCountWithin(*right.clause, *left.clause)) {
    const NumberSet upTo = NumberSet({0, numbers.highest()});
    return ValueSet::ofNumbers(upTo.wholeOnly()).isWithin(right.holding.must);
  }
  return false;
}

class Reasoner {
 public:
  explicit Reasoner(std::vector<Conclusion>* conclusions) : conclusions_(conclusions) {}

  Truth about(const Clause& clause) {
    if (isLeaf(clause)) {
      const Truth truth = truthOf(clause);
      if (truth != Truth::kUnknown) {
        conclude(truth == Truth::kTrue ? Conclusion::Kind::kAlways : Conclusion::Kind::kNever,
                 clause, {});
      }
      return truth;
    }
    std::vector<const Clause*> members;
    gather(clause, clause.kind, members);
    const bool isAll = clause.kind == Clause::Kind::kAll;
    // What one member makes of the group, and what all of them together do.
    const Truth decisive = isAll ? Truth::kFalse : Truth::kTrue;
    bool isDecided = false;
    bool areAllNeutral = true;
    std::vector<Member> leaves;
    std::vector<const Clause*> groups;
    for (const Clause* member : members) {
      const Truth truth = about(*member);
      if (truth == decisive) isDecided = true;
      if (truth != opposite(decisive)) areAllNeutral = false;
      if (truth != Truth::kUnknown) continue;
      if (!isLeaf(*member)) {
        groups.push_back(member);
      } else {
        leaves.push_back({member, isAll ? member->holding : turned(*member)});
      }
    }
    if (findExclusion(clause, leaves)) isDecided = true;
    if (!isDecided) findRepetition(isAll, leaves, groups);
    if (isDecided) return decisive;
    return areAllNeutral ? opposite(decisive) : Truth::kUnknown;
  }

 private:
  static HoldingValues turned(const Clause& leaf) {
    HoldingValues turned = leaf.holding.complement();
    for (ValueSet* set : {&turned.may, &turned.must}) {
      *set = set->intersected(leaf.universe);
      if (leaf.isWhole) set->numbers = set->numbers.wholeOnly();
    }
    return turned;
  }

  static void gather(const Clause& group, Clause::Kind kind, std::vector<const Clause*>& members) {
    for (const Clause& child : group.children) {
      if (child.kind == kind) {
        gather(child, kind, members);
      } else {
        members.push_back(&child);
      }
    }
  }

  void conclude(Conclusion::Kind kind, const Clause& clause, std::vector<const Clause*> related) {
    if (conclusions_ != nullptr) conclusions_->push_back({kind, &clause, std::move(related)});
  }

  // Members of which not all can hold.
  bool findExclusion(const Clause& group, const std::vector<Member>& leaves) {
    const Conclusion::Kind kind = group.kind == Clause::Kind::kAll ? Conclusion::Kind::kExclusive
                                                                   : Conclusion::Kind::kExhaustive;
    const size_t compared = std::min(leaves.size(), kMaxComparedInPairs);
    for (size_t later = 0; later < compared; ++later) {
      for (size_t earlier = 0; earlier < later; ++earlier) {
        if (!exclude(leaves[earlier], leaves[later]) && !exclude(leaves[later], leaves[earlier])) {
          continue;
        }
        conclude(kind, group, {leaves[earlier].clause, leaves[later].clause});
        return true;
      }
    }
    std::map<std::string_view, ValueSet> left;
    for (const Member& leaf : leaves) {
      const auto [place, isNew] = left.try_emplace(leaf.clause->subject, leaf.holding.may);
      if (!isNew) place->second = place->second.intersected(leaf.holding.may);
      if (!place->second.isEmpty()) continue;
      std::vector<const Clause*> related;
      for (const Member& other : leaves) {
        if (other.clause->subject == leaf.clause->subject) related.push_back(other.clause);
      }
      conclude(kind, group, std::move(related));
      return true;
    }
    return false;
  }

  void findRepetition(bool isAll, const std::vector<Member>& leaves,
                      const std::vector<const Clause*>& groups) {
    std::map<std::string_view, const Clause*> known;
    std::vector<const Clause*> superfluous;
    const auto findDuplicate = [this, &known, &superfluous](const Clause& clause) {
      const auto [place, isNew] = known.try_emplace(clause.normal, &clause);
      if (isNew) return;
      superfluous.push_back(&clause);
      conclude(Conclusion::Kind::kDuplicate, clause, {place->second});
    };
    for (const Member& leaf : leaves) findDuplicate(*leaf.clause);
    for (const Clause* group : groups) findDuplicate(*group);
    const auto isSuperfluous = [&superfluous](const Clause* clause) {
      return std::find(superfluous.begin(), superfluous.end(), clause) != superfluous.end();
    };
    const size_t compared = std::min(leaves.size(), kMaxComparedInPairs);
    for (size_t index = 0; index < compared; ++index) {
      if (isSuperfluous(leaves[index].clause)) continue;
      for (size_t other = 0; other < compared; ++other) {
        // What has been left out is no reason any more.
        if (other == index || isSuperfluous(leaves[other].clause)) continue;
        if (!implies(leaves[other], leaves[index])) continue;
        superfluous.push_back(leaves[index].clause);
        conclude(Conclusion::Kind::kRedundant, *leaves[index].clause, {leaves[other].clause});
        break;
      }
    }
    for (size_t place = 0; place < std::min(groups.size(), kMaxComparedInPairs); ++place) {
      if (!isSuperfluous(groups[place]))
        findAbsorption(isAll, *groups[place], leaves, isSuperfluous);
    }
  }

  // "A, and either A or B" is A.
  template <typename Predicate>
  void findAbsorption(bool isAll, const Clause& group, const std::vector<Member>& leaves,
                      const Predicate& isSuperfluous) {
    const size_t compared = std::min(leaves.size(), kMaxComparedInPairs);
    for (const Clause& child : group.children) {
      if (!isLeaf(child) || truthOf(child) != Truth::kUnknown) continue;
      const Member inner = {&child, isAll ? child.holding : turned(child)};
      for (size_t index = 0; index < compared; ++index) {
        if (isSuperfluous(leaves[index].clause) || !implies(leaves[index], inner)) continue;
        conclude(Conclusion::Kind::kRedundant, group, {leaves[index].clause});
        return;
      }
    }
  }

  std::vector<Conclusion>* conclusions_;
};

}  // namespace

Truth reasonAbout(const Clause& clause, std::vector<Conclusion>* conclusions) {
  return Reasoner(conclusions).about(clause);
}

}  // namespace fosterflow

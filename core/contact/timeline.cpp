#include "contact/timeline.h"

#include "language/limits.h"

namespace fosterflow {

std::optional<std::vector<MembershipChange>> timelineOf(Evaluator& evaluator, uint32_t segment,
                                                        Instant to) {
  std::vector<MembershipChange> changes;
  bool isMember = evaluator.holds(segment);
  while (evaluator.nextWake() <= to) {
    evaluator.advanceTo(evaluator.nextWake());
    evaluator.settle();
    if (evaluator.holds(segment) == isMember) continue;
    isMember = !isMember;
    if (changes.size() == kMaxTimelineChanges) return std::nullopt;
    changes.push_back({evaluator.now(), isMember});
  }
  return changes;
}

}  // namespace fosterflow

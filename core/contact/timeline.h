#pragma once

#include <optional>
#include <vector>

#include "contact/evaluator.h"

namespace fosterflow {

/// A contact's entering or leaving of one segment.
struct MembershipChange {
  Instant at = 0;
  bool entered = false;
};

/// Every entering and leaving of a segment at the instants from `from` to `to`, both included,
/// oldest first: what the law says of those instants, from the events alone. `evaluator` is of the
/// instant before `from`, and is of `to` afterwards. nullopt when there are more than
/// kMaxTimelineChanges. O(steps of the clock at which something may change in the plan).
std::optional<std::vector<MembershipChange>> timelineOf(Evaluator& evaluator, uint32_t segment,
                                                        Instant to);

}  // namespace fosterflow

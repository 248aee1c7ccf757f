#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "contact/held_text.h"
#include "plan/plan.h"
#include "time/instant.h"

namespace fosterflow {

/// Why a membership changed.
enum class Cause : uint8_t { kMessage, kTime, kDefinition, kMerge, kFirst };

/// One change of one contact's membership in one segment. It holds what it names, so that it may
/// outlive the message, the contact and the set of segments; nothing is copied or written out.
struct Delta {
  HeldText contact;
  uint64_t sequence = 0;             ///< from 1 on, without a gap, per contact
  std::shared_ptr<const Plan> plan;  ///< that decided
  uint32_t segment = 0;              ///< in it
  bool entered = false;
  Instant at = 0;         ///< the exact instant of the change
  Instant decidedAt = 0;  ///< when it was found
  Cause cause = Cause::kMessage;
  HeldText messageId;  ///< "": none

  [[nodiscard]] const SegmentPlan& segmentPlan() const { return plan->segments[segment]; }
};

/// Sorts the deltas from index `first` on by `at`, then contact id by code point, then sequence.
void sortDeltas(std::vector<Delta>& deltas, size_t first);

}  // namespace fosterflow

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "time/instant.h"

namespace fosterflow {

/// Why a membership changed.
enum class Cause : uint8_t { kMessage, kTime, kDefinition, kMerge, kFirst };

/// One change of one contact's membership in one segment.
struct Delta {
  std::string contact;
  uint64_t sequence = 0;  ///< from 1 on, without a gap, per contact
  std::string segment;
  std::string definition;  ///< hash
  bool entered = false;
  Instant at = 0;         ///< the exact instant of the change
  Instant decidedAt = 0;  ///< when it was found
  Cause cause = Cause::kMessage;
  std::string messageId;  ///< empty: none
};

/// Who sends deltas: every one names both.
struct Origin {
  std::string source;
  std::string epoch;
};

/// Sorts the deltas from index `first` on by `at`, then contact id by code point, then sequence.
void sortDeltas(std::vector<Delta>& deltas, size_t first);

/// Appends the delta as one JSON object without line end, members in a fixed order (spec section
/// 3).
void appendDeltaJson(std::string& out, const Delta& delta, const Origin& origin);

}  // namespace fosterflow

#pragma once

#include <string_view>
#include <vector>

#include "contact/delta.h"

namespace fosterflow {

/// Where a text lies in memory: UTF-8, `length` bytes from `address` on.
struct TextPlace {
  double address = 0;
  double length = 0;
};

/// A delta as the host reads it: numbers only, since writing and reading JSON would take longer
/// than deciding does. All are doubles, so that the host sees rows as one array; which place means
/// what is known to bindings/javascript/delta_rows.ts. What it names lies where it always does.
struct DeltaRow {
  double sequence = 0;
  double at = 0;         ///< epoch milliseconds
  double decidedAt = 0;  ///< epoch milliseconds
  double entered = 0;    ///< 1: entered, 0: exited
  double cause = 0;      ///< the number of a Cause
  /// The segment's index in the set in force, -1 when an older set decided. Until the next `define`
  /// an index means the same segment and definition, so the host need not read their texts again.
  double segmentIndex = 0;
  TextPlace segment;
  TextPlace definition;
  TextPlace contact;
  TextPlace messageId;  ///< of length 0: none
};

/// Replaces `rows` by those of `deltas`, which they point into.
void writeRows(std::vector<DeltaRow>& rows, const std::vector<Delta>& deltas, const Plan& inForce);

}  // namespace fosterflow

#pragma once

#include <optional>
#include <vector>

#include "audience/bitmap.h"
#include "audience/stream_rows.h"
#include "values/exact_sum.h"

namespace fosterflow {

/// A metric of a plan at one instant, for one contact after the other.
class MetricRows {
 public:
  /// `since`: the stream whose latest event starts the window, or nullptr.
  MetricRows(const MetricPlan& metric, StreamRows& stream, StreamRows* since, SlotView& slots,
             const Interner& interner, Instant now);

  /// Contacts of `wanted` that may have `count` (> 0) events in the window: all that have, and when
  /// `isExact`, no other.
  Bitmap candidates(uint32_t count, const Bitmap& wanted) const;
  [[nodiscard]] bool isExact() const { return isExact_; }

  /// The measured value of a contact (to which the view is moved), in `storage` or in a table;
  /// nullptr when missing. O(events in the window).
  const ValueNode* value(uint32_t slot, ValueNode& storage);
  /// What it is without any event in the window.
  const ValueNode* emptyValue(ValueNode& storage) const;
  /// Whether a contact has at least `count` events in the window.
  bool hasAtLeast(uint32_t slot, uint32_t count);
  /// Sums and averages: whether the value `op` (gt, gte, lt, lte) `bound`. Decided by doubles with
  /// a bound of their error where that is enough.
  bool numberHolds(uint32_t slot, Operator op, double bound);

  [[nodiscard]] const MetricPlan& plan() const { return metric_; }

 private:
  struct Window {
    Instant lower = kBeforeAll;
    Instant upper = kBeforeAll;
  };
  [[nodiscard]] Window windowOf(uint32_t slot);
  [[nodiscard]] Window windowIn(const Zone& zone) const;
  template <typename Visit>
  void forEachRow(uint32_t slot, const Visit& visit);
  const ValueNode* edgeValue(uint32_t slot, ValueNode& storage);
  double distinct(uint32_t slot);
  double active(uint32_t slot);

  const MetricPlan& metric_;
  StreamRows& stream_;
  StreamRows* since_;
  SlotView& slots_;
  const Interner& interner_;
  Instant now_;
  bool isFixed_;   // one window for all contacts, `since` apart
  Window window_;  // that window, or one that holds all of them
  bool isExact_;
  ExactSum sum_;
  std::vector<std::pair<ValueType, double>> keys_;
};

}  // namespace fosterflow

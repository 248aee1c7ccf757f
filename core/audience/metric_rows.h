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
  Bitmap candidates(uint32_t count, const Bitmap& wanted);
  [[nodiscard]] bool isExact() const { return isExact_; }
  /// About how many events or slots finding candidates among so many contacts looks at.
  [[nodiscard]] size_t looks(size_t wanted) const;
  /// Orders the tables by time too, where that helps to find candidates.
  void makeSlices(uint32_t slotCount) const {
    stream_.makeSlices(window_.lower, window_.upper, slotCount);
  }

  /// The measured value of a contact (to which the view is moved), in `storage` or in a table;
  /// nullptr when missing. O(events in the window).
  const ValueNode* value(uint32_t slot, ValueNode& storage);
  /// What it is without any event in the window.
  const ValueNode* emptyValue(ValueNode& storage) const;
  /// Tells of contacts that are asked about next.
  void touch(const uint32_t* slots, size_t count) { stream_.touch(slots, count); }
  /// Whether a contact has at least `count` events in the window.
  bool hasAtLeast(uint32_t slot, uint32_t count);
  /// Sums and averages: whether the value `op` (gt, gte, lt, lte) `bound`. Decided by doubles with
  /// a bound of their error where that is enough.
  bool numberHolds(uint32_t slot, Operator op, double bound);

  [[nodiscard]] const MetricPlan& plan() const { return metric_; }

 private:
  // A window as bounds of the times of one part.
  struct Bounds {
    TimeColumn::Bound lower;
    TimeColumn::Bound upper;
  };
  struct Window {
    Instant lower = kBeforeAll;
    Instant upper = kBeforeAll;
  };
  [[nodiscard]] static Bounds boundsOf(const StreamRows::Part& part, const Window& window) {
    const TimeColumn& times = part.table().times();
    return {times.boundOf(window.lower), times.boundOf(window.upper)};
  }
  [[nodiscard]] Window windowOf(uint32_t slot);
  [[nodiscard]] Window windowIn(const Zone& zone) const;
  [[nodiscard]] bool isWide(const StreamRows::Part& part, size_t wanted) const;
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
  bool isFixed_;                // one window for all contacts, `since` apart
  Window window_;               // that window, or one that holds all of them
  std::vector<Bounds> bounds_;  // of that window, by part
  bool isExact_;
  ExactSum sum_;
  std::vector<std::pair<ValueType, double>> keys_;
};

}  // namespace fosterflow

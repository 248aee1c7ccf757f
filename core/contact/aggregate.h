#pragma once

#include <cstdint>
#include <memory>

#include "contact/event.h"
#include "plan/plan.h"
#include "values/exact_sum.h"

namespace fosterflow {

/// What a metric keeps of the events that are in its window, so that one can come or go without
/// looking at the others: an exact sum, or a count for each distinct value. `metric` is the same at
/// every call, or one of another plan that measures the same.
class Aggregate {
 public:
  virtual ~Aggregate() = default;
  virtual void add(const MetricPlan& metric, const TimedEvent& entry) = 0;
  virtual void remove(const MetricPlan& metric, const TimedEvent& entry) = 0;
  virtual void clear() = 0;
  /// Whether the measured number can only fall, or stay, when an event leaves.
  [[nodiscard]] virtual bool fallsOnly() const { return false; }
  /// The measured number of `count` (> 0) events.
  [[nodiscard]] virtual double value(const MetricPlan& metric, uint32_t count) const = 0;
};

/// The aggregate that a metric needs; nullptr for those that need none (count, first, last).
/// `zone` must outlive it.
std::unique_ptr<Aggregate> makeAggregate(const MetricPlan& metric, const Zone& zone);

}  // namespace fosterflow

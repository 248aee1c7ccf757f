#pragma once

#include "contact/evaluator.h"
#include "contact/history.h"

namespace fosterflow {

/// A stretch of the time line: the events later than `after` and not later than `until`.
struct TimeSpan {
  Instant after = kBeforeAll;
  Instant until = kNever;
};

/// The events that a metric measures, or that a sequence's steps may be, at the evaluator's clock;
/// what they begin since taken into account.
TimeSpan spanOf(const MetricPlan& metric, const Evaluator& evaluator);
TimeSpan spanOf(const SequencePlan& sequence, uint32_t index, const Evaluator& evaluator);

/// Whether an answer about a span rests on a part of the events that there were; `completeAfter` as
/// of History.
inline bool isPartial(const TimeSpan& span, Instant completeAfter) {
  return span.after < completeAfter && span.after < span.until;
}

}  // namespace fosterflow

#include "authoring/partial_history.h"

#include <algorithm>

namespace fosterflow {

TimeSpan spanOf(const MetricPlan& metric, const Evaluator& evaluator) {
  const Zone& zone = evaluator.view().resolve(metric.zone);
  const Instant now = evaluator.now();
  TimeSpan span{positionOf(metric.window.lower, now, zone),
                std::min(now, positionOf(metric.window.upper, now, zone))};
  if (metric.since != kNoIndex) {
    const StreamEvents& since = evaluator.eventsOf(metric.since);
    const size_t passed = since.countUntil(now);
    if (passed > 0) span.after = std::max(span.after, since[passed - 1].time);
  }
  return span;
}

TimeSpan spanOf(const SequencePlan& sequence, uint32_t index, const Evaluator& evaluator) {
  const Zone& zone = evaluator.view().resolve(sequence.zone);
  const Instant now = evaluator.now();
  return {evaluator.sequence(index).windowStart(now, evaluator.streams()),
          std::min(now, positionOf(sequence.window.upper, now, zone))};
}

}  // namespace fosterflow

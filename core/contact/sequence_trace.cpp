#include "contact/sequence_trace.h"

#include <algorithm>

#include "contact/sequence_state.h"

namespace fosterflow {

// The event at or before `now` by which a trailing absent step undoes a chain that ends at `end`;
// nullptr: there is none.
const TimedEvent* SequenceState::undoing(size_t step, Instant end, Instant now,
                                         const std::vector<StreamEvents>& streams) const {
  const StreamEvents& events = streams[plan_->steps[step].stream];
  const size_t next = events.countUntil(end);
  if (next == events.size() || events[next].time > now) return nullptr;
  const std::optional<Duration>& within = plan_->steps[step].within;
  const bool isTooLate = within && events[next].time > addDuration(end, *within, *zone_);
  return isTooLate ? nullptr : &events[next];
}

// Fills in the times of a chain that ends with the given positive step at `time`.
void SequenceState::traceBack(size_t positiveStep, Instant time,
                              const std::vector<StreamEvents>& streams,
                              SequenceTrace& trace) const {
  trace.times.assign(positiveStep + 1, time);
  for (; positiveStep > 0; --positiveStep) {
    const Chain* previous = continuedBy(positiveStep, time, streams);
    if (previous == nullptr) return;
    time = previous->time;
    trace.times[positiveStep - 1] = time;
  }
}

SequenceTrace SequenceState::trace(Instant now, const std::vector<StreamEvents>& streams) const {
  SequenceTrace trace;
  const size_t last = chains_.size() - 1;
  const Instant after = windowStart(now, streams);
  const Instant until = std::min(now, positionOf(plan_->window.upper, now, *zone_));
  const StreamEvents& ends = streams[plan_->steps[stepOf(last)].stream];
  // The kinds of outcome are in the order of what they tell: the best of all ends, of equal ones
  // the latest.
  for (size_t index = ends.countUntil(until); index-- > 0;) {
    const Instant time = ends[index].time;
    if (time <= after) break;
    if (index + 1 < ends.size() && ends[index + 1].time == time) continue;
    if (last > 0) {
      const Chain* previous = continuedBy(last, time, streams);
      if (previous == nullptr || previous->start <= after) continue;
    }
    SequenceTrace found;
    found.outcome = SequenceTrace::Outcome::kMatch;
    found.instant = readyAt(time);
    if (found.instant > now) found.outcome = SequenceTrace::Outcome::kWaiting;
    for (size_t step = plan_->steps.size(); step-- > 0 && plan_->steps[step].absent;) {
      const TimedEvent* event = undoing(step, time, now, streams);
      if (event == nullptr) continue;
      found.outcome = SequenceTrace::Outcome::kUndone;
      found.instant = event->time;
      found.step = step;
    }
    if (trace.times.empty() || found.outcome < trace.outcome) {
      trace = found;
      traceBack(last, time, streams, trace);
    }
    if (trace.outcome == SequenceTrace::Outcome::kMatch) return trace;
  }
  if (!trace.times.empty()) return trace;
  for (size_t positiveStep = last; positiveStep-- > 0;) {
    const Chains& chains = chains_[positiveStep];
    for (size_t index = chains.countUntil(until); index-- > 0;) {
      if (chains[index].time <= after) break;
      if (chains[index].start <= after) continue;
      traceBack(positiveStep, chains[index].time, streams, trace);
      return trace;
    }
  }
  return trace;
}

}  // namespace fosterflow

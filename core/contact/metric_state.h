#pragma once

#include <cstdint>
#include <memory>

#include "contact/aggregate.h"
#include "contact/event.h"
#include "contact/time_line.h"
#include "plan/plan.h"

namespace fosterflow {

/// The events of a stream that a contact has.
using StreamEvents = TimeLine<TimedEvent>;

/// One metric of one contact: which events of its stream are in the window now, and what they add up to. Everything
/// here is a function of the events and the clock, so the clock may also go back.
class MetricState {
 public:
  /// Starts empty; `zone`: the metric's zone for this contact, must outlive the state.
  MetricState(const MetricPlan& plan, const Zone& zone);

  /// Moves to the clock `now`. O(log events) and the events that enter or leave.
  void moveTo(Instant now, const StreamEvents& events, const StreamEvents* since);

  /// After `events` got an entry at `index`: takes it into account. moveTo must follow before anything is read.
  void inserted(size_t index, const StreamEvents& events);
  /// After the entry at `index` went; `entry` is what it was. moveTo must follow.
  void erased(size_t index, const TimedEvent& entry);

  /// The measured value in `storage` or in an event; nullptr when missing.
  [[nodiscard]] const ValueNode* value(const StreamEvents& events, const Interner& interner,
                                       ValueNode& storage) const;

  /// An instant after `now`, before which no test of the metric can flip if nothing comes. kNever: none will.
  [[nodiscard]] Instant nextWake(Instant now, const StreamEvents& events,
                                 const StreamEvents* since) const;

 private:
  void setRange(uint32_t first, uint32_t last, const StreamEvents& events);
  [[nodiscard]] const ValueNode* edgeValue(const StreamEvents& events, const Interner& interner) const;
  [[nodiscard]] Instant nextWakeByCuts(Instant now, const StreamEvents& events) const;

  const MetricPlan* plan_;
  const Zone* zone_;
  uint32_t lowerPassed_ = 0;  // events passed by the window's lower edge …
  uint32_t upperPassed_ = 0;  // … and by its upper edge
  uint32_t first_ = 0;        // events [first, last) are in the window and aggregated
  uint32_t last_ = 0;
  std::unique_ptr<Aggregate> aggregate_;
};

/// How many of `events` are at or before `position`, found from a count that is nearly right.
uint32_t countPassed(const StreamEvents& events, Instant position, uint32_t nearly);

/// The first instant after `now` at which an edge, which has passed the first `passed` of `events`, gives one of them
/// back or has passed the event at index `ahead` (none there: never).
Instant nextEdgeChange(const Edge& edge, Instant now, const StreamEvents& events, uint32_t passed,
                       uint32_t ahead, const Zone& zone);

}  // namespace fosterflow

#pragma once

#include <cstdint>
#include <memory>

#include "contact/aggregate.h"
#include "contact/edge_cursor.h"
#include "plan/plan.h"

namespace fosterflow {

/// One metric of one contact: which events of its stream are in the window now, and what they add
/// up to. Everything here is a function of the events and the clock, so the clock may also go back.
class MetricState {
 public:
  /// Starts empty; `zone`: the metric's zone for this contact, must outlive the state.
  MetricState(const MetricPlan& plan, const Zone& zone);

  /// Moves to the clock `now`. O(log events) and the events that enter or leave.
  void moveTo(Instant now, const StreamEvents& events, const StreamEvents* since);

  /// After `events` got an entry at `index`: takes it into account. moveTo must follow before
  /// anything is read.
  void inserted(size_t index, const StreamEvents& events);
  /// After the entry at `index` went; `entry` is what it was. moveTo must follow.
  void erased(size_t index, const TimedEvent& entry);

  /// The measured value in `storage` or in an event; nullptr when missing.
  [[nodiscard]] const ValueNode* value(const StreamEvents& events, const Interner& interner,
                                       ValueNode& storage) const;

  /// Whether a test may answer otherwise than when this was last asked.
  [[nodiscard]] bool mayFlipTests();

  /// An instant after `now`, before which no test of the metric can flip if nothing comes. kNever:
  /// none will.
  [[nodiscard]] Instant nextWake(Instant now, const StreamEvents& events,
                                 const StreamEvents* since);

 private:
  void setRange(uint32_t first, uint32_t last, const StreamEvents& events);
  [[nodiscard]] const ValueNode* edgeValue(const StreamEvents& events,
                                           const Interner& interner) const;
  [[nodiscard]] Instant nextWakeByCuts(Instant now, const StreamEvents& events);

  const MetricPlan* plan_;
  const Zone* zone_;
  EdgeCursor lower_, upper_;
  uint32_t first_ = 0;  // events [first, last) are in the window and aggregated
  uint32_t last_ = 0;
  uint32_t testedCount_ = UINT32_MAX;  // the count when mayFlipTests was last asked
  std::unique_ptr<Aggregate> aggregate_;
};

}  // namespace fosterflow

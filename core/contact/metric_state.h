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

  /// From now on by `plan`, which measures the same but may be tested otherwise.
  void setPlan(const MetricPlan& plan) {
    plan_ = &plan;
    cutBelow_ = kNoIndex;
    cutAbove_ = 0;
  }

  /// Moves to the clock `now`. O(log events) and the events that enter or leave.
  void moveTo(Instant now, const StreamEvents& events, const StreamEvents* since);

  /// After `events` got an entry at `index`: takes it into account. moveTo must follow before
  /// anything is read.
  void inserted(size_t index, const StreamEvents& events);

  /// What a new entry did.
  enum class Effect : uint8_t {
    kUnknown,  ///< nothing was done: the quick way does not apply
    kNone,     ///< no answer changes, now or by what nextWake found
    kTaken,    ///< the state is that at the clock; so is what nextWake found, unless movesWake
  };
  /// The quick way for the entry that comes all the time: the newest, not later than the clock.
  Effect appended(Instant now, const StreamEvents& events);
  /// After the entry at `index` went; `entry` is what it was. moveTo must follow.
  void erased(size_t index, const TimedEvent& entry);

  /// The measured value in `storage` or in an event; nullptr when missing.
  [[nodiscard]] const ValueNode* value(const StreamEvents& events, const Interner& interner,
                                       ValueNode& storage) const;

  /// Whether a test may answer otherwise than when this was last asked.
  [[nodiscard]] bool mayFlipTests() {
    if (plan_->hasLevels) return mayFlipByLevels();
    if (!plan_->hasCuts) return true;
    const uint32_t count = counted();
    if (cutBelow_ <= count && count < cutAbove_) return false;
    findCuts(count);
    return true;
  }

  /// After an entry was taken the quick way, and mayFlipTests was asked: whether nextWake may find
  /// an earlier instant than before.
  [[nodiscard]] bool movesWake(bool mayFlip) const;

  /// An instant after `now`, before which no test of the metric can flip if nothing comes. kNever:
  /// none will. mayFlipTests must have been asked since the state changed.
  [[nodiscard]] Instant nextWake(Instant now, const StreamEvents& events,
                                 const StreamEvents* since);

 public:
  /// The events of the stream that are in the window: [first, last). Right after moveTo.
  [[nodiscard]] uint32_t first() const { return first_; }
  [[nodiscard]] uint32_t last() const { return last_; }

 private:
  void setRange(uint32_t first, uint32_t last, const StreamEvents& events);
  [[nodiscard]] const ValueNode* edgeValue(const StreamEvents& events,
                                           const Interner& interner) const;
  [[nodiscard]] bool mayFlipByLevels();
  [[nodiscard]] uint32_t nextLeaver(const StreamEvents& events) const;
  [[nodiscard]] uint32_t nextLeaverByLevels(const StreamEvents& events) const;
  [[nodiscard]] uint32_t counted() const;
  void findCuts(uint32_t count);
  [[nodiscard]] uint32_t entererToCut() const;
  [[nodiscard]] Instant nextWakeByCuts(Instant now, const StreamEvents& events);

  const MetricPlan* plan_;
  const Zone* zone_;
  EdgeCursor lower_, upper_;
  uint32_t first_ = 0;  // events [first, last) are in the window and aggregated
  uint32_t last_ = 0;
  // Cuts: no test differs between counts in [cutBelow_, cutAbove_), the one when mayFlipTests was
  // last asked among them; empty before that. Levels: the sum then was above cutBelow_ of them and
  // below the others; kNoIndex: it was one of them.
  uint32_t cutBelow_ = kNoIndex;
  uint32_t cutAbove_ = 0;
  std::unique_ptr<Aggregate> aggregate_;
};

}  // namespace fosterflow

#pragma once

#include <vector>

#include "contact/metric_state.h"
#include "contact/sequence_trace.h"
#include "plan/plan.h"

namespace fosterflow {

/// One sequence of one contact. For every event that can end a chain of the first i steps it keeps
/// the latest time at which such a chain can start: that does not depend on the clock or the
/// window, which only choose among them. An event that comes last in time costs O(steps × log
/// events); one that comes late, the sequence's own events.
class SequenceState {
 public:
  SequenceState(const SequencePlan& plan, const Zone& zone) : plan_(&plan), zone_(&zone) {}

  /// From now on by `plan`, which matches the same; its streams may have other indices.
  void setPlan(const SequencePlan& plan) { plan_ = &plan; }

  /// Forgets everything and computes the chains from `streams` (all streams of the contact, by the
  /// plan's index).
  void rebuild(const std::vector<StreamEvents>& streams);

  /// What a new entry did.
  enum class Effect : uint8_t {
    kNone,  ///< `holds` and `nextWake` answer as before
    kEnd,   ///< one more way to match: neither changes while the sequence holds
    kAny,
  };
  /// After `streams[stream]` got an entry of time `time`, before any other stream changes.
  Effect inserted(uint32_t stream, Instant time, const std::vector<StreamEvents>& streams);
  /// After an entry of time `time` left `streams[stream]`.
  void erased(uint32_t stream, Instant time, const std::vector<StreamEvents>& streams);

  /// Whether a match exists at `now`.
  [[nodiscard]] bool holds(Instant now, const std::vector<StreamEvents>& streams) const;

  /// An instant after `now`, before which `holds` cannot change if nothing comes.
  [[nodiscard]] Instant nextWake(Instant now, const std::vector<StreamEvents>& streams) const;

  /// How far the sequence has come at `now`: for explaining, not for deciding. O(events × log
  /// events); with `within` in months, events squared at worst.
  [[nodiscard]] SequenceTrace trace(Instant now, const std::vector<StreamEvents>& streams) const;

  /// Positive steps start later than this instant, given the window and what it begins after.
  [[nodiscard]] Instant windowStart(Instant now, const std::vector<StreamEvents>& streams) const;

 private:
  // The end of a chain of some steps. Where no `within` is in months, starts ascend with times.
  struct Chain {
    Instant time = 0;
    Instant start = 0;
    friend Instant timeOf(const Chain& chain) { return chain.time; }
  };
  using Chains = TimeLine<Chain>;

  // The times nearest to an edge on either side.
  struct Neighbours {
    Instant passed = kBeforeAll;
    Instant ahead = kNever;
  };

  [[nodiscard]] size_t stepOf(size_t positiveStep) const;
  [[nodiscard]] const Chain* continuedBy(size_t positiveStep, Instant time,
                                         const std::vector<StreamEvents>& streams) const;
  [[nodiscard]] const TimedEvent* undoing(size_t step, Instant end, Instant now,
                                          const std::vector<StreamEvents>& streams) const;
  void traceBack(size_t positiveStep, Instant time, const std::vector<StreamEvents>& streams,
                 SequenceTrace& trace) const;
  bool appendChain(size_t positiveStep, Instant time, const std::vector<StreamEvents>& streams);
  [[nodiscard]] bool trailingAbsentHolds(Instant time,
                                         const std::vector<StreamEvents>& streams) const;
  [[nodiscard]] Instant readyAt(Instant time) const;
  [[nodiscard]] Instant latestTrailingAbsence(Instant now,
                                              const std::vector<StreamEvents>& streams) const;
  bool removeEndsBefore(Instant time, const Duration& within);
  [[nodiscard]] bool isNewest(Instant time, const std::vector<StreamEvents>& streams) const;
  [[nodiscard]] bool isOldest(Instant time, const std::vector<StreamEvents>& streams) const;
  [[nodiscard]] const Chain* decisiveEnd(Instant now) const;
  [[nodiscard]] bool isMatch(const Chain& end, Instant now,
                             const std::vector<StreamEvents>& streams) const;
  [[nodiscard]] bool holdsForAny(Instant now, const std::vector<StreamEvents>& streams) const;
  template <typename Member>
  [[nodiscard]] Neighbours neighboursOf(Instant position, Member member) const;
  [[nodiscard]] Instant nextReady(Instant now) const;
  [[nodiscard]] Instant latestCertain(Instant now) const;

  const SequencePlan* plan_;
  const Zone* zone_;
  std::vector<Chains> chains_;  // by positive step; the last ones also satisfy the trailing absent
                                // steps with `within`
};

}  // namespace fosterflow

#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "contact/history.h"
#include "contact/metric_state.h"
#include "contact/profile.h"
#include "contact/schedule.h"
#include "contact/sequence_state.h"
#include "plan/plan.h"

namespace fosterflow {

/// The state of a plan's graph for one contact at one instant of the clock. Everything in it is a
/// function of the contact's data and the clock, and could be computed anew at any time; it is kept
/// so that a message or a step of the clock touches only what it can change.
class Evaluator final : public HistoryListener {
 public:
  /// Computes everything at `now`. O(history × conditions). Data, plan and zones must outlive the
  /// evaluator. What `before`, of the same data, contact and clock, has computed by another plan is
  /// taken over where both plans measure the same; it is of no use afterwards. nullptr: nothing is
  /// known.
  Evaluator(const Plan& plan, const History& history, const Profile& profile, ZoneRegistry& zones,
            Symbol contactId, Instant now, Evaluator* before = nullptr);

  // Changes of the data. `settle` must follow before an answer is read.
  void eventAdded(const Event& event) override;
  void eventRemoved(const Event& event) override;
  void traitsChanged();
  void channelsChanged() { touchAll(plan_.channelNodes); }
  void listsChanged() { touchAll(plan_.listNodes); }
  void contactIdChanged(Symbol contactId);

  /// Brings the gates up to date. Returns the segments whose answer differs from the one before,
  /// ascending, valid until the next call.
  const std::vector<uint32_t>& settle();

  /// Whether the contact's data put it in a segment at the clock.
  [[nodiscard]] bool holds(uint32_t segment) const {
    return truths_[plan_.segments[segment].root] != 0;
  }

  [[nodiscard]] Instant now() const { return now_; }

  /// No answer changes before this instant if nothing comes; at it, one may. kNever: none will.
  [[nodiscard]] Instant nextWake() const { return schedule_.earliest(); }

  /// Sets the clock; what is due up to `now` is touched. `settle` must follow. To see every change
  /// on the way, step from wake to wake.
  void advanceTo(Instant now);

  /// The first instant after the clock and not after `horizon` at which some segment's answer
  /// changes if nothing comes; kNever: none. Leaves the evaluator as it was.
  Instant nextSegmentChange(Instant horizon);

  /// By node: the first instant after the clock and not after `horizon` at which its answer differs
  /// from the one at the clock if nothing comes; kNever: none. Looks at `maxSteps` instants at
  /// most. Returns up to when, inclusive, it has looked: `horizon`, or less when there were more.
  /// Leaves the evaluator as it was. O(steps × (what is due + nodes that have not changed yet)).
  Instant nextNodeChanges(Instant horizon, size_t maxSteps, std::vector<Instant>& changes);

  // What the answers rest on, for those who explain them. To be read when settled.

  [[nodiscard]] bool nodeHolds(uint32_t node) const { return truths_[node] != 0; }
  [[nodiscard]] const StreamEvents& eventsOf(uint32_t stream) const { return streams_[stream]; }
  [[nodiscard]] const MetricState& metric(uint32_t metric) const { return metrics_[metric]; }
  [[nodiscard]] const SequenceState& sequence(uint32_t sequence) const {
    return sequences_[sequence];
  }
  [[nodiscard]] const std::vector<StreamEvents>& streams() const { return streams_; }
  [[nodiscard]] const ContactView& view() const { return view_; }
  [[nodiscard]] Symbol contactId() const { return contactId_; }
  /// What a metric measures, in `storage` or in an event; nullptr when missing.
  [[nodiscard]] const ValueNode* measured(uint32_t metric, ValueNode& storage) const {
    return metrics_[metric].value(streams_[plan_.metrics[metric].stream], *plan_.interner, storage);
  }
  /// A side of a comparison, or a part of it; nothing when missing.
  [[nodiscard]] std::optional<double> numberOf(const CompiledExpression& expression) const;

 private:
  void build(Evaluator* before);
  void fillStreams(Evaluator* before, const std::vector<uint32_t>& places);
  void buildStream(uint32_t stream);
  [[nodiscard]] bool takes(const Stream& stream, const Event& event) const;
  void startMetric(uint32_t metric);
  void startSequence(uint32_t sequence);
  [[nodiscard]] const StreamEvents* sinceOf(const MetricPlan& metric) const;
  void refreshMetric(uint32_t metric);
  void metricAppended(uint32_t metric);
  void scheduleMetric(uint32_t metric);
  void refreshSequence(uint32_t sequence);
  void refreshDated(uint32_t dated);
  void refreshTimed(TimedIndex timed);
  [[nodiscard]] const ValueNode* valueOf(const CompiledExpression& expression,
                                         ValueNode& storage) const;
  [[nodiscard]] bool leafHolds(const Node& node) const;
  [[nodiscard]] bool gateHolds(const Node& node, uint32_t index) const;
  [[nodiscard]] bool isKnownToHold(uint32_t node) const {
    return truths_[node] != 0 && isMarked_[node] == 0;
  }
  void touch(uint32_t node);
  void touchAll(const std::vector<uint32_t>& nodes);
  void setTruth(uint32_t node, bool truth);
  void markGate(uint32_t gate);
  void attributeChanged(uint32_t attribute);
  void contactZoneChanged();
  [[nodiscard]] const Zone* zoneOfContact() const;

  const Plan& plan_;
  const History& history_;
  const Profile& profile_;
  ZoneRegistry& zones_;
  Symbol contactId_;
  Instant now_;

  ContactView view_;
  std::vector<ValueTree> attributes_;
  std::vector<StreamEvents> streams_;
  std::vector<MetricState> metrics_;
  std::vector<SequenceState> sequences_;
  Schedule schedule_;  // by TimedIndex

  std::vector<uint8_t> truths_;       // by node
  std::vector<uint32_t> trueInputs_;  // by node: how many inputs of a gate hold
  std::vector<uint8_t> isMarked_;     // by node: in touched_ or in gates_
  std::vector<uint32_t> touched_;     // leaves to be asked again
  std::vector<uint32_t>
      gates_;  // gates to be asked again: a min-heap, so inputs come before their users
  std::vector<uint32_t> flipped_;  // segments that flipped, perhaps twice
  std::vector<uint8_t> before_;    // by segment: the answer at the last settle
};

}  // namespace fosterflow

#pragma once

#include <vector>

#include "audience/bitmap.h"
#include "audience/stream_rows.h"
#include "contact/sequence_state.h"

namespace fosterflow {

/// A sequence of a plan at one instant, for one contact after the other: the contact engine's own
/// SequenceState over the times of the contact's events.
class SequenceRows {
 public:
  /// `streams`: by the plan's index, of the sequence's steps and its `since`; others are nullptr.
  SequenceRows(const SequencePlan& sequence, std::vector<StreamRows*> streams, SlotView& slots,
               Instant now);

  /// Contacts of `wanted` that have an event for each positive step: all that match, and others.
  Bitmap candidates(const Bitmap& wanted) const;
  /// Orders the tables by time too, where that helps to find candidates.
  void makeSlices(uint32_t slotCount) const;
  /// Tells of contacts that are asked about next.
  void touch(const uint32_t* slots, size_t count) {
    for (const uint32_t stream : used_) streams_[stream]->touch(slots, count);
  }
  /// Whether a contact, to which the view is moved, matches. O(its events of the steps).
  bool holds(uint32_t slot);

 private:
  // Whether it has positive steps alone, each of one table, and one window for all contacts: then
  // there is nothing to it but the order of the events.
  [[nodiscard]] bool isPlain() const;
  bool plainHolds(uint32_t slot);
  void fill(uint32_t slot, uint32_t stream, Instant after);
  const SequencePlan& sequence_;
  std::vector<StreamRows*> streams_;
  SlotView& slots_;
  Instant now_;
  bool isFixed_;
  Instant lower_ = kBeforeAll;  // of all contacts
  Instant upper_ = kBeforeAll;
  bool isPlain_ = false;
  Zone utc_;
  std::vector<uint32_t> used_;  // the streams that are there
  std::vector<StreamEvents> events_;
  std::vector<Instant> times_;
  std::vector<Instant> ends_;
};

}  // namespace fosterflow

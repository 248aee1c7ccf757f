#include "audience/sequence_rows.h"

#include <algorithm>
#include <utility>

#include "audience/window_kernel.h"

namespace fosterflow {

SequenceRows::SequenceRows(const SequencePlan& sequence, std::vector<StreamRows*> streams,
                           SlotView& slots, Instant now)
    : sequence_(sequence),
      streams_(std::move(streams)),
      slots_(slots),
      now_(now),
      isFixed_(!sequence.usesContactZone),
      events_(streams_.size()) {
  if (isFixed_) {
    const Zone utc;
    const Zone& zone = sequence.zone.fixed != nullptr ? *sequence.zone.fixed : utc;
    lower_ = positionOf(sequence.window.lower, now, zone);
  }
  for (uint32_t stream = 0; stream < streams_.size(); ++stream) {
    if (streams_[stream] != nullptr) used_.push_back(stream);
  }
}

Bitmap SequenceRows::candidates(const Bitmap& wanted) const {
  Bitmap found = wanted;
  for (const SequencePlan::Step& step : sequence_.steps) {
    if (step.absent) continue;
    Bitmap have(wanted.size());
    for (const StreamRows::Part& part : streams_[step.stream]->parts()) {
      addSlotsWith(part.table(), 1, lower_, now_, found, have);
    }
    found = std::move(have);
  }
  return found;
}

// The times of a contact's events of a stream after an instant. Nothing that came earlier, or that
// has not come yet, can decide about a match now.
void SequenceRows::fill(uint32_t slot, uint32_t stream, Instant after) {
  times_.clear();
  for (StreamRows::Part& part : streams_[stream]->parts()) {
    const EventTable& table = part.table();
    const SlotRanges::Range range = table.ranges().of(slot);
    const uint32_t last = table.times().firstAfter(range.first, range.last, now_);
    for (uint32_t row = table.times().firstAfter(range.first, last, after); row < last; ++row) {
      if (part.takes(row)) times_.push_back(table.times()[row]);
    }
  }
  if (streams_[stream]->parts().size() > 1) std::sort(times_.begin(), times_.end());
  events_[stream].clear();
  for (const Instant time : times_) events_[stream].insert({time, nullptr});
}

bool SequenceRows::holds(uint32_t slot) {
  const Zone& zone = slots_.zone(sequence_.zone);
  const Instant lower = isFixed_ ? lower_ : positionOf(sequence_.window.lower, now_, zone);
  for (const uint32_t stream : used_) {
    // Before the window only the latest event that it begins after is of interest.
    if (stream != sequence_.since) {
      fill(slot, stream, lower);
      continue;
    }
    fill(slot, stream, kBeforeAll);
  }
  SequenceState state(sequence_, zone);
  state.rebuild(events_);
  return state.holds(now_, events_);
}

}  // namespace fosterflow

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
    upper_ = std::min(now, positionOf(sequence.window.upper, now, zone));
  }
  for (uint32_t stream = 0; stream < streams_.size(); ++stream) {
    if (streams_[stream] != nullptr) used_.push_back(stream);
  }
  isPlain_ = isPlain();
}

Bitmap SequenceRows::candidates(const Bitmap& wanted) const {
  // The rarest event first; what is asked first never decides about an answer.
  std::vector<std::pair<size_t, StreamRows*>> steps;
  const size_t count = wanted.count();
  for (const SequencePlan::Step& step : sequence_.steps) {
    if (step.absent) continue;
    StreamRows* stream = streams_[step.stream];
    size_t looks = 0;
    for (const StreamRows::Part& part : stream->parts()) {
      looks += looksFor(part.table(), lower_, now_, count);
    }
    steps.emplace_back(looks, stream);
  }
  std::sort(steps.begin(), steps.end(),
            [](const auto& left, const auto& right) { return left.first < right.first; });
  Bitmap found = wanted;
  for (const auto& [looks, stream] : steps) {
    Bitmap have(wanted.size());
    for (const StreamRows::Part& part : stream->parts()) {
      addSlotsWith(part.table(), 1, lower_, now_, found, have);
    }
    found = std::move(have);
  }
  return found;
}

void SequenceRows::makeSlices(uint32_t slotCount) const {
  for (const SequencePlan::Step& step : sequence_.steps) {
    if (!step.absent) streams_[step.stream]->makeSlices(lower_, now_, slotCount);
  }
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

bool SequenceRows::isPlain() const {
  const bool hasAbsent = std::any_of(sequence_.steps.begin(), sequence_.steps.end(),
                                     [](const SequencePlan::Step& step) { return step.absent; });
  const bool isOfOneTableEach = std::all_of(used_.begin(), used_.end(), [this](uint32_t stream) {
    return streams_[stream]->parts().size() <= 1;
  });
  return isFixed_ && !hasAbsent && isOfOneTableEach && !sequence_.hasCalendarWithin &&
         sequence_.since == kNoIndex;
}

// From the last step back: of each step, the events that a chain to the end can begin with.
bool SequenceRows::plainHolds(uint32_t slot) {
  ends_.clear();
  for (size_t index = sequence_.steps.size(); index-- > 0;) {
    const SequencePlan::Step& step = sequence_.steps[index];
    const bool isLast = index + 1 == sequence_.steps.size();
    if (streams_[step.stream]->parts().empty()) return false;
    StreamRows::Part& part = streams_[step.stream]->parts().front();
    const TimeColumn& times = part.table().times();
    const SlotRanges::Range range = part.table().ranges().of(slot);
    const Instant until = isLast ? upper_ : ends_.front() - 1;  // the times descend
    times_.clear();
    size_t next = 0;  // of the ends: the earliest that is later than the row
    for (uint32_t row = times.firstAfter(range.first, range.last, until); row > range.first;
         --row) {
      const Instant time = times[row - 1];
      if (time <= lower_) break;
      if (!isLast) {
        while (next + 1 < ends_.size() && ends_[next + 1] > time) ++next;
        const std::optional<Duration>& within = sequence_.steps[index + 1].within;
        if (within && addDuration(time, *within, utc_) < ends_[next]) {
          if (next + 1 == ends_.size()) break;
          continue;
        }
      }
      if (!part.takes(row - 1)) continue;
      if (index == 0) return true;
      times_.push_back(time);
    }
    if (times_.empty()) return false;
    std::swap(times_, ends_);
  }
  return false;
}

bool SequenceRows::holds(uint32_t slot) {
  if (isPlain_) return plainHolds(slot);
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

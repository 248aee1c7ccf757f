#include "audience/time_slices.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace fosterflow {

namespace {

// So many rows a slice would have if all had as many; with times far apart from the others there
// are slices enough to part those.
constexpr size_t kRowsPerSlice = 4;
constexpr uint32_t kMaxSliceBits = 16;
constexpr uint32_t kCoarseBits = 32;

}  // namespace

TimeSlices::TimeSlices(const TimeColumn& times, const SlotRanges& ranges, uint32_t slotCount)
    : base_(times.base()), timeShift_(times.shift()), slotCount_(slotCount), newest_(slotCount) {
  const size_t rows = times.size();
  const uint32_t* coarse = times.coarse();
  uint32_t largest = 0;
  for (size_t row = 0; row < rows; ++row) largest = std::max(largest, coarse[row]);
  const uint32_t bits =
      std::min(kMaxSliceBits, static_cast<uint32_t>(std::bit_width(rows / kRowsPerSlice)));
  const auto width = static_cast<uint32_t>(std::bit_width(largest));
  const uint32_t coarseShift = std::min(width > bits ? width - bits : 0, kCoarseBits - 1);
  shift_ = times.shift() + coarseShift;
  starts_.assign(static_cast<size_t>(largest >> coarseShift) + 2, 0);
  for (size_t row = 0; row < rows; ++row) ++starts_[coarse[row] >> coarseShift];
  uint32_t total = 0;
  for (uint32_t& start : starts_) total += std::exchange(start, total);
  slots_.resize(rows);
  ranges.forEach([&](uint32_t slot, SlotRanges::Range range) {
    for (uint32_t row = range.first; row < range.last; ++row) {
      slots_[starts_[coarse[row] >> coarseShift]++] = slot;
    }
    if (!range.empty()) newest_[slot] = coarse[range.last - 1];
  });
  // Each start has moved to the slice's end, which is the next one's start.
  for (size_t slice = starts_.size() - 1; slice > 0; --slice) starts_[slice] = starts_[slice - 1];
  starts_[0] = 0;
}

// The slice of an instant that is not before the first; the last one for all after it.
size_t TimeSlices::sliceOf(Instant time) const {
  const uint64_t slice = (static_cast<uint64_t>(time) - static_cast<uint64_t>(base_)) >> shift_;
  return static_cast<size_t>(std::min<uint64_t>(slice, starts_.size() - 2));
}

TimeSlices::Rows TimeSlices::rowsOf(Instant lower, Instant upper) const {
  if (slots_.empty() || upper < base_) return {};
  return {starts_[lower < base_ ? 0 : sliceOf(lower)], starts_[sliceOf(upper) + 1]};
}

size_t TimeSlices::rowsNear(Instant lower, Instant upper) const {
  const Rows rows = rowsOf(lower, upper);
  return rows.last - rows.first;
}

void TimeSlices::addSlotsNear(Instant lower, Instant upper, Bitmap& found) const {
  const Rows rows = rowsOf(lower, upper);
  for (uint32_t row = rows.first; row < rows.last; ++row) found.set(slots_[row]);
}

}  // namespace fosterflow

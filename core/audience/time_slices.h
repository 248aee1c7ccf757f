#pragma once

#include <cstdint>
#include <vector>

#include "audience/bitmap.h"
#include "audience/slot_ranges.h"
#include "audience/time_column.h"

namespace fosterflow {

/// The slots of a table's rows by when the rows were, a second order of the table for windows that
/// hold few of its events; and the newest row of each slot. Rows that were appended later are not
/// in it; their slots come after all that were there. It takes 4 bytes a row and a slot.
class TimeSlices {
 public:
  /// O(rows).
  TimeSlices(const TimeColumn& times, const SlotRanges& ranges, uint32_t slotCount);

  /// At most so many rows are looked at by `addSlotsNear`.
  [[nodiscard]] size_t rowsNear(Instant lower, Instant upper) const;
  /// Adds the slots that can have rows in (lower, upper]: all that have, and others that have some
  /// shortly before or after. Of slots that are new since, it knows nothing.
  void addSlotsNear(Instant lower, Instant upper, Bitmap& found) const;
  /// By slot: the coarse time of its newest row, 0 when it has none. Only while the column of times
  /// has `isOf`.
  [[nodiscard]] const std::vector<uint32_t>& newest() const { return newest_; }
  [[nodiscard]] bool isOf(const TimeColumn& times) const {
    return times.base() == base_ && times.shift() == timeShift_;
  }
  /// Slots from here on are new.
  [[nodiscard]] uint32_t slotCount() const { return slotCount_; }

  [[nodiscard]] size_t bytes() const {
    return (starts_.capacity() + slots_.capacity() + newest_.capacity()) * 4;
  }
  static size_t bytesFor(size_t rows, size_t slots) { return rows * 5 + slots * 4; }

 private:
  struct Rows {
    uint32_t first = 0;
    uint32_t last = 0;
  };
  [[nodiscard]] Rows rowsOf(Instant lower, Instant upper) const;
  [[nodiscard]] size_t sliceOf(Instant time) const;

  Instant base_;
  uint32_t timeShift_;
  uint32_t shift_ = 0;  // a slice is 2^shift_ milliseconds
  uint32_t slotCount_;
  std::vector<uint32_t> starts_;  // where each slice begins in `slots_`, and the end
  std::vector<uint32_t> slots_;
  std::vector<uint32_t> newest_;
};

}  // namespace fosterflow

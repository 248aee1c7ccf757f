#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "audience/chunked_array.h"
#include "audience/known_codes.h"
#include "audience/property_column.h"
#include "audience/row_placement.h"
#include "audience/slot_ranges.h"
#include "audience/staged_cells.h"
#include "audience/time_column.h"
#include "audience/time_slices.h"
#include "values/symbol_map.h"

namespace fosterflow {

/// All events of one name: rows that lie contact after contact, each contact's by time, with a
/// column for each property. New messages are staged in the order in which they come, until they
/// are grouped into the rows.
class EventTable {
 public:
  EventTable(Interner* interner, Symbol name);
  EventTable(const EventTable&) = delete;
  EventTable& operator=(const EventTable&) = delete;
  ~EventTable();

  struct Column {
    Column(Interner* interner, Symbol key, size_t place)
        : key(key), place(place), cells(interner) {}
    Symbol key;
    size_t place;  ///< among the table's columns
    PropertyColumn cells;
    StagedCells staged;
    KnownCodes known;       ///< while messages are loaded
    uint64_t lastLine = 0;  ///< that had the property, for the loader
  };

  [[nodiscard]] Symbol name() const { return name_; }

  // Staging.

  /// Begins a row. `fingerprint` 0: it has no messageId.
  void stage(uint32_t id, Instant time, uint64_t fingerprint);
  /// The properties of the last row: an object, or nullptr.
  void stageCells(const ValueNode* properties);
  void stageCell(Column& column, Cell cell) {
    column.staged.set(static_cast<uint32_t>(stagedIds_.size() - 1), cell);
  }
  /// The column of a property, which may be new. `hint`: where it probably is.
  Column& columnOf(Symbol key, size_t hint);
  [[nodiscard]] size_t stagedCount() const { return stagedIds_.size(); }
  [[nodiscard]] uint32_t stagedId(size_t index) const { return stagedIds_[index]; }
  void dropStaged();

  // Grouping. Sources are the rows as they are, then what is staged.

  [[nodiscard]] size_t sourceCount() const { return rowCount() + stagedCount(); }
  [[nodiscard]] Instant sourceTime(uint32_t source) const {
    return source < rowCount() ? times_[source] : stagedTimes_[source - rowCount()];
  }
  /// The table anew, of sources in another order, with nothing staged. In `placement` the sources
  /// of a slot are in their order; they come by time.
  void regroup(RowPlacement placement, SlotRanges ranges);
  /// Takes rows out.
  void remove(const Bitmap& rows);
  /// The properties of a row or a staged event.
  [[nodiscard]] ValueTree sourceProperties(uint32_t source) const;
  [[nodiscard]] uint64_t sourceFingerprint(uint32_t source) const;

  /// Appends a row; the slot's range is told after its last one.
  void append(Instant time, uint64_t fingerprint, const ValueNode* properties);
  void closeSlot(uint32_t slot) { ranges_.append(slot, static_cast<uint32_t>(rowCount())); }

  // Rows.

  [[nodiscard]] size_t rowCount() const { return times_.size(); }
  [[nodiscard]] const TimeColumn& times() const { return times_; }
  [[nodiscard]] const SlotRanges& ranges() const { return ranges_; }
  [[nodiscard]] uint64_t fingerprint(uint32_t row) const {
    return row < fingerprints_.size() ? fingerprints_[row] : 0;
  }
  [[nodiscard]] const std::vector<std::unique_ptr<Column>>& columns() const { return columns_; }
  /// The rows by time; nullptr: not made yet.
  [[nodiscard]] const TimeSlices* slices() const { return slices_.get(); }
  /// Makes them, unless they are there, for a store of so many slots. O(rows).
  void makeSlices(uint32_t slotCount) const;
  /// What `makeSlices` needs; 0: it does nothing.
  [[nodiscard]] size_t bytesToSlice(uint32_t slotCount) const;
  /// nullptr: no event has the property.
  [[nodiscard]] const Column* find(Symbol key) const;
  [[nodiscard]] size_t bytes() const;
  /// What `regroup` needs besides at most.
  [[nodiscard]] size_t bytesToRegroup() const;

  // For files.
  [[nodiscard]] const std::vector<uint64_t>& fingerprints() const { return fingerprints_; }
  void restore(TimeColumn times, std::vector<uint64_t> fingerprints, SlotRanges ranges);

 private:
  void placeTimes(RowPlacement& placement, const SlotRanges& ranges);
  [[nodiscard]] Cell sourceCell(const Column& column, uint32_t source) const;
  Cell cellOf(Column& column, const ValueNode& value);

  Interner* interner_;
  Symbol name_;
  TimeColumn times_;
  std::vector<uint64_t> fingerprints_;  // shorter than the rows: the others have no messageId
  SlotRanges ranges_;
  std::vector<std::unique_ptr<Column>> columns_;
  SymbolMap columnsByKey_;
  mutable std::unique_ptr<TimeSlices> slices_;  // follows from the rows
  ChunkedArray<uint32_t> stagedIds_;
  ChunkedArray<Instant> stagedTimes_;
  ChunkedArray<uint64_t> stagedFingerprints_;
};

}  // namespace fosterflow

#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "plan/predicate.h"

namespace fosterflow {

/// Brings what lies in one order (of sources) into another (of rows). It goes through the sources
/// in their order and through the rows block by block, so that memory is never jumped about in:
/// many times faster than fetching one after the other, once they do not fit into caches.
class RowPlacement {
 public:
  /// `rows`: by source, each row below `rowCount` once; kNoIndex: the source goes nowhere.
  RowPlacement(std::vector<uint32_t> rows, uint32_t rowCount)
      : rows_(std::move(rows)), rowCount_(rowCount) {}

  [[nodiscard]] uint32_t rowCount() const { return rowCount_; }
  [[nodiscard]] const std::vector<uint32_t>& rows() const { return rows_; }
  [[nodiscard]] std::vector<uint32_t>& rows() { return rows_; }

  /// Calls `write(row, entry)` for each row, ascending, with what `read(source)`, ascending too,
  /// has answered.
  template <typename Entry, typename Read, typename Write>
  void move(const Read& read, const Write& write) const {
    std::vector<Entry> entries(rowCount_);
    std::vector<uint16_t> places(rowCount_);
    std::vector<uint32_t> next((rowCount_ + kBlock - 1) / kBlock);
    for (size_t block = 0; block < next.size(); ++block) {
      next[block] = static_cast<uint32_t>(block * kBlock);
    }
    for (size_t first = 0; first < rows_.size(); first += kBlock) {
      spread(first, read, next, entries, places);
    }
    std::vector<Entry> block(std::min(kBlock, rowCount_));
    for (uint32_t first = 0; first < rowCount_; first += kBlock) {
      gather(first, entries, places, block, write);
    }
  }

  /// What `move` takes for a row at most, the order included.
  static constexpr size_t kBytesPerRow = sizeof(uint32_t) + sizeof(uint64_t) + sizeof(uint16_t);

 private:
  // So many entries of 8 bytes fit the smaller caches.
  static constexpr uint32_t kBlock = 1 << 15;

  // Engines of WebAssembly compile a function well once it was called often: hence one call a
  // block.
  template <typename Entry, typename Read>
  [[gnu::noinline]] void spread(size_t first, const Read& read, std::vector<uint32_t>& next,
                                std::vector<Entry>& entries, std::vector<uint16_t>& places) const {
    const size_t last = std::min(first + kBlock, rows_.size());
    for (size_t source = first; source < last; ++source) {
      const uint32_t row = rows_[source];
      if (row == kNoIndex) continue;
      const uint32_t at = next[row / kBlock]++;
      entries[at] = read(static_cast<uint32_t>(source));
      places[at] = static_cast<uint16_t>(row % kBlock);
    }
  }
  template <typename Entry, typename Write>
  [[gnu::noinline]] void gather(uint32_t first, const std::vector<Entry>& entries,
                                const std::vector<uint16_t>& places, std::vector<Entry>& block,
                                const Write& write) const {
    const uint32_t count = std::min(kBlock, rowCount_ - first);
    for (uint32_t index = 0; index < count; ++index) {
      block[places[first + index]] = entries[first + index];
    }
    for (uint32_t index = 0; index < count; ++index) write(first + index, block[index]);
  }

  std::vector<uint32_t> rows_;
  uint32_t rowCount_;
};

}  // namespace fosterflow

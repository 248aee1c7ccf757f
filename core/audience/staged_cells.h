#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "audience/cell.h"

namespace fosterflow {

/// The cells of one property while messages come in, by row. What few rows have takes the memory
/// of few rows.
class StagedCells {
 public:
  /// `row` is larger than any before.
  void set(uint32_t row, Cell cell) {
    if (chunks_.empty() && few_.size() < kFew) {
      few_.emplace_back(row, cell);
      return;
    }
    if (!few_.empty()) spread();
    place(row, cell);
  }
  [[nodiscard]] Cell at(uint32_t row) const {
    if (!few_.empty()) {
      const auto entry =
          std::lower_bound(few_.begin(), few_.end(), row,
                           [](const auto& one, uint32_t at) { return one.first < at; });
      return entry != few_.end() && entry->first == row ? entry->second : Cell();
    }
    const size_t chunk = row / kChunk;
    if (chunk >= chunks_.size() || chunks_[chunk] == nullptr) return {};
    return chunks_[chunk][row % kChunk];
  }
  /// Calls `visit(cell)` for each that is there.
  template <typename Visit>
  void forEach(const Visit& visit) const {
    for (const auto& [row, cell] : few_) visit(cell);
    for (const std::unique_ptr<Cell[]>& chunk : chunks_) {
      for (size_t index = 0; chunk != nullptr && index < kChunk; ++index) {
        if (!chunk[index].isMissing()) visit(chunk[index]);
      }
    }
  }
  void clear() {
    std::vector<std::pair<uint32_t, Cell>>().swap(few_);
    std::vector<std::unique_ptr<Cell[]>>().swap(chunks_);
  }

 private:
  static constexpr size_t kFew = 128;
  static constexpr size_t kChunk = 1024;

  void spread() {
    std::vector<std::pair<uint32_t, Cell>> few;
    few.swap(few_);
    for (const auto& [row, cell] : few) place(row, cell);
  }
  void place(uint32_t row, Cell cell) {
    const size_t chunk = row / kChunk;
    if (chunk >= chunks_.size()) chunks_.resize(chunk + 1);
    if (chunks_[chunk] == nullptr) chunks_[chunk].reset(new Cell[kChunk]);
    chunks_[chunk][row % kChunk] = cell;
  }

  std::vector<std::pair<uint32_t, Cell>> few_;
  std::vector<std::unique_ptr<Cell[]>> chunks_;
};

}  // namespace fosterflow

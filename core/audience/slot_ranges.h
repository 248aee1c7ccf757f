#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "audience/bitmap.h"

namespace fosterflow {

/// Which rows of a table each slot has: rows lie slot after slot. Where most slots have none, only
/// those that have some are kept.
class SlotRanges {
 public:
  struct Range {
    uint32_t first = 0;
    uint32_t last = 0;  ///< exclusive
    [[nodiscard]] bool empty() const { return first == last; }
    [[nodiscard]] uint32_t size() const { return last - first; }
  };

  /// Whether a table of so many rows and slots keeps a place for every slot.
  static bool wouldBeDense(size_t rows, size_t slots) { return rows * 4 >= slots; }

  /// All rows at once; `starts` has one entry a slot and one for the end.
  void setDense(std::vector<uint32_t> starts) {
    isDense_ = true;
    starts_ = std::move(starts);
    slots_ = {};
  }
  /// `starts` has one entry for each of `slots`, which ascend, and one for the end.
  void setSparse(std::vector<uint32_t> slots, std::vector<uint32_t> starts) {
    isDense_ = false;
    slots_ = std::move(slots);
    starts_ = std::move(starts);
  }
  /// Says that a slot after all others has the rows from the last end to `end`.
  void append(uint32_t slot, uint32_t end) {
    if (starts_.empty()) starts_.push_back(0);
    if (isDense_) {
      starts_.resize(static_cast<size_t>(slot) + 1, starts_.back());
    } else {
      slots_.push_back(slot);
    }
    starts_.push_back(end);
  }

  /// Takes rows out.
  void remove(const Bitmap& rows) {
    size_t index = 0;
    uint32_t before = 0;
    rows.forEach([&](size_t row) {
      for (; index < starts_.size() && starts_[index] <= row; ++index) starts_[index] -= before;
      ++before;
    });
    for (; index < starts_.size(); ++index) starts_[index] -= before;
  }

  [[nodiscard]] Range of(uint32_t slot) const {
    if (isDense_) {
      if (static_cast<size_t>(slot) + 1 >= starts_.size()) return {};
      return {starts_[slot], starts_[slot + 1]};
    }
    const auto place = std::lower_bound(slots_.begin(), slots_.end(), slot);
    if (place == slots_.end() || *place != slot) return {};
    const auto index = static_cast<size_t>(place - slots_.begin());
    return {starts_[index], starts_[index + 1]};
  }

  /// Calls `visit(slot, range)` for each slot that has a range here, ascending; it may be empty.
  template <typename Visit>
  void forEach(const Visit& visit) const {
    for (size_t index = 0; index + 1 < starts_.size(); ++index) {
      visit(isDense_ ? static_cast<uint32_t>(index) : slots_[index],
            Range{starts_[index], starts_[index + 1]});
    }
  }

  [[nodiscard]] bool isDense() const { return isDense_; }
  [[nodiscard]] const std::vector<uint32_t>& starts() const { return starts_; }
  [[nodiscard]] const std::vector<uint32_t>& slots() const { return slots_; }
  [[nodiscard]] size_t bytes() const { return (starts_.capacity() + slots_.capacity()) * 4; }

 private:
  bool isDense_ = false;
  std::vector<uint32_t> starts_;
  std::vector<uint32_t> slots_;
};

}  // namespace fosterflow

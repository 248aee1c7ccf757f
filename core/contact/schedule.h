#pragma once

#include <cstdint>
#include <vector>

#include "time/instant.h"

namespace fosterflow {

/// When each of a fixed number of things must be looked at again: a binary heap in which an entry
/// can be moved.
class Schedule {
 public:
  /// Makes room for indices below `count`; the new ones are never due.
  void resize(size_t count);
  /// Sets when `index` is due; kNever takes it out. O(log entries), O(1) when nothing changes.
  void set(uint32_t index, Instant due);
  /// The earliest due instant, or kNever.
  [[nodiscard]] Instant earliest() const { return heap_.empty() ? kNever : heap_.front().due; }
  /// What is due first; only when `earliest` is not kNever.
  [[nodiscard]] uint32_t first() const { return heap_.front().index; }
  [[nodiscard]] Instant dueAt(uint32_t index) const {
    return positions_[index] == kAbsent ? kNever : heap_[positions_[index]].due;
  }
  void clear();

 private:
  static constexpr uint32_t kAbsent = UINT32_MAX;
  struct Entry {
    Instant due = kNever;
    uint32_t index = 0;
  };
  void place(size_t position, const Entry& entry) {
    heap_[position] = entry;
    positions_[entry.index] = static_cast<uint32_t>(position);
  }
  void siftUp(size_t position, const Entry& entry);
  void siftDown(size_t position, const Entry& entry);

  std::vector<Entry> heap_;
  std::vector<uint32_t> positions_;  // by index, where in the heap
};

}  // namespace fosterflow

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
  [[nodiscard]] Instant earliest() const { return heap_.empty() ? kNever : due_[heap_.front()]; }
  /// What is due first; only when `earliest` is not kNever.
  [[nodiscard]] uint32_t first() const { return heap_.front(); }
  [[nodiscard]] Instant dueAt(uint32_t index) const { return due_[index]; }
  void clear();

 private:
  static constexpr uint32_t kAbsent = UINT32_MAX;
  void place(size_t position, uint32_t index);
  void siftUp(size_t position);
  void siftDown(size_t position);

  std::vector<uint32_t> heap_;
  std::vector<uint32_t> positions_;  // by index, where in the heap
  std::vector<Instant> due_;         // by index
};

}  // namespace fosterflow

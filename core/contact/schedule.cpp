#include "contact/schedule.h"

namespace fosterflow {

void Schedule::resize(size_t count) { positions_.resize(count, kAbsent); }

void Schedule::clear() {
  heap_.clear();
  positions_.assign(positions_.size(), kAbsent);
}

void Schedule::set(uint32_t index, Instant due) {
  const Instant before = dueAt(index);
  if (before == due) return;
  size_t position = positions_[index];
  Entry moved{due, index};
  if (before == kNever) {
    position = heap_.size();
    heap_.emplace_back();
  } else if (due == kNever) {
    // The last entry takes the place of the one that goes.
    positions_[index] = kAbsent;
    moved = heap_.back();
    heap_.pop_back();
    if (position == heap_.size()) return;
  }
  if (moved.due < before) {
    siftUp(position, moved);
  } else {
    siftDown(position, moved);
  }
}

// Both put `entry` where it belongs, at `position` or beyond it.

void Schedule::siftUp(size_t position, const Entry& entry) {
  while (position > 0) {
    const size_t parent = (position - 1) / 2;
    if (heap_[parent].due <= entry.due) break;
    place(position, heap_[parent]);
    position = parent;
  }
  place(position, entry);
}

void Schedule::siftDown(size_t position, const Entry& entry) {
  for (;;) {
    size_t child = 2 * position + 1;
    if (child >= heap_.size()) break;
    if (child + 1 < heap_.size() && heap_[child + 1].due < heap_[child].due) ++child;
    if (heap_[child].due >= entry.due) break;
    place(position, heap_[child]);
    position = child;
  }
  place(position, entry);
}

}  // namespace fosterflow

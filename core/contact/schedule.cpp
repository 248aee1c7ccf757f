#include "contact/schedule.h"

namespace fosterflow {

void Schedule::resize(size_t count) {
  positions_.resize(count, kAbsent);
  due_.resize(count, kNever);
}

void Schedule::clear() {
  heap_.clear();
  positions_.assign(positions_.size(), kAbsent);
  due_.assign(due_.size(), kNever);
}

void Schedule::set(uint32_t index, Instant due) {
  const Instant before = due_[index];
  if (before == due) return;
  due_[index] = due;
  const uint32_t position = positions_[index];
  if (position == kAbsent) {
    heap_.push_back(index);
    positions_[index] = static_cast<uint32_t>(heap_.size() - 1);
    siftUp(heap_.size() - 1);
  } else if (due == kNever) {
    positions_[index] = kAbsent;
    const uint32_t last = heap_.back();
    heap_.pop_back();
    if (last == index) return;
    place(position, last);
    siftUp(position);
    siftDown(positions_[last]);
  } else if (due < before) {
    siftUp(position);
  } else {
    siftDown(position);
  }
}

void Schedule::place(size_t position, uint32_t index) {
  heap_[position] = index;
  positions_[index] = static_cast<uint32_t>(position);
}

void Schedule::siftUp(size_t position) {
  const uint32_t index = heap_[position];
  while (position > 0) {
    const size_t parent = (position - 1) / 2;
    if (due_[heap_[parent]] <= due_[index]) break;
    place(position, heap_[parent]);
    position = parent;
  }
  place(position, index);
}

void Schedule::siftDown(size_t position) {
  const uint32_t index = heap_[position];
  for (;;) {
    size_t child = 2 * position + 1;
    if (child >= heap_.size()) break;
    if (child + 1 < heap_.size() && due_[heap_[child + 1]] < due_[heap_[child]]) ++child;
    if (due_[heap_[child]] >= due_[index]) break;
    place(position, heap_[child]);
    position = child;
  }
  place(position, index);
}

}  // namespace fosterflow

#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "time/instant.h"

namespace fosterflow {

/// Entries in ascending order of time in one array, with amortised O(1) appending at the end and
/// removal at the front, and O(entries moved) elsewhere. `Entry` is trivially copyable and has a
/// function `timeOf(const Entry&)`.
template <typename Entry>
class TimeLine {
 public:
  [[nodiscard]] size_t size() const { return entries_.size() - head_; }
  [[nodiscard]] bool empty() const { return size() == 0; }
  const Entry& operator[](size_t index) const { return entries_[head_ + index]; }
  Entry& operator[](size_t index) { return entries_[head_ + index]; }
  [[nodiscard]] const Entry& front() const { return entries_[head_]; }
  [[nodiscard]] const Entry& back() const { return entries_.back(); }
  [[nodiscard]] const Entry* begin() const { return entries_.data() + head_; }
  [[nodiscard]] const Entry* end() const { return entries_.data() + entries_.size(); }

  /// How many entries are at or before `time`.
  [[nodiscard]] size_t countUntil(Instant time) const {
    if (empty() || timeOf(back()) <= time) return size();
    return static_cast<size_t>(
        std::upper_bound(begin(), end(), time,
                         [](Instant bound, const Entry& entry) { return bound < timeOf(entry); }) -
        begin());
  }

  /// How many entries are before `time`.
  [[nodiscard]] size_t countBefore(Instant time) const {
    return time == INT64_MIN ? 0 : countUntil(time - 1);
  }

  /// Inserts after all entries of the same time; returns the index.
  size_t insert(const Entry& entry) {
    const size_t index = countUntil(timeOf(entry));
    insertAt(index, entry);
    return index;
  }

  /// Inserts before the entry at `index`, which must keep the times in order.
  void insertAt(size_t index, const Entry& entry) {
    // Less code than the vector's own insert, and nothing to move for the newest.
    entries_.push_back(entry);
    Entry* place = entries_.data() + head_ + index;
    std::move_backward(place, entries_.data() + entries_.size() - 1,
                       entries_.data() + entries_.size());
    *place = entry;
  }

  void erase(size_t index) {
    if (index > 0) {
      entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(head_ + index));
      return;
    }
    ++head_;
    if (head_ > kMinHead && head_ * 2 > entries_.size()) {
      entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(head_));
      head_ = 0;
    }
  }

  void clear() {
    entries_.clear();
    head_ = 0;
  }

  void reserve(size_t count) { entries_.reserve(count); }

 private:
  static constexpr size_t kMinHead = 16;
  std::vector<Entry> entries_;
  size_t head_ = 0;  // entries before it are gone
};

}  // namespace fosterflow

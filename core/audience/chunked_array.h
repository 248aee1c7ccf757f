#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace fosterflow {

/// An array that grows at its end in pieces of one size, so that growing never copies what is there
/// and never needs twice the memory. For trivially copyable entries.
template <typename Entry>
class ChunkedArray {
 public:
  void push_back(const Entry& entry) {
    if ((size_ & kMask) == 0) chunks_.emplace_back(new Entry[kChunk]);
    chunks_.back()[size_ & kMask] = entry;
    ++size_;
  }
  const Entry& operator[](size_t index) const { return chunks_[index / kChunk][index & kMask]; }
  Entry& operator[](size_t index) { return chunks_[index / kChunk][index & kMask]; }
  [[nodiscard]] size_t size() const { return size_; }
  [[nodiscard]] size_t bytes() const { return chunks_.size() * kChunk * sizeof(Entry); }
  /// Forgets all, and gives the memory back.
  void clear() {
    std::vector<std::unique_ptr<Entry[]>>().swap(chunks_);
    size_ = 0;
  }

 private:
  static constexpr size_t kChunk = 2048;
  static constexpr size_t kMask = kChunk - 1;
  std::vector<std::unique_ptr<Entry[]>> chunks_;
  size_t size_ = 0;
};

}  // namespace fosterflow

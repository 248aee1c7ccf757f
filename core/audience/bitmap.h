#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace fosterflow {

/// A set of contacts (by slot) or rows: one bit each.
class Bitmap {
 public:
  Bitmap() = default;
  explicit Bitmap(size_t size, bool value = false) { assign(size, value); }

  void assign(size_t size, bool value) {
    size_ = size;
    words_.assign((size + 63) / 64, value ? ~uint64_t{0} : 0);
    trim();
  }
  /// Grows, or not; the new bits are 0.
  void extend(size_t size) {
    if (size <= size_) return;
    size_ = size;
    words_.resize((size + 63) / 64, 0);
  }

  [[nodiscard]] size_t size() const { return size_; }
  [[nodiscard]] bool operator[](size_t index) const {
    return (words_[index / 64] >> (index % 64) & 1) != 0;
  }
  void set(size_t index) { words_[index / 64] |= uint64_t{1} << (index % 64); }
  void reset(size_t index) { words_[index / 64] &= ~(uint64_t{1} << (index % 64)); }
  void set(size_t index, bool value) {
    if (value) {
      set(index);
    } else {
      reset(index);
    }
  }

  [[nodiscard]] size_t count() const {
    size_t count = 0;
    for (const uint64_t word : words_) count += static_cast<size_t>(std::popcount(word));
    return count;
  }
  [[nodiscard]] bool none() const {
    for (const uint64_t word : words_) {
      if (word != 0) return false;
    }
    return true;
  }

  // With another of the same size.
  Bitmap& operator&=(const Bitmap& other) {
    for (size_t word = 0; word < words_.size(); ++word) words_[word] &= other.words_[word];
    return *this;
  }
  Bitmap& operator|=(const Bitmap& other) {
    for (size_t word = 0; word < words_.size(); ++word) words_[word] |= other.words_[word];
    return *this;
  }
  /// Takes the other's away.
  Bitmap& operator-=(const Bitmap& other) {
    for (size_t word = 0; word < words_.size(); ++word) words_[word] &= ~other.words_[word];
    return *this;
  }

  /// Calls `visit(index)` for each member, ascending.
  template <typename Visit>
  void forEach(const Visit& visit) const {
    for (size_t word = 0; word < words_.size(); ++word) {
      for (uint64_t rest = words_[word]; rest != 0; rest &= rest - 1) {
        visit(word * 64 + static_cast<size_t>(std::countr_zero(rest)));
      }
    }
  }

  [[nodiscard]] const std::vector<uint64_t>& words() const { return words_; }
  [[nodiscard]] std::vector<uint64_t>& words() { return words_; }

 private:
  void trim() {
    if (size_ % 64 != 0) words_.back() &= (uint64_t{1} << (size_ % 64)) - 1;
  }
  std::vector<uint64_t> words_;
  size_t size_ = 0;
};

}  // namespace fosterflow

#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace fosterflow {

/// Makes a word of 64 answers: bytes first, which compilers turn into vectors, then bits.
class BitPacker {
 public:
  void set(size_t index, bool value) { bytes_[index] = static_cast<uint8_t>(value); }
  [[nodiscard]] uint64_t packed() const {
    uint64_t bits = 0;
    for (size_t index = 0; index < bytes_.size(); index += 8) {
      uint64_t eight = 0;
      std::memcpy(&eight, bytes_.data() + index, sizeof(eight));
      bits |= (eight * kGather >> 56) << index;
    }
    return bits;
  }

 private:
  // Brings the lowest bit of each byte into the highest byte, in order.
  static constexpr uint64_t kGather = 0x0102'0408'1020'4080;
  std::array<uint8_t, 64> bytes_;
};

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

  /// Sets all from `first` on.
  void setFrom(size_t first) {
    if (first >= size_) return;
    words_[first / 64] |= ~uint64_t{0} << (first % 64);
    for (size_t word = first / 64 + 1; word < words_.size(); ++word) words_[word] = ~uint64_t{0};
    trim();
  }

  /// One after the last member in [first, last); `first`: there is none.
  [[nodiscard]] size_t endOfLast(size_t first, size_t last) const {
    while (last > first) {
      const size_t word = (last - 1) / 64;
      const uint64_t bits = words_[word] << (63 - (last - 1) % 64);
      const auto skipped = static_cast<size_t>(std::countl_zero(bits));
      if (bits != 0) return last - std::min(skipped, last - first);
      last = std::max(first, word * 64);
    }
    return first;
  }
  /// Whether at least `count` (> 0) members are in [first, last).
  [[nodiscard]] bool hasAtLeast(size_t count, size_t first, size_t last) const {
    size_t seen = 0;
    for (size_t at = first; at < last;) {
      const size_t end = std::min(last, (at / 64 + 1) * 64);
      const uint64_t bits = words_[at / 64] >> (at % 64) << (64 - (end - at));
      seen += static_cast<size_t>(std::popcount(bits));
      if (seen >= count) return true;
      at = end;
    }
    return false;
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

  /// As `forEach`, but tells first of some members together, by `ahead(members, count)`.
  template <typename Ahead, typename Visit>
  void forEachAhead(const Ahead& ahead, const Visit& visit) const {
    std::array<uint32_t, kAhead> members{};
    size_t count = 0;
    const auto tell = [&] {
      ahead(members.data(), count);
      for (size_t index = 0; index < count; ++index) visit(members[index]);
      count = 0;
    };
    forEach([&](size_t member) {
      members[count++] = static_cast<uint32_t>(member);
      if (count == kAhead) tell();
    });
    if (count > 0) tell();
  }
  static constexpr size_t kAhead = 64;

  [[nodiscard]] const std::vector<uint64_t>& words() const { return words_; }
  [[nodiscard]] std::vector<uint64_t>& words() { return words_; }

 private:
  void trim() {
    if (size_ % 64 != 0) words_.back() &= (uint64_t{1} << (size_ % 64)) - 1;
  }
  std::vector<uint64_t> words_;
  size_t size_ = 0;
};

/// Takes the entries at the places of a set out of an array, which may end before the set does.
template <typename Entry>
void removeAt(std::vector<Entry>& entries, const Bitmap& places) {
  size_t kept = 0;
  size_t next = 0;
  const auto keepUntil = [&](size_t end) {
    if (kept == next) {
      kept = end;
    } else {
      std::copy(entries.begin() + static_cast<std::ptrdiff_t>(next),
                entries.begin() + static_cast<std::ptrdiff_t>(end),
                entries.begin() + static_cast<std::ptrdiff_t>(kept));
      kept += end - next;
    }
  };
  places.forEach([&](size_t place) {
    if (place >= entries.size()) return;
    keepUntil(place);
    next = place + 1;
  });
  keepUntil(entries.size());
  entries.resize(kept);
}

}  // namespace fosterflow

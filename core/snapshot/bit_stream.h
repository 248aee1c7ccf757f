#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

namespace fosterflow {

/// Numbers of so many bits fit into one write or read.
inline constexpr uint32_t kMaxBits = 56;

/// How many bits a number needs; 0 for 0.
inline uint32_t bitLength(uint64_t number) {
  return number == 0 ? 0 : 64 - static_cast<uint32_t>(__builtin_clzll(number));
}

/// Appends numbers to bytes, the lowest bit first.
class BitWriter {
 public:
  explicit BitWriter(std::string* out) : out_(out) {}

  /// `bits` < 2^`width`, `width` ≤ kMaxBits.
  void write(uint64_t bits, uint32_t width) {
    pending_ |= bits << count_;
    count_ += width;
    if (count_ < 64) return;
    append(8);
    count_ -= 64;
    pending_ = count_ == 0 ? 0 : bits >> (width - count_);
  }

  /// Fills the last byte with zeros.
  void finish() {
    append((count_ + 7) / 8);
    pending_ = 0;
    count_ = 0;
  }

 private:
  void append(size_t bytes) { out_->append(reinterpret_cast<const char*>(&pending_), bytes); }

  std::string* out_;
  uint64_t pending_ = 0;
  uint32_t count_ = 0;
};

/// Reads what a BitWriter wrote. Beyond the end it reads zeros and says that it failed.
class BitReader {
 public:
  /// Bytes that must be readable behind the end; their content is ignored.
  static constexpr size_t kPadding = 8;

  BitReader(const char* begin, const char* end)
      : begin_(begin), size_(static_cast<size_t>(end - begin) * 8) {}

  uint64_t read(uint32_t width) {
    if (width > size_ - position_) {
      failed_ = true;
      return 0;
    }
    return take(width);
  }

  /// Whether so many bits are left; if not, the reader has failed.
  bool has(size_t bits) {
    failed_ = failed_ || bits > size_ - position_;
    return !failed_;
  }
  /// Reads what `has` has promised.
  uint64_t take(uint32_t width) {
    uint64_t word = 0;
    std::memcpy(&word, begin_ + position_ / 8, sizeof(word));
    word = word >> position_ % 8 & ((uint64_t{1} << width) - 1);
    position_ += width;
    return word;
  }

  /// Leaves `bits` out.
  void skip(size_t bits) {
    if (bits > size_ - position_) {
      failed_ = true;
      return;
    }
    position_ += bits;
  }

  [[nodiscard]] bool failed() const { return failed_; }
  /// The byte that is read next.
  [[nodiscard]] const char* place() const { return begin_ + position_ / 8; }
  /// Whether nothing but the zeros of the last byte is left.
  [[nodiscard]] bool isAtEnd() {
    const auto left = static_cast<uint32_t>(size_ - position_);
    return size_ - position_ < 8 && read(left) == 0;
  }

 private:
  const char* begin_;
  size_t size_;
  size_t position_ = 0;
  bool failed_ = false;
};

}  // namespace fosterflow

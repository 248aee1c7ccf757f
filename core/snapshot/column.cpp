#include "snapshot/column.h"

#include <algorithm>
#include <array>

namespace fosterflow {

namespace {

constexpr uint32_t kWidthBits = 6;
constexpr uint32_t kSmallestLengthBits = 6;

uint64_t withSign(int64_t number) {
  const auto bits = static_cast<uint64_t>(number);
  return number < 0 ? ~(bits << 1) : bits << 1;
}

}  // namespace

size_t columnBits(size_t count, int64_t smallest, int64_t largest) {
  const uint32_t width =
      bitLength(static_cast<uint64_t>(largest) - static_cast<uint64_t>(smallest));
  return kSmallestLengthBits + bitLength(withSign(smallest)) + kWidthBits + 1 + count * width;
}

void writeColumn(BitWriter& bits, const std::vector<int64_t>& numbers) {
  const int64_t smallest = *std::min_element(numbers.begin(), numbers.end());
  std::array<uint32_t, kMaxBits + 1> counts{};  // by bits needed
  uint32_t largest = 0;
  for (const int64_t number : numbers) {
    const uint32_t length = bitLength(static_cast<uint64_t>(number - smallest));
    ++counts[length];
    largest = std::max(largest, length);
  }
  uint32_t width = largest;
  size_t cost = numbers.size() * largest;
  size_t narrow = 0;  // how many need at most `candidate` bits
  for (uint32_t candidate = 0; candidate < largest; ++candidate) {
    narrow += counts[candidate];
    const size_t both = numbers.size() + narrow * candidate + (numbers.size() - narrow) * largest;
    if (both < cost) {
      cost = both;
      width = candidate;
    }
  }
  const uint64_t base = withSign(smallest);
  bits.write(bitLength(base), kSmallestLengthBits);
  bits.write(base, bitLength(base));
  bits.write(width, kWidthBits);
  bits.write(width == largest ? 0 : 1, 1);
  if (width != largest) bits.write(largest - width, kWidthBits);
  for (const int64_t number : numbers) {
    const auto above = static_cast<uint64_t>(number - smallest);
    if (width == largest) {
      bits.write(above, width);
    } else if (bitLength(above) <= width) {
      bits.write(above << 1, width + 1);
    } else {
      bits.write(1, 1);
      bits.write(above, largest);
    }
  }
}

ColumnReader::ColumnReader(BitReader* bits, size_t count) : bits_(bits), count_(count) {
  const auto length = static_cast<uint32_t>(bits->read(kSmallestLengthBits));
  const uint64_t base = bits->read(std::min(length, kMaxBits));
  smallest_ = static_cast<int64_t>((base & 1) != 0 ? ~(base >> 1) : base >> 1);
  width_ = static_cast<uint32_t>(bits->read(kWidthBits));
  if (bits->read(1) != 0) more_ = static_cast<uint32_t>(bits->read(kWidthBits));
  if (length <= kMaxBits && width_ + more_ <= kMaxBits &&
      (more_ != 0 || bits->has(count * width_))) {
    return;
  }
  bits->skip(SIZE_MAX);  // more than a number can have: that fails
  width_ = 0;
  more_ = 0;
}

bool ColumnReader::skipWithin(int64_t smallest, int64_t largest) {
  if (more_ != 0 || smallest_ < smallest) return false;
  if (smallest_ + static_cast<int64_t>((uint64_t{1} << width_) - 1) > largest) return false;
  bits_->skip(count_ * width_);
  return true;
}

}  // namespace fosterflow

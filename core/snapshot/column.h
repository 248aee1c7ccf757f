#pragma once

#include <cstdint>
#include <vector>

#include "snapshot/bit_stream.h"

namespace fosterflow {

/// Appends whole numbers of one kind: their smallest, then what each has more, in as few bits as
/// all need. Where a few need many more, one bit a number says which of two widths it has.
/// Each is at most 2^54 from 0.
void writeColumn(BitWriter& bits, const std::vector<int64_t>& numbers);

/// The bits that writeColumn takes for numbers in this range, if all have one width.
size_t columnBits(size_t count, int64_t smallest, int64_t largest);

/// Reads the numbers of one column, one after the other.
class ColumnReader {
 public:
  /// Reads what is said about all `count` of them.
  ColumnReader(BitReader* bits, size_t count);

  int64_t next() {
    if (more_ == 0) return smallest_ + static_cast<int64_t>(bits_->take(width_));
    const uint32_t width = bits_->read(1) != 0 ? width_ + more_ : width_;
    return smallest_ + static_cast<int64_t>(bits_->read(width));
  }

  /// Leaves all out when it is plain that they are in this range; false: they must be read.
  bool skipWithin(int64_t smallest, int64_t largest);

 private:
  BitReader* bits_;
  size_t count_;
  int64_t smallest_ = 0;
  uint32_t width_ = 0;
  uint32_t more_ = 0;
};

}  // namespace fosterflow

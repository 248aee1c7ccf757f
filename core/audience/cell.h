#pragma once

#include <cstdint>

#include "values/double_bits.h"

namespace fosterflow {

/// What a column has in one row, in 8 bytes: nothing, a number, or the code of a value in the
/// column's dictionary. JSON's numbers are finite, so codes take the place of NaNs.
class Cell {
 public:
  Cell() = default;
  static Cell ofNumber(double number) { return Cell(bitsOf(number)); }
  static Cell ofCode(uint32_t code) { return Cell(kCodes | code); }

  [[nodiscard]] bool isMissing() const { return bits_ == kCodes; }
  [[nodiscard]] bool isNumber() const { return (bits_ & kCodes) != kCodes; }
  [[nodiscard]] double number() const { return doubleOf(bits_); }
  [[nodiscard]] uint32_t code() const { return static_cast<uint32_t>(bits_); }

 private:
  static constexpr uint64_t kCodes = 0x7FFF'0000'0000'0000;
  explicit Cell(uint64_t bits) : bits_(bits) {}
  uint64_t bits_ = kCodes;
};

}  // namespace fosterflow

#pragma once

#include <cstdint>

namespace fosterflow {

/// A number as people write it: `digits` / 10^`scale`.
struct Decimal {
  int64_t digits = 0;
  uint32_t scale = 0;
};

/// Digits are at most 2^53 from 0, so that every step with them is exact.
inline constexpr int64_t kMaxDecimalDigits = int64_t{1} << 53;
inline constexpr uint32_t kMaxDecimalScale = 6;

/// The decimal of the smallest scale that is exactly this number; false when there is none. -0 is
/// 0.
bool decimalOf(double number, Decimal& out);

/// `digits` at a scale that is not smaller; false when they become too many.
bool rescale(Decimal& decimal, uint32_t scale);

/// The number nearest to a decimal.
double numberOf(Decimal decimal);

}  // namespace fosterflow

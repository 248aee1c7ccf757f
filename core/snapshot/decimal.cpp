#include "snapshot/decimal.h"

#include <cmath>

namespace fosterflow {

namespace {

constexpr int64_t kPowers[kMaxDecimalScale + 1] = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000};

bool isInRange(int64_t digits) {
  return digits >= -kMaxDecimalDigits && digits <= kMaxDecimalDigits;
}

}  // namespace

bool decimalOf(double number, Decimal& out) {
  for (uint32_t scale = 0; scale <= kMaxDecimalScale; ++scale) {
    const double digits = std::nearbyint(number * static_cast<double>(kPowers[scale]));
    if (!(std::abs(digits) <= static_cast<double>(kMaxDecimalDigits))) return false;
    out = {static_cast<int64_t>(digits), scale};
    if (numberOf(out) == number) return true;
  }
  return false;
}

bool rescale(Decimal& decimal, uint32_t scale) {
  const int64_t factor = kPowers[scale - decimal.scale];
  if (!isInRange(decimal.digits) || !isInRange(decimal.digits * factor)) return false;
  decimal = {decimal.digits * factor, scale};
  return true;
}

// Both are exact as doubles, so the division rounds once, as reading the written decimal does.
double numberOf(Decimal decimal) {
  return static_cast<double>(decimal.digits) / static_cast<double>(kPowers[decimal.scale]);
}

}  // namespace fosterflow

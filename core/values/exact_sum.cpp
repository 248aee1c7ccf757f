#include "values/exact_sum.h"

#include <algorithm>
#include <bit>
#include <cstddef>

#include "values/double_bits.h"

namespace fosterflow {
namespace {

constexpr int32_t kLimbBits = 32;
constexpr int32_t kMantissaBits = 53;
constexpr uint64_t kMantissaMask = (uint64_t{1} << (kMantissaBits - 1)) - 1;
constexpr uint64_t kInfinityBits = uint64_t{0x7FF} << (kMantissaBits - 1);
constexpr uint64_t kSignBit = uint64_t{1} << 63;
// Limbs from 2^-1074 to beyond 2^1024 times 2^31 values, and a carry.
constexpr size_t kMaxLimbs = (2098 + 31) / kLimbBits + 3;
// Below the lowest limb, for the quotient of an average: 53 bits, a rounding bit and 31 of the
// divisor.
constexpr size_t kFractionLimbs = 3;

/// The absolute value of a sum as digits of 32 bits, least significant first.
struct Magnitude {
  uint32_t digits[kMaxLimbs + kFractionLimbs + 2] = {};  // two more for bitsFrom
  size_t size = 0;
  bool isNegative = false;
};

Magnitude magnitudeOf(const std::vector<int64_t>& limbs) {
  Magnitude magnitude;
  const auto write = [&](int64_t sign) {
    magnitude.size = kFractionLimbs;
    int64_t carry = 0;
    for (const int64_t limb : limbs) {
      const int64_t value = sign * limb + carry;
      magnitude.digits[magnitude.size++] = static_cast<uint32_t>(value);
      carry = value >> kLimbBits;
    }
    magnitude.digits[magnitude.size++] = static_cast<uint32_t>(carry);
    return carry;
  };
  if (write(1) < 0) {
    magnitude.isNegative = true;
    write(-1);
  }
  return magnitude;
}

/// Divides in place; true when something is left over.
bool divide(Magnitude& magnitude, uint32_t divisor) {
  uint64_t remainder = 0;
  for (size_t i = magnitude.size; i-- > 0;) {
    const uint64_t dividend = remainder << kLimbBits | magnitude.digits[i];
    magnitude.digits[i] = static_cast<uint32_t>(dividend / divisor);
    remainder = dividend % divisor;
  }
  return remainder != 0;
}

/// The 64 bits from bit `position` upwards.
uint64_t bitsFrom(const Magnitude& magnitude, int32_t position) {
  const uint32_t* digit = magnitude.digits + position / kLimbBits;
  const int32_t shift = position % kLimbBits;
  const uint64_t bits = (uint64_t{digit[1]} << kLimbBits | digit[0]) >> shift;
  return shift == 0 ? bits : bits | uint64_t{digit[2]} << (2 * kLimbBits - shift);
}

bool anyBitBelow(const Magnitude& magnitude, int32_t position) {
  const int32_t whole = position / kLimbBits;
  for (int32_t i = 0; i < whole; ++i) {
    if (magnitude.digits[i] != 0) return true;
  }
  return (magnitude.digits[whole] & ((uint32_t{1} << (position % kLimbBits)) - 1)) != 0;
}

/// Rounds to nearest, ties to even. Bit 0 of the digits is worth 2^(lowest - 1074); `hasRest` says
/// that the exact value is a little larger in magnitude.
double rounded(const Magnitude& magnitude, int32_t lowest, bool hasRest) {
  size_t top = magnitude.size;
  while (top > 0 && magnitude.digits[top - 1] == 0) --top;
  if (top == 0) return 0;
  const int32_t topBit =
      static_cast<int32_t>(top) * kLimbBits - 1 - std::countl_zero(magnitude.digits[top - 1]);
  // The last bit that a double can hold here: 52 below the top, but never below 2^-1074. It is
  // positive, thanks to the fraction limbs.
  const int32_t lastBit = std::max(topBit - (kMantissaBits - 1), -lowest);
  const uint64_t mantissa = topBit >= lastBit ? bitsFrom(magnitude, lastBit) : 0;
  // A mantissa without its leading bit in place is a subnormal, and a carry out of it raises the
  // exponent: the encoding of doubles is monotonic.
  uint64_t bits = (static_cast<uint64_t>(lastBit + lowest) << (kMantissaBits - 1)) + mantissa;
  const bool isHalfOrMore = (bitsFrom(magnitude, lastBit - 1) & 1) != 0;
  if (isHalfOrMore && ((mantissa & 1) != 0 || hasRest || anyBitBelow(magnitude, lastBit - 1))) {
    ++bits;
  }
  bits = std::min(bits, kInfinityBits);
  if (magnitude.isNegative && bits != 0) bits |= kSignBit;
  return doubleOf(bits);
}

}  // namespace

void ExactSum::accumulate(double value, int sign) {
  const auto bits = bitsOf(value);
  const auto biasedExponent = static_cast<int32_t>(bits >> (kMantissaBits - 1) & 0x7FF);
  uint64_t mantissa = bits & kMantissaMask;
  if (biasedExponent != 0) mantissa |= kMantissaMask + 1;
  if (mantissa == 0) return;
  const int32_t position = biasedExponent != 0 ? biasedExponent - 1 : 0;
  const int32_t lowest = position / kLimbBits;
  const int32_t shift = position % kLimbBits;

  // Three limbs take the 53 bits, wherever they lie.
  constexpr int32_t kWidth = 3;
  if (limbs_.empty()) first_ = lowest;
  if (lowest < first_) {
    limbs_.insert(limbs_.begin(), static_cast<size_t>(first_ - lowest), 0);
    first_ = lowest;
  }
  const auto index = static_cast<size_t>(lowest - first_);
  if (limbs_.size() < index + kWidth) limbs_.resize(index + kWidth);

  const int64_t factor = (bits & kSignBit) != 0 ? -sign : sign;
  const uint64_t low = (mantissa & 0xFFFFFFFF) << shift;
  const uint64_t high = ((mantissa >> kLimbBits) << shift) + (low >> kLimbBits);
  limbs_[index] += factor * static_cast<int64_t>(low & 0xFFFFFFFF);
  limbs_[index + 1] += factor * static_cast<int64_t>(high & 0xFFFFFFFF);
  limbs_[index + 2] += factor * static_cast<int64_t>(high >> kLimbBits);
}

double ExactSum::sum() const { return average(1); }

double ExactSum::average(uint32_t count) const {
  if (limbs_.empty()) return 0;
  Magnitude magnitude = magnitudeOf(limbs_);
  const bool hasRest = count > 1 && divide(magnitude, count);
  const auto fractionLimbs = static_cast<int32_t>(kFractionLimbs);
  return rounded(magnitude, (first_ - fractionLimbs) * kLimbBits, hasRest);
}

}  // namespace fosterflow

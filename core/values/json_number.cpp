#include <bit>
#include <cmath>

#include "values/big_natural.h"
#include "values/canonical_json.h"
#include "values/double_bits.h"

namespace fosterflow {
namespace {

constexpr int32_t kMantissaBits = 53;
constexpr uint64_t kMantissaMask = (uint64_t{1} << (kMantissaBits - 1)) - 1;

/// A number as 0.d1d2d3… × 10^point, with digits 0…9 as values.
struct Decimal {
  char digits[20];
  int32_t size = 0;
  int32_t point = 0;
};

/// Times 10^exponent; nothing for a negative exponent.
void multiplyByPowerOfTen(BigNatural& number, int32_t exponent) {
  number.multiplyByPowerOfFive(exponent);
  number.shiftLeft(exponent);
}

/// a + b compared with c.
int compareSum(const BigNatural& a, const BigNatural& b, const BigNatural& c) {
  BigNatural sum = a;
  sum.add(b);
  return sum.compare(c);
}

/// The shortest digits that read back as `number` (positive), and of these the closest: Steele and
/// White's free-format algorithm as in Burger and Dybvig, "Printing Floating-Point Numbers Quickly
/// and Accurately" (1996). The number is `rest` / `scale`; half the gaps to its neighbours are
/// `below` and `above`, in the same unit.
Decimal shortestDecimal(double number) {
  const auto bits = bitsOf(number);
  const auto biasedExponent = static_cast<int32_t>(bits >> (kMantissaBits - 1));
  uint64_t mantissa = bits & kMantissaMask;
  // Below a power of two the gap is half as wide.
  const bool isNarrowBelow = mantissa == 0 && biasedExponent > 1;
  if (biasedExponent != 0) mantissa |= kMantissaMask + 1;
  const int32_t exponent = (biasedExponent != 0 ? biasedExponent : 1) - 1075;
  const bool includesBounds = (mantissa & 1) == 0;

  const int32_t widening = isNarrowBelow ? 2 : 1;
  const int32_t up = exponent > 0 ? exponent : 0;
  BigNatural rest(mantissa);
  rest.shiftLeft(widening + up);
  BigNatural scale(1);
  scale.shiftLeft(widening + up - exponent);
  BigNatural below(1);
  below.shiftLeft(up);
  BigNatural above(1);
  above.shiftLeft(widening - 1 + up);

  constexpr double kLogarithmOfTwo = 0.30102999566398119521;
  const int32_t topBit = exponent + 63 - std::countl_zero(mantissa);
  Decimal decimal;
  // Either the right power of ten or one too small.
  decimal.point = static_cast<int32_t>(std::ceil(topBit * kLogarithmOfTwo - 1e-10));
  multiplyByPowerOfTen(scale, decimal.point);
  multiplyByPowerOfTen(rest, -decimal.point);
  multiplyByPowerOfTen(below, -decimal.point);
  multiplyByPowerOfTen(above, -decimal.point);
  if (compareSum(rest, above, scale) >= (includesBounds ? 0 : 1)) {
    ++decimal.point;
    scale.multiply(10);
  }

  while (true) {
    rest.multiply(10);
    below.multiply(10);
    above.multiply(10);
    int digit = 0;
    for (; rest.compare(scale) >= 0; ++digit) rest.subtract(scale);
    const bool mayEndBelow = rest.compare(below) < (includesBounds ? 1 : 0);
    const bool mayEndAbove = compareSum(rest, above, scale) >= (includesBounds ? 0 : 1);
    if (mayEndBelow || mayEndAbove) {
      const int half = compareSum(rest, rest, scale);
      const bool isNearerAbove = half > 0 || (half == 0 && digit % 2 != 0);
      if (mayEndAbove && (!mayEndBelow || isNearerAbove)) ++digit;
    }
    decimal.digits[decimal.size++] = static_cast<char>(digit);
    if (mayEndBelow || mayEndAbove) return decimal;
  }
}

/// Numbers of up to 15 digits with few decimals, which is nearly all of them, in doubles alone.
/// Reading such a decimal is one correctly rounded division (Clinger, "How to Read Floating Point
/// Numbers Accurately", 1990), and no two decimals of 15 digits are the same double, so the one
/// found is the shortest.
bool shortDecimal(double number, Decimal& decimal) {
  constexpr double kLimit = 1e15;
  constexpr int32_t kMaxDecimals = 22;  // 10^22 is the last power of ten that is a double
  double power = 1;
  for (int32_t decimals = 0; decimals <= kMaxDecimals && number * power < kLimit;
       ++decimals, power *= 10) {
    const auto integer = static_cast<uint64_t>(number * power + 0.5);
    if (static_cast<double>(integer) / power != number) continue;
    for (uint64_t left = integer; left != 0; left /= 10) ++decimal.size;
    decimal.point = decimal.size - decimals;
    uint64_t left = integer;
    for (int32_t i = decimal.size; i-- > 0; left /= 10) {
      decimal.digits[i] = static_cast<char>(left % 10);
    }
    while (decimal.digits[decimal.size - 1] == 0) --decimal.size;
    return true;
  }
  return false;
}

void appendDigits(std::string& out, const Decimal& decimal, int32_t from, int32_t to) {
  for (int32_t i = from; i < to; ++i) {
    out.push_back(i < decimal.size ? static_cast<char>('0' + decimal.digits[i]) : '0');
  }
}

}  // namespace

/// ECMAScript 2024, section 6.1.6.1.20, Number::toString.
void appendJsonNumber(std::string& out, double number) {
  constexpr int32_t kMaxPoint = 21;
  constexpr int32_t kMinPoint = -5;
  if (number < 0) {
    out.push_back('-');
    number = -number;
  }
  Decimal decimal;
  if (number == 0) {
    out.push_back('0');
    return;
  }
  if (!shortDecimal(number, decimal)) decimal = shortestDecimal(number);
  if (decimal.point > kMaxPoint || decimal.point < kMinPoint) {
    appendDigits(out, decimal, 0, 1);
    if (decimal.size > 1) out.push_back('.');
    appendDigits(out, decimal, 1, decimal.size);
    out.push_back('e');
    int32_t exponent = decimal.point - 1;
    out.push_back(exponent < 0 ? '-' : '+');
    if (exponent < 0) exponent = -exponent;
    if (exponent >= 100) out.push_back(static_cast<char>('0' + exponent / 100));
    if (exponent >= 10) out.push_back(static_cast<char>('0' + exponent / 10 % 10));
    out.push_back(static_cast<char>('0' + exponent % 10));
    return;
  }
  if (decimal.point > 0) {
    appendDigits(out, decimal, 0, decimal.point);
  } else {
    out.push_back('0');
  }
  if (decimal.size <= decimal.point) return;
  out.push_back('.');
  for (int32_t i = decimal.point; i < 0; ++i) out.push_back('0');
  appendDigits(out, decimal, decimal.point > 0 ? decimal.point : 0, decimal.size);
}

}  // namespace fosterflow

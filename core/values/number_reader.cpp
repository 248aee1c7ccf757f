#include "values/number_reader.h"

#include <algorithm>
#include <cstddef>

#include "values/big_natural.h"
#include "values/double_bits.h"

namespace fosterflow {
namespace {

constexpr int32_t kMantissaBits = 53;
constexpr uint64_t kInfinityBits = uint64_t{0x7FF} << (kMantissaBits - 1);
constexpr uint64_t kTopBit = uint64_t{1} << 63;
constexpr int32_t kMaxWordDigits = 19;  // 10^19 < 2^64
// The middle between two doubles has at most 767 digits; digits beyond only break a tie.
constexpr int64_t kMaxDigits = 770;
// Beyond these powers of ten everything is zero or infinite.
constexpr int64_t kMinPoint = -325;
constexpr int64_t kMaxPoint = 310;

/// A number of the grammar taken apart: digits × 10^exponent.
struct Parts {
  bool isNegative = false;
  std::string_view digits;  // from the first that is not zero; may hold the point
  int64_t digitCount = 0;   // of these
  uint64_t word = 0;        // the digits as an integer, when there are at most 19
  int64_t exponent = 0;
};

bool isDigit(char character) { return character >= '0' && character <= '9'; }

/// False for anything else than a number with spaces behind it.
bool parse(std::string_view text, Parts& parts) {
  const char* position = text.data();
  const char* const end = position + text.size();
  const auto at = [&] { return position < end ? *position : '\0'; };
  const auto readDigits = [&] {
    const char* start = position;
    for (; isDigit(at()); ++position) {
      // Wraps beyond 19 digits, where it is not used.
      parts.word = parts.word * 10 + static_cast<uint64_t>(*position - '0');
    }
    return position - start;
  };
  parts.isNegative = at() == '-';
  if (parts.isNegative) ++position;
  const char* firstDigit = position;
  parts.digitCount = readDigits();
  if (parts.digitCount == 0 || (*firstDigit == '0' && parts.digitCount > 1)) return false;
  if (at() == '.') {
    ++position;
    const int64_t decimals = readDigits();
    if (decimals == 0) return false;
    parts.exponent = -decimals;
    parts.digitCount += decimals;
  }
  const char* behindDigits = position;
  if (at() == 'e' || at() == 'E') {
    ++position;
    const bool isNegative = at() == '-';
    if (isNegative || at() == '+') ++position;
    const char* start = position;
    int64_t exponent = 0;
    // Texts are shorter than this limit, so no run of zeros can make up for a larger exponent.
    constexpr int64_t kExponentLimit = int64_t{1} << 40;
    for (; isDigit(at()); ++position) {
      exponent = std::min(exponent * 10 + (*position - '0'), kExponentLimit);
    }
    if (position == start) return false;
    parts.exponent += isNegative ? -exponent : exponent;
  }
  for (; firstDigit < behindDigits && (*firstDigit == '0' || *firstDigit == '.'); ++firstDigit) {
    if (*firstDigit == '0') --parts.digitCount;
  }
  parts.digits = {firstDigit, static_cast<size_t>(behindDigits - firstDigit)};
  while (at() == ' ' || at() == '\n' || at() == '\r' || at() == '\t') ++position;
  return position == end;
}

/// `mantissa` (its top bit set) × 2^exponent as a double's bits, to nearest, ties to even.
/// `hasRest`: the exact value is a little larger.
uint64_t roundedBits(uint64_t mantissa, int32_t exponent, bool hasRest) {
  // The place of the last bit, in units of 2^-1074, and how many bits fall off.
  const int32_t place = std::max(exponent + 64 - kMantissaBits + 1'074, 0);
  const int32_t dropped = place - 1'074 - exponent;
  if (dropped > 64) return 0;
  const uint64_t kept = dropped == 64 ? 0 : mantissa >> dropped;
  const uint64_t half = uint64_t{1} << (dropped - 1);
  const uint64_t rest = mantissa & (half | (half - 1));
  // A carry out of the mantissa raises the exponent: the encoding of doubles is monotonic.
  uint64_t bits = (static_cast<uint64_t>(place) << (kMantissaBits - 1)) + kept;
  if (rest > half || (rest == half && (hasRest || (kept & 1) != 0))) ++bits;
  return std::min(bits, kInfinityBits);
}

/// `numerator` / `divisor` (below 2^63) × 2^exponent, bit by bit.
uint64_t dividedBits(uint64_t numerator, uint64_t divisor, int32_t exponent) {
  uint64_t quotient = numerator / divisor;
  uint64_t rest = numerator % divisor;
  for (; quotient < kTopBit; --exponent) {
    rest <<= 1;
    quotient <<= 1;
    if (rest < divisor) continue;
    rest -= divisor;
    quotient |= 1;
  }
  return roundedBits(quotient, exponent, rest != 0);
}

/// Every number: a quotient of two big integers, whose first 64 bits decide with what is left. The
/// simplest of the exact ways (Clinger's Algorithm M, 1990), for the few that the fast ways leave.
uint64_t exactBits(const Parts& parts) {
  BigNatural numerator(0);
  int64_t count = 0;
  bool hasRest = false;
  for (const char character : parts.digits) {
    if (character == '.') continue;
    if (count < kMaxDigits) {
      ++count;
      numerator.multiply(10, static_cast<uint32_t>(character - '0'));
    } else {
      hasRest = hasRest || character != '0';
    }
  }
  const auto power = static_cast<int32_t>(parts.exponent + (parts.digitCount - count));
  numerator.multiplyByPowerOfFive(power);
  BigNatural divisor(1);
  divisor.multiplyByPowerOfFive(-power);
  const int32_t shift = divisor.bitLength() - numerator.bitLength();
  numerator.shiftLeft(shift);
  divisor.shiftLeft(-shift);
  int32_t exponent = power - shift + 1;
  uint64_t quotient = 0;
  for (; quotient < kTopBit; --exponent) {
    quotient <<= 1;
    if (numerator.compare(divisor) >= 0) {
      numerator.subtract(divisor);
      quotient |= 1;
    }
    numerator.shiftLeft(1);
  }
  return roundedBits(quotient, exponent, hasRest || numerator.bitLength() > 0);
}

uint64_t nearestBits(const Parts& parts) {
  if (parts.digits.empty()) return 0;
  const int64_t point = parts.digitCount + parts.exponent;
  if (point < kMinPoint) return 0;
  if (point > kMaxPoint) return kInfinityBits;
  if (parts.digitCount > kMaxWordDigits) return exactBits(parts);
  // Powers of ten that are doubles: one rounded operation (Clinger, "How to Read Floating Point
  // Numbers Accurately", 1990).
  constexpr int64_t kMaxExactPower = 22;
  if (parts.word <= uint64_t{1} << kMantissaBits && parts.exponent >= -kMaxExactPower &&
      parts.exponent <= kMaxExactPower) {
    double power = 1;
    for (int64_t i = parts.exponent; i != 0; i += i < 0 ? 1 : -1) power *= 10;
    const auto word = static_cast<double>(parts.word);
    return bitsOf(parts.exponent < 0 ? word / power : word * power);
  }
  // Powers of five of one word: what other programs write of sums and quotients.
  constexpr int64_t kMaxWordPower = 27;
  if (parts.exponent < 0 && parts.exponent >= -kMaxWordPower) {
    uint64_t power = 1;
    for (int64_t i = parts.exponent; i < 0; ++i) power *= 5;
    return dividedBits(parts.word, power, static_cast<int32_t>(parts.exponent));
  }
  return exactBits(parts);
}

}  // namespace

NumberError readJsonNumber(std::string_view text, double& number) {
  Parts parts;
  if (!parse(text, parts)) return NumberError::kSyntax;
  const uint64_t bits = nearestBits(parts);
  if (bits == kInfinityBits) return NumberError::kOutOfRange;
  number = doubleOf(parts.isNegative ? bits | kTopBit : bits);
  return NumberError::kNone;
}

}  // namespace fosterflow

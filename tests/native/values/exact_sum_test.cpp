#include "values/exact_sum.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "rounds.h"
#include "values/double_bits.h"

namespace fosterflow {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kGreatest = std::numeric_limits<double>::max();
constexpr double kLeast = std::numeric_limits<double>::denorm_min();

/// A slow natural number in units of 2^-1075, for an answer by another road.
class SlowNatural {
 public:
  /// Takes the bits of infinity for 2^1024.
  static SlowNatural of(double value) {
    const uint64_t bits = bitsOf(std::abs(value));
    const uint64_t exponent = bits >> 52;
    uint64_t mantissa = bits & 0xFFFFFFFFFFFFF;
    if (exponent != 0) mantissa |= uint64_t{1} << 52;
    SlowNatural result;
    const size_t shift = static_cast<size_t>(exponent != 0 ? exponent - 1 : 0) + 1;
    for (size_t bit = 0; bit < 53; ++bit) {
      if ((mantissa >> bit & 1) != 0) {
        const size_t at = bit + shift;
        result.digits_[at / 16] |= 1u << (at % 16);
      }
    }
    return result;
  }
  void add(const SlowNatural& other) {
    uint32_t carry = 0;
    for (size_t i = 0; i < digits_.size(); ++i) {
      carry += digits_[i] + other.digits_[i];
      digits_[i] = carry & 0xFFFF;
      carry >>= 16;
    }
  }
  void subtract(const SlowNatural& other) {
    int64_t borrow = 0;
    for (size_t i = 0; i < digits_.size(); ++i) {
      borrow += int64_t{digits_[i]} - other.digits_[i];
      digits_[i] = static_cast<uint32_t>(borrow & 0xFFFF);
      borrow >>= 16;
    }
  }
  void multiply(uint64_t factor) {
    uint64_t carry = 0;
    for (uint32_t& digit : digits_) {
      carry += digit * factor;
      digit = carry & 0xFFFF;
      carry >>= 16;
    }
  }
  [[nodiscard]] int compare(const SlowNatural& other) const {
    for (size_t i = digits_.size(); i-- > 0;) {
      if (digits_[i] != other.digits_[i]) return digits_[i] < other.digits_[i] ? -1 : 1;
    }
    return 0;
  }

 private:
  std::vector<uint32_t> digits_ = std::vector<uint32_t>(140);
};

/// The exact sum over `count`, rounded by looking for the neighbours and comparing with their
/// middle.
double slowAverage(const std::vector<double>& values, uint32_t count) {
  SlowNatural positive;
  SlowNatural negative;
  for (const double value : values) (value < 0 ? negative : positive).add(SlowNatural::of(value));
  const bool isNegative = positive.compare(negative) < 0;
  SlowNatural sum = isNegative ? negative : positive;
  sum.subtract(isNegative ? positive : negative);
  // The greatest double that is not greater than the quotient.
  uint64_t low = 0;
  uint64_t high = bitsOf(kInfinity);
  while (low < high) {
    const uint64_t middle = (low + high + 1) / 2;
    SlowNatural candidate = SlowNatural::of(doubleOf(middle));
    candidate.multiply(count);
    if (candidate.compare(sum) <= 0) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  if (low < bitsOf(kInfinity)) {
    SlowNatural twoMiddles = SlowNatural::of(doubleOf(low));
    twoMiddles.add(SlowNatural::of(doubleOf(low + 1)));
    twoMiddles.multiply(count);
    SlowNatural twoSums = sum;
    twoSums.add(sum);
    const int order = twoSums.compare(twoMiddles);
    if (order > 0 || (order == 0 && (low & 1) != 0)) ++low;
  }
  const double result = doubleOf(low);
  return isNegative && result != 0 ? -result : result;
}

double sumOf(const std::vector<double>& values) {
  ExactSum sum;
  for (const double value : values) sum.add(value);
  return sum.sum();
}

double averageOf(const std::vector<double>& values, uint32_t count) {
  ExactSum sum;
  for (const double value : values) sum.add(value);
  return sum.average(count);
}

void expectBits(double actual, double wanted) {
  EXPECT_EQ(bitsOf(actual), bitsOf(wanted)) << actual << ' ' << wanted;
}

TEST(ExactSum, SumsPlainNumbers) {
  expectBits(sumOf({}), 0);
  expectBits(sumOf({1, 2, 3}), 6);
  expectBits(sumOf({0.1, 0.2, 0.3}), 0.6);
  expectBits(sumOf({0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1}), 1);
  expectBits(sumOf({-19.9, 19.9}), 0);
  expectBits(sumOf({-0.0}), 0);
  expectBits(sumOf({-0.0, -0.0}), 0);
  expectBits(sumOf({-1.5, -2.5}), -4);
}

TEST(ExactSum, LosesNothingToCancellation) {
  expectBits(sumOf({1e100, 1, -1e100}), 1);
  expectBits(sumOf({1e308, 5e-324, -1e308}), 5e-324);
  expectBits(sumOf({-1e16, 1, 1e16, -1}), 0);
  expectBits(sumOf({1e16, 1, 1, -1e16}), 2);
}

TEST(ExactSum, RoundsTiesToEven) {
  const double twoTo53 = 9007199254740992;
  expectBits(sumOf({twoTo53, 1}), twoTo53);
  expectBits(sumOf({twoTo53 + 2, 1}), twoTo53 + 4);
  expectBits(sumOf({twoTo53, 1, kLeast}), twoTo53 + 2);
  expectBits(sumOf({twoTo53, 1, -kLeast}), twoTo53);
  expectBits(sumOf({twoTo53 + 2, 1, -kLeast}), twoTo53 + 2);
  expectBits(sumOf({-twoTo53, -1, -kLeast}), -twoTo53 - 2);
  // A carry through all bits of the mantissa.
  expectBits(sumOf({2 * twoTo53 - 1, 0.5}), 2 * twoTo53);
}

TEST(ExactSum, SumsSubnormals) {
  expectBits(sumOf({kLeast}), kLeast);
  expectBits(sumOf({kLeast, kLeast}), 2 * kLeast);
  expectBits(sumOf({-kLeast, 3 * kLeast}), 2 * kLeast);
  const double normal = std::numeric_limits<double>::min();
  expectBits(sumOf({normal, -kLeast}), normal - kLeast);
  expectBits(sumOf({normal - kLeast, kLeast}), normal);
  expectBits(sumOf({normal, kLeast}), normal + kLeast);
}

TEST(ExactSum, OverflowsAndComesBack) {
  ExactSum sum;
  sum.add(kGreatest);
  expectBits(sum.sum(), kGreatest);
  sum.add(kGreatest);
  expectBits(sum.sum(), kInfinity);
  expectBits(sum.average(2), kGreatest);
  sum.subtract(kGreatest);
  expectBits(sum.sum(), kGreatest);
  sum.add(-kGreatest);
  sum.add(-kGreatest);
  expectBits(sum.sum(), -kGreatest);
  sum.add(-kGreatest);
  expectBits(sum.sum(), -kInfinity);
  sum.add(kGreatest);
  sum.add(kGreatest);
  expectBits(sum.sum(), 0);
}

TEST(ExactSum, OverflowsFromTheMiddleOn) {
  const double halfStep = std::ldexp(1, 970);  // half the gap above the greatest double
  expectBits(sumOf({kGreatest, halfStep}), kInfinity);
  expectBits(sumOf({kGreatest, halfStep, -kLeast}), kGreatest);
  expectBits(sumOf({kGreatest, std::nextafter(halfStep, 0)}), kGreatest);
}

TEST(ExactSum, RoundsAveragesOnce) {
  expectBits(averageOf({1, 2}, 2), 1.5);
  expectBits(averageOf({1, 1, 2}, 3), 4.0 / 3);
  expectBits(averageOf({0.1, 0.2, 0.3}, 3), 0.2);
  expectBits(averageOf({-1, -1, -2}, 3), -4.0 / 3);
  expectBits(averageOf({}, 1), 0);
  // The sum, rounded first, would give another answer: 2^53 + 1 over 3.
  expectBits(averageOf({9007199254740992, 1, 0}, 3), 3002399751580331);
  expectBits(averageOf({kGreatest, kGreatest, kGreatest}, 3), kGreatest);
}

TEST(ExactSum, RoundsSubnormalAverages) {
  expectBits(averageOf({kLeast}, 2), 0);
  expectBits(averageOf({-kLeast}, 2), 0);
  expectBits(averageOf({kLeast, kLeast, kLeast}, 2), 2 * kLeast);
  expectBits(averageOf({kLeast, 0, 0}, 3), 0);
  expectBits(averageOf({2 * kLeast, 0, 0}, 3), kLeast);
  expectBits(averageOf({5 * kLeast, 0}, 2), 2 * kLeast);
  expectBits(averageOf({kLeast}, uint32_t{1} << 31), 0);
}

TEST(ExactSum, TakesAnyCountUpToTwoToThe31) {
  for (const uint32_t count : {1u, 2u, 3u, 7u, 1'000'003u, 2'147'483'647u, 2'147'483'648u}) {
    for (const double value : {1.0, 0.1, 1e300, 1e-300, 3 * kLeast, kGreatest}) {
      expectBits(averageOf({value}, count), slowAverage({value}, count));
    }
  }
}

TEST(ExactSum, StartsAgainAfterClear) {
  ExactSum sum;
  sum.add(1e300);
  sum.clear();
  expectBits(sum.sum(), 0);
  sum.add(kLeast);
  expectBits(sum.sum(), kLeast);
}

/// Values that meet: a few exponents, signs, and copies with the other sign.
std::vector<double> randomValues(std::mt19937_64& random) {
  std::vector<double> values;
  const size_t count = 1 + random() % 20;
  const uint64_t center = random() % 2046;
  const uint64_t spread = 1 + random() % (random() % 2 == 0 ? 4 : 200);
  while (values.size() < count) {
    if (!values.empty() && random() % 4 == 0) {
      values.push_back(-values[random() % values.size()]);
      continue;
    }
    const uint64_t exponent = std::min<uint64_t>(2046, center + random() % spread);
    uint64_t mantissa = random() >> 12;
    if (random() % 3 == 0) mantissa &= ~uint64_t{0} << (random() % 52);
    values.push_back(
        doubleOf(random() >> 63 << 63 | exponent << 52 | (mantissa & 0xFFFFFFFFFFFFF)));
  }
  return values;
}

TEST(ExactSum, AgreesWithTheSlowRoad) {
  std::mt19937_64 random(1);
  for (int i = 0; i < rounds(1'500); ++i) {
    const std::vector<double> values = randomValues(random);
    expectBits(sumOf(values), slowAverage(values, 1));
    const auto count = static_cast<uint32_t>(values.size());
    expectBits(averageOf(values, count), slowAverage(values, count));
  }
}

TEST(ExactSum, DependsOnTheValuesOnlyNotOnTheirOrder) {
  std::mt19937_64 random(2);
  for (int i = 0; i < rounds(500); ++i) {
    std::vector<double> values = randomValues(random);
    const double wanted = sumOf(values);
    std::shuffle(values.begin(), values.end(), random);
    ExactSum sum;
    std::vector<double> visitors;
    for (const double value : values) {
      sum.add(value);
      // Others come and go meanwhile.
      visitors.push_back(doubleOf((random() & ~(uint64_t{1} << 62))));
      sum.add(visitors.back());
      if (random() % 2 == 0) {
        sum.subtract(visitors.back());
        visitors.pop_back();
      }
    }
    for (const double visitor : visitors) sum.subtract(visitor);
    expectBits(sum.sum(), wanted);
  }
}

TEST(ExactSum, HoldsManyValuesAtOnce) {
  ExactSum sum;
  constexpr int kCount = rounds(1'000'000);
  for (int i = 0; i < kCount; ++i) sum.add(0.1);
  // So many times the double nearest to 0.1, which is a little more than 0.1.
  expectBits(sum.sum(), kCount / 10.0);
  expectBits(sum.average(kCount), 0.1);
  for (int i = 0; i < kCount; ++i) sum.subtract(0.1);
  expectBits(sum.sum(), 0);
}

}  // namespace
}  // namespace fosterflow

#pragma once

#include <cstdint>
#include <vector>

namespace fosterflow {

/// A sum of doubles kept exactly, from which values can be taken away again. The result depends on
/// the multiset of values only, never on the order in which they came or went. A superaccumulator
/// of 32-bit digits in 64-bit limbs (the idea of Kulisch's long accumulator), which holds only the
/// limbs between the smallest and largest exponent seen; since each limb stays below 2^32 times the
/// number of values, no carry is ever needed while values come and go (up to 2^30 at once).
class ExactSum {
 public:
  /// Adds a finite value. O(1).
  void add(double value) { accumulate(value, +1); }
  /// Takes away a value that was added before. O(1).
  void subtract(double value) { accumulate(value, -1); }
  /// The sum, rounded once to nearest, ties to even; ±infinity when it overflows; +0 for zero.
  [[nodiscard]] double sum() const;
  /// The sum divided by `count` (1 … 2^31), correctly rounded as if divided exactly.
  [[nodiscard]] double average(uint32_t count) const;
  void clear() { limbs_.clear(); }

 private:
  void accumulate(double value, int sign);
  std::vector<int64_t> limbs_;  // limb i is worth 2^(32 * (first_ + i)) * 2^-1074
  int32_t first_ = 0;
};

}  // namespace fosterflow

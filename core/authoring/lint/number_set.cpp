#include "authoring/lint/number_set.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fosterflow {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool isEmptyRange(const NumberSet::Range& range) {
  return range.low > range.high ||
         (range.low == range.high && (range.isLowOpen || range.isHighOpen));
}

}  // namespace

NumberSet::NumberSet(const Range& range) {
  if (!isEmptyRange(range)) ranges_.push_back(range);
}

NumberSet NumberSet::all() { return NumberSet({-kInfinity, kInfinity}); }

bool NumberSet::has(double number) const { return !intersected(of(number)).isEmpty(); }

NumberSet NumberSet::complement() const {
  NumberSet result;
  double low = -kInfinity;
  bool isLowOpen = false;
  const auto add = [&result](const Range& range) {
    if (!isEmptyRange(range)) result.ranges_.push_back(range);
  };
  for (const Range& range : ranges_) {
    add({low, range.low, isLowOpen, !range.isLowOpen});
    low = range.high;
    isLowOpen = !range.isHighOpen;
  }
  add({low, kInfinity, isLowOpen, false});
  return result;
}

NumberSet NumberSet::intersected(const NumberSet& other) const {
  NumberSet result;
  size_t left = 0;
  size_t right = 0;
  while (left < ranges_.size() && right < other.ranges_.size()) {
    const Range& a = ranges_[left];
    const Range& b = other.ranges_[right];
    Range both;
    both.low = std::max(a.low, b.low);
    both.isLowOpen = (a.low == both.low && a.isLowOpen) || (b.low == both.low && b.isLowOpen);
    both.high = std::min(a.high, b.high);
    both.isHighOpen =
        (a.high == both.high && a.isHighOpen) || (b.high == both.high && b.isHighOpen);
    if (!isEmptyRange(both)) result.ranges_.push_back(both);
    // The one that ends first cannot meet what follows.
    const bool isLeftFirst = a.high < b.high || (a.high == b.high && a.isHighOpen);
    (isLeftFirst ? left : right) += 1;
  }
  return result;
}

NumberSet NumberSet::united(const NumberSet& other) const {
  return complement().intersected(other.complement()).complement();
}

NumberSet NumberSet::wholeOnly() const {
  NumberSet result;
  for (const Range& range : ranges_) {
    Range whole{std::ceil(range.low), std::floor(range.high)};
    if (range.isLowOpen && whole.low == range.low) whole.low += 1;
    if (range.isHighOpen && whole.high == range.high) whole.high -= 1;
    if (whole.low > whole.high) continue;
    if (!result.ranges_.empty() && result.ranges_.back().high + 1 >= whole.low) {
      result.ranges_.back().high = whole.high;
    } else {
      result.ranges_.push_back(whole);
    }
  }
  return result;
}

}  // namespace fosterflow

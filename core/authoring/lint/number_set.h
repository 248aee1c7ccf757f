#pragma once

#include <vector>

namespace fosterflow {

/// A set of numbers, the infinities among them: ranges that do not touch, ascending.
class NumberSet {
 public:
  struct Range {
    double low = 0;
    double high = 0;
    bool isLowOpen = false;  ///< `low` itself is not in it
    bool isHighOpen = false;
  };

  NumberSet() = default;
  /// Empty when nothing lies between the ends.
  explicit NumberSet(const Range& range);
  static NumberSet all();
  static NumberSet of(double number) { return NumberSet({number, number}); }

  [[nodiscard]] bool isEmpty() const { return ranges_.empty(); }
  [[nodiscard]] bool has(double number) const;
  /// The least number that it does not go below, and the greatest; not of an empty set.
  [[nodiscard]] double lowest() const { return ranges_.front().low; }
  [[nodiscard]] double highest() const { return ranges_.back().high; }

  [[nodiscard]] NumberSet complement() const;
  [[nodiscard]] NumberSet intersected(const NumberSet& other) const;
  [[nodiscard]] NumberSet united(const NumberSet& other) const;
  /// Its whole numbers, as ranges from one to another.
  [[nodiscard]] NumberSet wholeOnly() const;

 private:
  std::vector<Range> ranges_;
};

}  // namespace fosterflow

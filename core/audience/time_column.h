#pragma once

#include <cstdint>
#include <vector>

#include "audience/bitmap.h"
#include "time/instant.h"

namespace fosterflow {

/// Instants, exact to the millisecond, in 4 to 8 bytes each: as multiples of 2^shift milliseconds
/// after a base, which are compared first, and the rest. A year takes 5 bytes an instant.
class TimeColumn {
 public:
  /// Empty, for instants from `earliest` to `latest`.
  void start(Instant earliest, Instant latest);
  void reserve(size_t count);
  /// Appends an instant in any range; one outside of what was foreseen makes the column anew.
  void push_back(Instant time);

  [[nodiscard]] size_t size() const { return coarse_.size(); }
  [[nodiscard]] Instant operator[](size_t index) const {
    return base_ + static_cast<int64_t>(offsetAt(index));
  }
  [[nodiscard]] size_t bytes() const {
    return coarse_.capacity() * 4 + fine8_.capacity() + fine16_.capacity() * 2 +
           fine32_.capacity() * 4;
  }

  /// A bound that instants of this column are compared with.
  struct Bound {
    uint32_t coarse = 0;
    uint32_t fine = 0;
    bool isBeforeAll = false;  ///< every instant is later
    bool isAfterAll = false;   ///< no instant is later
  };
  [[nodiscard]] Bound boundOf(Instant time) const;
  [[nodiscard]] bool isLater(size_t index, const Bound& bound) const {
    if (coarse_[index] != bound.coarse) return coarse_[index] > bound.coarse;
    return fineAt(index) > bound.fine;
  }

  /// Of rows [first, last), whose times ascend: the first that is later than `time`.
  [[nodiscard]] uint32_t firstAfter(uint32_t first, uint32_t last, Instant time) const {
    return firstAfter(first, last, boundOf(time));
  }
  [[nodiscard]] uint32_t firstAfter(uint32_t first, uint32_t last, const Bound& bound) const {
    if (bound.isBeforeAll || first == last) return first;
    // Mostly few rows, and the newest ones are asked about.
    if (bound.isAfterAll || !isLater(last - 1, bound)) return last;
    return search(first, last - 1, bound);
  }

  /// What kernels compare first.
  [[nodiscard]] const uint32_t* coarse() const { return coarse_.data(); }
  [[nodiscard]] uint32_t fineAt(size_t index) const {
    if (!fine8_.empty()) return fine8_[index];
    if (!fine16_.empty()) return fine16_[index];
    return fine32_.empty() ? 0 : fine32_[index];
  }

  /// Takes rows out.
  void remove(const Bitmap& rows);

  /// No instant is later; INT64_MIN: there was none.
  [[nodiscard]] Instant latest() const { return latest_; }
  [[nodiscard]] Instant base() const { return base_; }
  [[nodiscard]] uint32_t shift() const { return shift_; }

  /// The column's parts as they are kept, for writing and reading them.
  struct Parts {
    Instant base = 0;
    uint32_t shift = 0;
    std::vector<uint32_t> coarse;
    std::vector<uint8_t> fine8;
    std::vector<uint16_t> fine16;
    std::vector<uint32_t> fine32;
  };
  [[nodiscard]] const std::vector<uint32_t>& coarseParts() const { return coarse_; }
  [[nodiscard]] const std::vector<uint8_t>& fine8() const { return fine8_; }
  [[nodiscard]] const std::vector<uint16_t>& fine16() const { return fine16_; }
  [[nodiscard]] const std::vector<uint32_t>& fine32() const { return fine32_; }
  /// False, and nothing taken, when the parts are no column.
  bool restore(Parts parts);

 private:
  [[nodiscard]] uint32_t search(uint32_t first, uint32_t last, const Bound& bound) const;
  [[nodiscard]] uint64_t offsetAt(size_t index) const {
    return (static_cast<uint64_t>(coarse_[index]) << shift_) + fineAt(index);
  }

  Instant base_ = 0;
  uint32_t shift_ = 0;
  Instant latest_ = INT64_MIN;
  std::vector<uint32_t> coarse_;
  // One of them, by how many bits `shift_` leaves.
  std::vector<uint8_t> fine8_;
  std::vector<uint16_t> fine16_;
  std::vector<uint32_t> fine32_;
};

}  // namespace fosterflow

#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace fosterflow {

/// A natural number of bounded size, big enough to write and read every double exactly: 2,800 bits.
class BigNatural {
 public:
  explicit BigNatural(uint64_t value)
      : digits_{static_cast<uint32_t>(value), static_cast<uint32_t>(value >> 32)}, size_(2) {
    trim();
  }

  /// This times `factor` plus `summand`.
  void multiply(uint32_t factor, uint32_t summand = 0) {
    uint64_t carry = summand;
    for (size_t i = 0; i < size_; ++i) {
      carry += uint64_t{digits_[i]} * factor;
      digits_[i] = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0) digits_[size_++] = static_cast<uint32_t>(carry);
  }

  /// Times 5^exponent; nothing for a negative exponent.
  void multiplyByPowerOfFive(int32_t exponent) {
    constexpr int32_t kStep = 13;
    constexpr uint32_t kStepPower = 1'220'703'125;  // 5^13, the last below 2^32
    for (; exponent >= kStep; exponent -= kStep) multiply(kStepPower);
    for (; exponent > 0; --exponent) multiply(5);
  }

  /// Times 2^bits; nothing for a negative number of bits.
  void shiftLeft(int32_t bits) {
    for (; bits > 31; bits -= 31) multiply(uint32_t{1} << 31);
    if (bits > 0) multiply(uint32_t{1} << bits);
  }

  void add(const BigNatural& other) {
    uint64_t carry = 0;
    for (size_t i = 0; i < size_ || i < other.size_ || carry != 0; ++i) {
      if (i == size_) digits_[size_++] = 0;
      carry += uint64_t{digits_[i]} + (i < other.size_ ? other.digits_[i] : 0);
      digits_[i] = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
  }

  /// Takes away `other`, which is not larger.
  void subtract(const BigNatural& other) {
    int64_t borrow = 0;
    for (size_t i = 0; i < size_; ++i) {
      borrow += int64_t{digits_[i]} - (i < other.size_ ? other.digits_[i] : 0);
      digits_[i] = static_cast<uint32_t>(borrow);
      borrow >>= 32;
    }
    trim();
  }

  [[nodiscard]] int compare(const BigNatural& other) const {
    if (size_ != other.size_) return size_ < other.size_ ? -1 : 1;
    for (size_t i = size_; i-- > 0;) {
      if (digits_[i] != other.digits_[i]) return digits_[i] < other.digits_[i] ? -1 : 1;
    }
    return 0;
  }

  /// The position of the highest bit, counted from 1; 0 for zero.
  [[nodiscard]] int32_t bitLength() const {
    if (size_ == 0) return 0;
    return static_cast<int32_t>(size_) * 32 - std::countl_zero(digits_[size_ - 1]);
  }

 private:
  void trim() {
    while (size_ > 0 && digits_[size_ - 1] == 0) --size_;
  }

  uint32_t digits_[88];
  size_t size_;
};

}  // namespace fosterflow

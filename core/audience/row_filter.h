#pragma once

#include <memory>
#include <vector>

#include "audience/event_property.h"
#include "audience/slot_view.h"

namespace fosterflow {

/// A property filter over the rows of a table. What a filter means is decided by the filter itself
/// (plan/filter.h), once for each distinct value; only comparisons of numbers with a number are
/// done here.
class RowFilter {
 public:
  RowFilter(const Filter& filter, const EventTable& table, SlotView& slots);

  /// Whether the event in a row passes. `slots` must be at the row's contact when the filter reads
  /// something of it.
  bool operator()(uint32_t row) {
    // The commonest by far, without a call.
    uint8_t answer = kUnknown;
    if (row < fastCount_) {
      switch (fast_) {
        case Fast::kCodes8:
          answer = answers_[codes8_[row]];
          break;
        case Fast::kCodes16:
          answer = answers_[codes16_[row]];
          break;
        case Fast::kCodes32:
          answer = answers_[codes32_[row]];
          break;
        case Fast::kDecimals: {
          const int32_t decimal = decimals_[row];
          return (decimal >= lowDecimal_ && decimal <= highDecimal_) != isNegated_;
        }
        default:
          break;
      }
    }
    return answer == kUnknown ? holds(row) : answer == kYes;
  }

  /// Whether nothing but the row decides.
  [[nodiscard]] bool isOfRowAlone() const;
  /// The answers for 64 rows, all of them there, as bits; only when `isOfRowAlone`.
  uint64_t answersFrom(uint32_t row);

  /// Reads what the answer for a row will read, for nothing but the caches.
  [[nodiscard]] uint32_t touch(uint32_t row) const {
    if (row >= fastCount_) return 0;
    switch (fast_) {
      case Fast::kCodes8:
        return codes8_[row];
      case Fast::kCodes16:
        return codes16_[row];
      case Fast::kCodes32:
        return codes32_[row];
      case Fast::kDecimals:
        return static_cast<uint32_t>(decimals_[row]);
      default:
        return 0;
    }
  }

  /// Whether any event can pass.
  [[nodiscard]] bool mayHold() const { return kind_ != Kind::kConstant || constant_; }

 private:
  enum class Kind : uint8_t {
    kConstant,
    kNumbers,  ///< a number compared with a number
    kCodes,    ///< an answer for each distinct value
    kGeneral,  ///< asked for each event
    kGroup,
  };
  // How cells are looked up without a call; kNone: they are not.
  enum class Fast : uint8_t { kNone, kCodes8, kCodes16, kCodes32, kDecimals };
  static constexpr uint8_t kUnknown = 0;
  static constexpr uint8_t kNo = 1;
  static constexpr uint8_t kYes = 2;
  bool holds(uint32_t row);
  [[nodiscard]] bool isIn(double number) const {
    return (isLowIn_ ? number >= low_ : number > low_) &&
           (isHighIn_ ? number <= high_ : number < high_);
  }
  template <typename Code>
  uint64_t answersOfCodes(const Code* codes, bool& areKnown) const;
  uint64_t answersOfGroup(uint32_t row);
  void prepareFast();
  void prepareDecimals();
  void prepareProperty(const Filter& filter);
  bool prepareNumbers(const Predicate& predicate);
  bool answerOf(Cell cell, uint32_t row);

  Kind kind_ = Kind::kGeneral;
  const Filter& filter_;
  const EventTable& table_;
  SlotView& slots_;
  const PropertyColumn* cells_ = nullptr;
  PropertyProbe probe_;
  std::vector<RowFilter> children_;
  std::vector<uint8_t> answers_;  // kCodes: by code: kUnknown, not asked yet, kNo or kYes
  Fast fast_ = Fast::kNone;
  size_t fastCount_ = 0;  // rows beyond are missing
  const uint8_t* codes8_ = nullptr;
  const uint16_t* codes16_ = nullptr;
  const uint32_t* codes32_ = nullptr;
  const int32_t* decimals_ = nullptr;
  // The integers that stand for numbers from `low_` to `high_`.
  int32_t lowDecimal_ = 0;
  int32_t highDecimal_ = 0;
  // kNumbers: from `low_` to `high_`, both included or not.
  double low_ = 0;
  double high_ = 0;
  bool isLowIn_ = true;
  bool isHighIn_ = true;
  bool isNegated_ = false;
  bool constant_ = false;
};

}  // namespace fosterflow

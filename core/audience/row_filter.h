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
    if (codes_ != nullptr && row < codeCount_) {
      const uint8_t answer = answers_[codes_[row]];
      if (answer != 0) return answer == 2;
    }
    return holds(row);
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
  bool holds(uint32_t row);
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
  const uint8_t* codes_ = nullptr;  // kCodes, when they take a byte each
  size_t codeCount_ = 0;
  std::vector<uint8_t> answers_;  // kCodes: by code: 0 not asked yet, 1 no, 2 yes
  // kNumbers: from `low_` to `high_`, both included or not.
  double low_ = 0;
  double high_ = 0;
  bool isLowIn_ = true;
  bool isHighIn_ = true;
  bool isNegated_ = false;
  bool constant_ = false;
};

}  // namespace fosterflow

#pragma once

#include <vector>

#include "audience/event_table.h"
#include "plan/contact_view.h"
#include "plan/filter.h"
#include "values/double_bits.h"

namespace fosterflow {

/// The values at one path of a table's properties.
class EventProperty {
 public:
  EventProperty(const EventTable& table, const std::vector<Symbol>& path);

  /// The value in a row, in the table or in `storage`; nullptr when missing.
  const ValueNode* at(uint32_t row, ValueNode& storage);

  /// Whether `numberAt` may be used: the property has nothing but numbers.
  [[nodiscard]] bool hasNumbers() const { return numbers_ != Numbers::kNone; }
  /// Reads what `numberAt` will read, for nothing but the caches.
  [[nodiscard]] uint32_t touch(uint32_t row) const {
    if (row >= numberCount_) return 0;
    return numbers_ == Numbers::kDecimals ? static_cast<uint32_t>(decimals_[row])
                                          : static_cast<uint32_t>(bitsOf(doubles_[row]));
  }
  /// The number in a row; false when missing.
  bool numberAt(uint32_t row, double& number) const {
    if (row >= numberCount_) return false;
    if (numbers_ == Numbers::kDecimals) {
      number = decimals_[row] / scale_;
      return decimals_[row] != PropertyColumn::kMissingDecimal;
    }
    number = doubles_[row];
    return number == number;
  }

 private:
  enum class Numbers : uint8_t { kNone, kDecimals, kDoubles };
  Numbers numbers_ = Numbers::kNone;
  size_t numberCount_ = 0;  // rows beyond are missing
  const int32_t* decimals_ = nullptr;
  const double* doubles_ = nullptr;
  double scale_ = 1;
  const PropertyColumn* cells_ = nullptr;  // nullptr: no event has it
  std::vector<Symbol> rest_;               // the path within the property
  std::vector<const ValueNode*> byCode_;
  std::vector<uint8_t> isFound_;  // by code
};

/// Asks a filter about one property alone, as if the event had no other.
class PropertyProbe {
 public:
  PropertyProbe(const PropertyColumn* cells, Symbol key) : cells_(cells), key_(key) {}

  /// What `filter`, which reads no other property, answers of a cell.
  bool matches(const Filter& filter, Cell cell, Instant time, const ContactView& view);

 private:
  const PropertyColumn* cells_;
  Symbol key_;
  std::vector<ValueNode> nodes_;
};

}  // namespace fosterflow

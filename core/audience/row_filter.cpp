#include "audience/row_filter.h"

#include <algorithm>
#include <limits>

#include "audience/bitmap.h"

namespace fosterflow {

namespace {

// The property at the top of an event that a leaf reads; kNoSymbol: none.
Symbol keyOf(const Filter& filter) {
  const bool readsProperty =
      filter.kind == PropertyFilter::Kind::kProperty || filter.kind == PropertyFilter::Kind::kItem;
  return readsProperty ? filter.path.front() : kNoSymbol;
}

const PropertyColumn* cellsOf(const EventTable& table, Symbol key) {
  const EventTable::Column* column = key == kNoSymbol ? nullptr : table.find(key);
  return column == nullptr ? nullptr : &column->cells;
}

// Whether the answer depends on nothing but the property's value.
bool isOfValueAlone(const Filter& filter) {
  if (filter.kind == PropertyFilter::Kind::kClock) return false;
  const Predicate& predicate = filter.predicate;
  if (filter.kind == PropertyFilter::Kind::kProperty &&
      (predicate.attribute != kNoIndex ||
       (readsDates(predicate.op) && predicate.zone.fixed == nullptr))) {
    return false;
  }
  for (const Filter& child : filter.children) {
    if (!isOfValueAlone(child)) return false;
  }
  return true;
}

}  // namespace

RowFilter::RowFilter(const Filter& filter, const EventTable& table, SlotView& slots)
    : filter_(filter),
      table_(table),
      slots_(slots),
      cells_(cellsOf(table, keyOf(filter))),
      probe_(cells_, keyOf(filter)) {
  if (filter.kind == PropertyFilter::Kind::kGroup) {
    kind_ = Kind::kGroup;
    children_.reserve(filter.children.size());
    for (const Filter& child : filter.children) children_.emplace_back(child, table, slots);
  } else if (filter.kind != PropertyFilter::Kind::kClock && isOfValueAlone(filter)) {
    prepareProperty(filter);
  }
}

void RowFilter::prepareProperty(const Filter& filter) {
  if (cells_ == nullptr) {
    kind_ = Kind::kConstant;
    constant_ = probe_.matches(filter, Cell(), 0, slots_.viewWith(kNoIndex, nullptr));
  } else if (cells_->hasCodes()) {
    kind_ = Kind::kCodes;
    answers_.resize(cells_->dictionary().size());
    prepareFast();
  } else if (filter.kind == PropertyFilter::Kind::kProperty && filter.path.size() == 1 &&
             prepareNumbers(filter.predicate)) {
    kind_ = Kind::kNumbers;
    prepareFast();
  }
}

void RowFilter::prepareFast() {
  if (cells_->isSparse()) return;
  fastCount_ = cells_->cellCount();
  codes8_ = cells_->codes8().data();
  codes16_ = cells_->codes16().data();
  codes32_ = cells_->codes32().data();
  decimals_ = cells_->decimals().data();
  switch (cells_->kind()) {
    case PropertyColumn::Kind::kCodes8:
      fast_ = Fast::kCodes8;
      break;
    case PropertyColumn::Kind::kCodes16:
      fast_ = Fast::kCodes16;
      break;
    case PropertyColumn::Kind::kCodes32:
      fast_ = Fast::kCodes32;
      break;
    case PropertyColumn::Kind::kDecimals:
      fast_ = Fast::kDecimals;
      prepareDecimals();
      break;
    default:
      break;
  }
}

// The numbers ascend with the integers that stand for them, so those that are in lie side by side.
void RowFilter::prepareDecimals() {
  const auto firstWhere = [this](const auto& isTrue) {
    int64_t low = int64_t{PropertyColumn::kMissingDecimal} + 1;
    int64_t high = int64_t{INT32_MAX} + 1;
    while (low < high) {
      const int64_t middle = low + (high - low) / 2;
      if (isTrue(cells_->numberOf(static_cast<int32_t>(middle)))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  };
  const int64_t first =
      firstWhere([this](double number) { return isLowIn_ ? number >= low_ : number > low_; });
  const int64_t end =
      firstWhere([this](double number) { return isHighIn_ ? number > high_ : number >= high_; });
  if (first >= end) {
    lowDecimal_ = INT32_MAX;
    highDecimal_ = PropertyColumn::kMissingDecimal;
    return;
  }
  lowDecimal_ = static_cast<int32_t>(first);
  highDecimal_ = static_cast<int32_t>(end - 1);
}

bool RowFilter::prepareNumbers(const Predicate& predicate) {
  const ValueNode* literal = predicate.literal.root();
  if (literal == nullptr) return false;
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  low_ = -kInfinity;
  high_ = kInfinity;
  isNegated_ = predicate.negated;
  if (predicate.op == Operator::kBetween) {
    if (literal->type != ValueType::kArray || literal->span != 3 ||
        literal[1].type != ValueType::kNumber || literal[2].type != ValueType::kNumber) {
      return false;
    }
    low_ = literal[1].number;
    high_ = literal[2].number;
    return true;
  }
  if (literal->type != ValueType::kNumber) return false;
  switch (predicate.op) {
    case Operator::kEqual:
      low_ = high_ = literal->number;
      return true;
    case Operator::kGreater:
    case Operator::kGreaterOrEqual:
      low_ = literal->number;
      isLowIn_ = predicate.op == Operator::kGreaterOrEqual;
      return true;
    case Operator::kLess:
    case Operator::kLessOrEqual:
      high_ = literal->number;
      isHighIn_ = predicate.op == Operator::kLessOrEqual;
      return true;
    default:
      return false;
  }
}

bool RowFilter::isOfRowAlone() const {
  if (kind_ == Kind::kGeneral) return false;
  return std::all_of(children_.begin(), children_.end(),
                     [](const RowFilter& child) { return child.isOfRowAlone(); });
}

template <typename Code>
uint64_t RowFilter::answersOfCodes(const Code* codes, bool& areKnown) const {
  BitPacker bits;
  uint8_t least = kYes;
  for (size_t index = 0; index < 64; ++index) {
    const uint8_t answer = answers_[codes[index]];
    least = std::min(least, answer);
    bits.set(index, answer == kYes);
  }
  areKnown = least != kUnknown;
  return bits.packed();
}

uint64_t RowFilter::answersOfGroup(uint32_t row) {
  const bool isAll = filter_.group == GroupKind::kAll;
  uint64_t bits = isAll ? ~uint64_t{0} : 0;
  for (RowFilter& child : children_) {
    const uint64_t own = child.answersFrom(row);
    bits = isAll ? bits & own : bits | own;
  }
  return filter_.group == GroupKind::kNone ? ~bits : bits;
}

uint64_t RowFilter::answersFrom(uint32_t row) {
  if (kind_ == Kind::kConstant) return constant_ ? ~uint64_t{0} : 0;
  if (kind_ == Kind::kGroup) return answersOfGroup(row);
  if (static_cast<size_t>(row) + 64 <= fastCount_) {
    bool areKnown = false;
    uint64_t answers = 0;
    switch (fast_) {
      case Fast::kCodes8:
        answers = answersOfCodes(codes8_ + row, areKnown);
        break;
      case Fast::kCodes16:
        answers = answersOfCodes(codes16_ + row, areKnown);
        break;
      case Fast::kCodes32:
        answers = answersOfCodes(codes32_ + row, areKnown);
        break;
      case Fast::kDecimals: {
        BitPacker bits;
        const int32_t* decimals = decimals_ + row;
        for (size_t index = 0; index < 64; ++index) {
          bits.set(index, (decimals[index] >= lowDecimal_) & (decimals[index] <= highDecimal_));
        }
        return isNegated_ ? ~bits.packed() : bits.packed();
      }
      default:
        break;
    }
    if (areKnown) return answers;
  }
  uint64_t answers = 0;
  for (uint32_t index = 0; index < 64; ++index) {
    answers |= static_cast<uint64_t>((*this)(row + index)) << index;
  }
  return answers;
}

bool RowFilter::answerOf(Cell cell, uint32_t row) {
  return probe_.matches(filter_, cell, table_.times()[row], slots_.view());
}

bool RowFilter::holds(uint32_t row) {
  switch (kind_) {
    case Kind::kConstant:
      return constant_;
    case Kind::kNumbers: {
      const Cell cell = cells_->at(row);
      return (!cell.isMissing() && isIn(cell.number())) != isNegated_;
    }
    case Kind::kCodes: {
      const Cell cell = cells_->at(row);
      uint8_t& answer = answers_[cell.code()];
      if (answer == kUnknown) {
        const ContactView& view = slots_.viewWith(kNoIndex, nullptr);
        answer = probe_.matches(filter_, cell, 0, view) ? kYes : kNo;
      }
      return answer == kYes;
    }
    case Kind::kGroup: {
      const bool decisive = filter_.group != GroupKind::kAll;
      for (RowFilter& child : children_) {
        if (child(row) == decisive) return filter_.group == GroupKind::kAny;
      }
      return filter_.group != GroupKind::kAny;
    }
    default:
      return answerOf(cells_ == nullptr ? Cell() : cells_->at(row), row);
  }
}

}  // namespace fosterflow

#include "audience/row_filter.h"

#include <limits>

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
    if (cells_->kind() == PropertyColumn::Kind::kCodes8 && !cells_->isSparse()) {
      codes_ = cells_->codes8().data();
      codeCount_ = cells_->codes8().size();
    }
  } else if (filter.kind == PropertyFilter::Kind::kProperty && filter.path.size() == 1 &&
             prepareNumbers(filter.predicate)) {
    kind_ = Kind::kNumbers;
  }
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

bool RowFilter::answerOf(Cell cell, uint32_t row) {
  return probe_.matches(filter_, cell, table_.times()[row], slots_.view());
}

bool RowFilter::holds(uint32_t row) {
  switch (kind_) {
    case Kind::kConstant:
      return constant_;
    case Kind::kNumbers: {
      const Cell cell = cells_->at(row);
      bool isIn = false;
      if (!cell.isMissing()) {
        const double number = cell.number();
        isIn = (isLowIn_ ? number >= low_ : number > low_) &&
               (isHighIn_ ? number <= high_ : number < high_);
      }
      return isIn != isNegated_;
    }
    case Kind::kCodes: {
      const Cell cell = cells_->at(row);
      uint8_t& answer = answers_[cell.code()];
      if (answer == 0) {
        const ContactView& view = slots_.viewWith(kNoIndex, nullptr);
        answer = probe_.matches(filter_, cell, 0, view) ? 2 : 1;
      }
      return answer == 2;
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

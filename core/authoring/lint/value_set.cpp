#include "authoring/lint/value_set.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "language/vocabulary.h"

namespace fosterflow {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

HoldingValues exactly(ValueSet values) { return {values, std::move(values)}; }

// Nothing can be told.
HoldingValues unknown() { return {ValueSet::all(), ValueSet::none()}; }

// Some of these types, it cannot be told which.
HoldingValues someOf(bool texts, bool numbers, bool others) {
  ValueSet may;
  if (texts) may.texts.areAllBut = true;
  if (numbers) may.numbers = NumberSet::all();
  may.hasOthers = others;
  return {std::move(may), ValueSet::none()};
}

HoldingValues equalTo(const ValueNode& literal, bool ignoreCase, const Interner& interner) {
  ValueSet values;
  switch (literal.type) {
    case ValueType::kNumber:
      values.numbers = NumberSet::of(literal.number);
      break;
    case ValueType::kTrue:
      values.hasTrue = true;
      break;
    case ValueType::kFalse:
      values.hasFalse = true;
      break;
    case ValueType::kText:
      values.texts.texts.emplace(interner.text(literal.text));
      break;
    default:
      return unknown();
  }
  HoldingValues holding = exactly(std::move(values));
  if (ignoreCase && literal.type == ValueType::kText) holding.may.texts = {true, {}};
  return holding;
}

HoldingValues equalToAny(const ValueNode& list, bool ignoreCase, const Interner& interner) {
  HoldingValues all;
  for (const ValueNode& entry : ValueChildren(&list)) {
    const HoldingValues one = equalTo(entry, ignoreCase, interner);
    all.may = all.may.united(one.may);
    all.must = all.must.united(one.must);
  }
  return all;
}

HoldingValues positive(Operator op, const Comparison& comparison, const Interner& interner) {
  if (op == Operator::kIsSet) {
    ValueSet set = ValueSet::all();
    set.hasMissing = false;
    return exactly(std::move(set));
  }
  switch (op) {
    case Operator::kDateInLast:
    case Operator::kDateMoreThanAgo:
    case Operator::kDateInNext:
    case Operator::kDateMoreThanAhead:
    case Operator::kDateAnniversaryInNext:
      return someOf(true, true, false);
    default:
      break;
  }
  const ValueNode* literal = comparison.value.literal.root();
  if (comparison.value.kind != Operand::Kind::kLiteral || literal == nullptr) return unknown();
  const bool isNumber = literal->type == ValueType::kNumber;
  const bool isList = literal->type == ValueType::kArray;
  const auto numbers = [](double low, double high, bool isLowOpen, bool isHighOpen) {
    return exactly(ValueSet::ofNumbers(NumberSet({low, high, isLowOpen, isHighOpen})));
  };
  switch (op) {
    case Operator::kEqual:
      return equalTo(*literal, comparison.ignoreCase, interner);
    case Operator::kIn:
      return isList ? equalToAny(*literal, comparison.ignoreCase, interner) : unknown();
    case Operator::kGreater:
      return isNumber ? numbers(literal->number, kInfinity, true, false) : unknown();
    case Operator::kGreaterOrEqual:
      return isNumber ? numbers(literal->number, kInfinity, false, false) : unknown();
    case Operator::kLess:
      return isNumber ? numbers(-kInfinity, literal->number, false, true) : unknown();
    case Operator::kLessOrEqual:
      return isNumber ? numbers(-kInfinity, literal->number, false, false) : unknown();
    case Operator::kBetween: {
      if (!isList || spanOf(*literal) != 3) return unknown();
      const ValueNode& low = literal[1];
      const ValueNode& high = literal[2];
      if (low.type != ValueType::kNumber || high.type != ValueType::kNumber) return unknown();
      return numbers(low.number, high.number, false, false);
    }
    case Operator::kContains:
      return someOf(literal->type == ValueType::kText, false, true);
    case Operator::kStartsWith:
    case Operator::kEndsWith:
    case Operator::kLike:
      return someOf(true, false, false);
    case Operator::kIncludesAny:
    case Operator::kIncludesAll:
      return someOf(false, false, true);
    case Operator::kDateBefore:
    case Operator::kDateAfter:
    case Operator::kDateBetween:
      return someOf(true, true, false);
    default:
      return unknown();
  }
}

}  // namespace

TextSet TextSet::intersected(const TextSet& other) const {
  TextSet result;
  if (areAllBut && other.areAllBut) {
    result.areAllBut = true;
    std::set_union(texts.begin(), texts.end(), other.texts.begin(), other.texts.end(),
                   std::inserter(result.texts, result.texts.end()));
  } else if (!areAllBut && !other.areAllBut) {
    std::set_intersection(texts.begin(), texts.end(), other.texts.begin(), other.texts.end(),
                          std::inserter(result.texts, result.texts.end()));
  } else {
    const TextSet& some = areAllBut ? other : *this;
    const TextSet& without = areAllBut ? *this : other;
    std::set_difference(some.texts.begin(), some.texts.end(), without.texts.begin(),
                        without.texts.end(), std::inserter(result.texts, result.texts.end()));
  }
  return result;
}

ValueSet ValueSet::all() { return none().complement(); }

ValueSet ValueSet::ofNumbers(NumberSet numbers) {
  ValueSet set;
  set.numbers = std::move(numbers);
  return set;
}

ValueSet ValueSet::ofBoolean(bool value) {
  ValueSet set;
  (value ? set.hasTrue : set.hasFalse) = true;
  return set;
}

bool ValueSet::isEmpty() const {
  return !hasMissing && !hasTrue && !hasFalse && !hasOthers && numbers.isEmpty() && texts.isEmpty();
}

ValueSet ValueSet::complement() const {
  return {!hasMissing, !hasTrue, !hasFalse, !hasOthers, numbers.complement(), texts.complement()};
}

ValueSet ValueSet::intersected(const ValueSet& other) const {
  return {hasMissing && other.hasMissing,     hasTrue && other.hasTrue,
          hasFalse && other.hasFalse,         hasOthers && other.hasOthers,
          numbers.intersected(other.numbers), texts.intersected(other.texts)};
}

ValueSet ValueSet::united(const ValueSet& other) const {
  return complement().intersected(other.complement()).complement();
}

bool ValueSet::isWithin(const ValueSet& other) const {
  return intersected(other.complement()).isEmpty();
}

HoldingValues holdingValues(const Comparison& comparison, const Interner& interner) {
  const Operator op = traitsOf(comparison.op).positive;
  HoldingValues holding = positive(op, comparison, interner);
  return op == comparison.op ? holding : holding.complement();
}

}  // namespace fosterflow

#include "plan/predicate.h"

#include <cmath>

#include "time/iso_date.h"
#include "values/case_folding.h"
#include "values/text_match.h"

namespace fosterflow {

namespace {

bool isText(const ValueNode* value) { return value != nullptr && value->type == ValueType::kText; }
bool isNumber(const ValueNode* value) {
  return value != nullptr && value->type == ValueType::kNumber;
}
bool isArray(const ValueNode* value) {
  return value != nullptr && value->type == ValueType::kArray;
}

bool isScalar(const ValueNode& value) {
  return value.type != ValueType::kNull && value.type < ValueType::kArray;
}

bool equals(const ValueNode* observed, const ValueNode* wanted, bool ignoreCase,
            const Interner& interner) {
  if (equalScalars(observed, wanted)) return true;
  return ignoreCase && isText(observed) && isText(wanted) &&
         equalIgnoringCase(interner.text(observed->text), interner.text(wanted->text));
}

bool equalsAny(const ValueNode* observed, const ValueNode* list, bool ignoreCase,
               const Interner& interner) {
  if (!isArray(list)) return false;
  for (const ValueNode& wanted : ValueChildren(list)) {
    if (equals(observed, &wanted, ignoreCase, interner)) return true;
  }
  return false;
}

bool includesAny(const ValueNode* observed, const ValueNode* wanted, const Interner& interner) {
  if (!isArray(observed) || !isArray(wanted)) return false;
  for (const ValueNode& element : ValueChildren(wanted)) {
    if (isScalar(element) && equalsAny(&element, observed, false, interner)) return true;
  }
  return false;
}

bool includesAll(const ValueNode* observed, const ValueNode* wanted, const Interner& interner) {
  if (!isArray(observed) || !isArray(wanted)) return false;
  bool anyWanted = false;
  for (const ValueNode& element : ValueChildren(wanted)) {
    if (!isScalar(element)) continue;
    anyWanted = true;
    if (!equalsAny(&element, observed, false, interner)) return false;
  }
  return anyWanted;
}

// The two ends of a wanted pair; false unless it is an array of exactly two.
bool pairOf(const ValueNode* wanted, const ValueNode*& low, const ValueNode*& high) {
  if (!isArray(wanted)) return false;
  size_t count = 0;
  for (const ValueNode& element : ValueChildren(wanted)) {
    (count == 0 ? low : high) = &element;
    if (++count > 2) return false;
  }
  return count == 2;
}

bool matchesText(const Predicate& predicate, const ValueNode* observed, const ValueNode* wanted,
                 const Interner& interner) {
  if (!isText(observed) || !isText(wanted)) return false;
  std::string_view text = interner.text(observed->text);
  std::string_view pattern = predicate.text;
  std::string foldedText;
  std::string foldedPattern;
  if (predicate.attribute != kNoIndex) pattern = interner.text(wanted->text);
  if (predicate.ignoreCase) {
    text = foldedText = foldCase(text);
    if (predicate.attribute != kNoIndex) pattern = foldedPattern = foldCase(pattern);
  }
  switch (predicate.op) {
    case Operator::kContains:
      return text.find(pattern) != std::string_view::npos;
    case Operator::kStartsWith:
      return text.substr(0, pattern.size()) == pattern;
    case Operator::kEndsWith:
      return text.size() >= pattern.size() && text.substr(text.size() - pattern.size()) == pattern;
    default:
      return matchesLike(text, pattern);
  }
}

bool holdsForDate(const Predicate& predicate, const ValueNode* observed, const ValueNode* wanted,
                  const ContactView& view) {
  const Zone& zone = view.resolve(predicate.zone);
  const Interner& interner = *view.interner;
  Instant date = 0;
  if (!dateOf(observed, zone, interner, date)) return false;
  if (predicate.op == Operator::kDateBetween) {
    const ValueNode* low = nullptr;
    const ValueNode* high = nullptr;
    Instant from = 0;
    Instant to = 0;
    return pairOf(wanted, low, high) && dateOf(low, zone, interner, from) &&
           dateOf(high, zone, interner, to) && from <= date && date <= to;
  }
  Instant bound = 0;
  if (!dateOf(wanted, zone, interner, bound)) return false;
  return predicate.op == Operator::kDateBefore ? date < bound : date > bound;
}

bool holdsPositively(const Predicate& predicate, const ValueNode* observed,
                     const ContactView& view) {
  const ValueNode* wanted = predicate.attribute == kNoIndex ? predicate.literal.root()
                                                            : view.attribute(predicate.attribute);
  const Interner& interner = *view.interner;
  switch (predicate.op) {
    case Operator::kEqual:
      return equals(observed, wanted, predicate.ignoreCase, interner);
    case Operator::kIn:
      return equalsAny(observed, wanted, predicate.ignoreCase, interner);
    case Operator::kIsSet:
      return isSet(observed);
    case Operator::kGreater:
      return isNumber(observed) && isNumber(wanted) && observed->number > wanted->number;
    case Operator::kGreaterOrEqual:
      return isNumber(observed) && isNumber(wanted) && observed->number >= wanted->number;
    case Operator::kLess:
      return isNumber(observed) && isNumber(wanted) && observed->number < wanted->number;
    case Operator::kLessOrEqual:
      return isNumber(observed) && isNumber(wanted) && observed->number <= wanted->number;
    case Operator::kBetween: {
      const ValueNode* low = nullptr;
      const ValueNode* high = nullptr;
      return isNumber(observed) && pairOf(wanted, low, high) && isNumber(low) && isNumber(high) &&
             low->number <= observed->number && observed->number <= high->number;
    }
    case Operator::kContains:
      if (isArray(observed)) {
        for (const ValueNode& element : ValueChildren(observed)) {
          if (equals(&element, wanted, predicate.ignoreCase, interner)) return true;
        }
        return false;
      }
      return matchesText(predicate, observed, wanted, interner);
    case Operator::kStartsWith:
    case Operator::kEndsWith:
    case Operator::kLike:
      return matchesText(predicate, observed, wanted, interner);
    case Operator::kIncludesAny:
      return includesAny(observed, wanted, interner);
    case Operator::kIncludesAll:
      return includesAll(observed, wanted, interner);
    case Operator::kDateBefore:
    case Operator::kDateAfter:
    case Operator::kDateBetween:
      return holdsForDate(predicate, observed, wanted, view);
    default:
      return false;
  }
}

}  // namespace

bool holds(const Predicate& predicate, const ValueNode* observed, const ContactView& view) {
  return holdsPositively(predicate, observed, view) != predicate.negated;
}

Operator positiveOperator(Operator op, bool& negated) {
  negated = true;
  switch (op) {
    case Operator::kNotEqual:
      return Operator::kEqual;
    case Operator::kNotIn:
      return Operator::kIn;
    case Operator::kIsNotSet:
      return Operator::kIsSet;
    case Operator::kNotBetween:
      return Operator::kBetween;
    case Operator::kNotContains:
      return Operator::kContains;
    case Operator::kNotLike:
      return Operator::kLike;
    case Operator::kIncludesNone:
      return Operator::kIncludesAny;
    default:
      negated = false;
      return op;
  }
}

bool isRelativeToNow(Operator op) { return op >= Operator::kDateInLast; }

bool readsDates(Operator op) { return op >= Operator::kDateBefore; }

bool dateOf(const ValueNode* value, const Zone& zone, const Interner& interner, Instant& out) {
  if (isNumber(value)) {
    if (std::trunc(value->number) != value->number ||
        std::abs(value->number) > static_cast<double>(kMaxInstant)) {
      return false;
    }
    out = static_cast<Instant>(value->number);
    return true;
  }
  IsoDate date;
  if (!isText(value) || !parseIsoDate(interner.text(value->text), date)) return false;
  out = instantOf(date, zone);
  return true;
}

}  // namespace fosterflow

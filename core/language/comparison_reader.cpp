#include "language/comparison_reader.h"

#include <string>

#include "language/constant_reader.h"
#include "language/date_reader.h"
#include "language/duration_reader.h"
#include "language/window_reader.h"
#include "language/wording.h"

namespace fosterflow {

namespace {

constexpr std::string_view kOperatorKey = "op";
constexpr std::string_view kValueKey = "value";
constexpr std::string_view kIgnoreCaseKey = "ignoreCase";
constexpr std::string_view kAttributeKey = "attribute";

std::string allowedOperators(ComparisonPlace where) {
  std::string names;
  for (size_t index = 0; index < kOperatorCount; ++index) {
    const OperatorTraits& traits = traitsOf(static_cast<Operator>(index));
    if (isAllowedIn(traits, where)) {
      names += names.empty() ? "" : " ";
      names += traits.name;
    }
  }
  return names;
}

// What one literal, or one entry of a list, must be.
std::string_view expectationOf(OperandType type) {
  switch (type) {
    case OperandType::kNumber:
    case OperandType::kNumberRange:
      return "a number";
    case OperandType::kText:
      return "a text";
    case OperandType::kDate:
    case OperandType::kDateRange:
      return kDateExpectation;
    default:
      return "a text, a number, true or false";
  }
}

bool isRange(OperandType type) {
  return type == OperandType::kNumberRange || type == OperandType::kDateRange;
}

bool isAcceptable(OperandType type, const ValueNode& value, const Interner& interner) {
  switch (type) {
    case OperandType::kNumber:
    case OperandType::kNumberRange:
      return value.type == ValueType::kNumber;
    case OperandType::kText:
      return value.type == ValueType::kText;
    case OperandType::kDate:
    case OperandType::kDateRange:
      return isDate(value, interner);
    default:
      return value.type != ValueType::kNull && value.type < ValueType::kArray;
  }
}

// A text or number that is no date is nearly one; anything else has another type.
ProblemCode codeOfRefused(OperandType type, const ValueNode& value) {
  const bool wantsDate = type == OperandType::kDate || type == OperandType::kDateRange;
  return wantsDate && (value.type == ValueType::kText || value.type == ValueType::kNumber)
             ? ProblemCode::kInvalidDate
             : ProblemCode::kInvalidValue;
}

bool checkOne(const Reading& reading, const Place& place, OperandType type,
              const ValueNode& value) {
  if (isAcceptable(type, value, *reading.interner)) {
    return true;
  }
  reading.report(place, codeOfRefused(type, value),
                 expectationSentence(place.subject(), expectationOf(type)));
  return false;
}

bool isReversed(const Reading& reading, OperandType type, const ValueNode& first,
                const ValueNode& second) {
  return type == OperandType::kNumberRange
             ? first.number > second.number
             : compareDates(first, second, reading.zone, *reading.interner) == DateOrder::kLater;
}

// `place` holds either the list itself, or the parameter that declares it.
void checkList(const Reading& reading, const Place& place, OperandType type,
               const ValueNode& list) {
  const bool isLiteral = &place.node() == &list;
  const ValueNode* entries[2] = {nullptr, nullptr};
  size_t count = 0;
  bool areAcceptable = true;
  for (const ValueNode& entry : ValueChildren(&list)) {
    if (count < 2) {
      entries[count] = &entry;
    }
    if (isLiteral) {
      areAcceptable = checkOne(reading, Place(place, count, entry), type, entry) && areAcceptable;
    } else {
      // The fault is reported once, where the parameter is used.
      areAcceptable = areAcceptable && checkOne(reading, place, type, entry);
    }
    ++count;
  }
  if (!isRange(type)) {
    if (count == 0) {
      reading.report(place, ProblemCode::kEmptyList,
                     expectationSentence(place.subject(), "a list with at least one entry"));
    }
    return;
  }
  if (count != 2) {
    reading.report(place, ProblemCode::kInvalidValue,
                   expectationSentence(place.subject(), "a list of exactly two entries"));
  } else if (areAcceptable && isReversed(reading, type, *entries[0], *entries[1])) {
    reading.report(place, ProblemCode::kReversedRange,
                   expectationSentence(place.subject(), "in order: the smaller or earlier first"));
  }
}

// Checks a literal, or what a parameter declares.
void checkOperand(const Reading& reading, const Place& place, OperandType type,
                  const ValueNode& value) {
  if (type != OperandType::kScalarList && !isRange(type)) {
    checkOne(reading, place, type, value);
  } else if (value.type == ValueType::kArray) {
    checkList(reading, place, type, value);
  } else {
    reading.report(
        place, ProblemCode::kInvalidValue,
        wrongTypeSentence(place.subject(), isRange(type) ? "a list of two" : "a list", value.type));
  }
}

void readOperand(Reading& reading, const Place& place, OperandType type, Operand& out) {
  const ValueNode* value = &place.node();
  out.kind = Operand::Kind::kLiteral;
  if (place.type() == ValueType::kObject) {
    const ObjectReader reference(reading, place);
    if (reference.has("parameter")) {
      const Parameter* parameter = readParameterReference(reference);
      if (parameter == nullptr || parameter->declared == nullptr) {
        return;
      }
      checkOperand(reading, place, type, *parameter->declared);
      // What an override holds is not checked: where it does not fit, nothing equals it.
      out.literal = ValueTree::copyOf(parameter->inForce(), reading.interner);
      return;
    }
    if (reference.has(kAttributeKey)) {
      reference.allowOnly(kAttributeKey);
      out.kind = Operand::Kind::kAttribute;
      out.attribute = reference.path(kAttributeKey);
      return;
    }
  }
  checkOperand(reading, place, type, *value);
  out.literal = ValueTree::copyOf(value, reading.interner);
}

void readValue(const ObjectReader& object, const OperatorTraits& traits, const Place& place,
               Comparison& out) {
  Reading& reading = object.reading();
  switch (traits.operand) {
    case OperandType::kNothing:
      break;
    case OperandType::kDuration:
      if (readDuration(reading, place, out.duration) && isEmptyDuration(out.duration) &&
          (out.op == Operator::kDateInLast || out.op == Operator::kDateInNext)) {
        warnOfEmptyWindow(reading, place);
      }
      break;
    case OperandType::kDays:
      readDays(reading, place, out.anniversaryDays);
      break;
    default:
      readOperand(reading, place, traits.operand, out.value);
      break;
  }
}

void setToOne(Reading& reading, Operand& out) {
  ValueNode one;
  one.type = ValueType::kNumber;
  one.number = 1;
  out.kind = Operand::Kind::kLiteral;
  out.literal = ValueTree::copyOf(&one, reading.interner);
}

bool takesOneNumber(const OperatorTraits& traits) {
  return traits.operand == OperandType::kNumber || traits.operand == OperandType::kScalar;
}

void readRest(const ObjectReader& object, bool hasDefault, Comparison& out) {
  const OperatorTraits& traits = traitsOf(out.op);
  if (traits.takesIgnoreCase) {
    out.ignoreCase = object.boolean(kIgnoreCaseKey, false);
  } else {
    object.misplaced(kIgnoreCaseKey, traits.name);
  }
  if (traits.operand == OperandType::kNothing) {
    object.misplaced(kValueKey, traits.name);
    return;
  }
  const bool isOptional = hasDefault && takesOneNumber(traits);
  const std::optional<Place> value =
      object.get(kValueKey, isOptional ? Presence::kOptional : Presence::kRequired);
  if (value) {
    readValue(object, traits, *value, out);
  } else if (isOptional) {
    setToOne(object.reading(), out.value);
  }
}

}  // namespace

std::optional<Operator> readOperator(const ObjectReader& object, ComparisonPlace where) {
  const std::optional<std::string_view> name = object.text(kOperatorKey, Presence::kRequired);
  if (!name) {
    return std::nullopt;
  }
  const std::optional<Operator> op = findOperator(*name);
  if (op && isAllowedIn(traitsOf(*op), where)) {
    return op;
  }
  const Place place = *object.find(kOperatorKey);
  const Reading& reading = object.reading();
  if (!op) {
    const std::string allowed = allowedOperators(where);
    reading.report(place, ProblemCode::kUnknownOperator,
                   unknownNameSentence("operator", *name, allowed));
    // Read on as if it were the operator that was meant, so that the rest is checked too.
    return findOperator(nearestName(allowed, *name));
  }
  if (where == ComparisonPlace::kProperty) {
    reading.report(place, ProblemCode::kOperatorNotAllowed,
                   joined({inQuotes(*name),
                           " looks at the clock, which only attributes may; use date_before, "
                           "date_after, date_between or a window."}));
  } else {
    reading.report(
        place, ProblemCode::kOperatorNotAllowed,
        joined({"The operator ", inQuotes(*name),
                " has no place here; use one of these: ", allowedOperators(where), "."}));
  }
  return std::nullopt;
}

void readComparison(const ObjectReader& object, ComparisonPlace where, Comparison& out) {
  if (const std::optional<Operator> op = readOperator(object, where)) {
    out.op = *op;
    readRest(object, false, out);
  }
}

void readMeasuredComparison(const ObjectReader& object, Comparison& out) {
  out.op = Operator::kGreaterOrEqual;
  if (object.has(kOperatorKey)) {
    const std::optional<Operator> op = readOperator(object, ComparisonPlace::kNumber);
    if (!op) {
      return;
    }
    out.op = *op;
  }
  readRest(object, true, out);
}

}  // namespace fosterflow

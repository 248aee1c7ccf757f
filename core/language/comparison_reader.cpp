#include "language/comparison_reader.h"

#include <string>

#include "language/duration_reader.h"
#include "language/operand_reader.h"
#include "language/wording.h"

namespace fosterflow {

namespace {

constexpr std::string_view kOperatorKey = "op";
constexpr std::string_view kValueKey = "value";
constexpr std::string_view kIgnoreCaseKey = "ignoreCase";

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

void readValue(const ObjectReader& object, const OperatorTraits& traits, const Place& place,
               Comparison& out) {
  Reading& reading = object.reading();
  switch (traits.operand) {
    case OperandType::kNothing:
      break;
    case OperandType::kDuration:
      if (readDuration(reading, place, out.duration) && isEmptyDuration(out.duration) &&
          (out.op == Operator::kDateInLast || out.op == Operator::kDateInNext)) {
        reading.warnOfEmptyWindow(place);
      }
      break;
    case OperandType::kDays:
      readDays(reading, place, out.anniversaryDays);
      break;
    default:
      readOperand(reading, place, traits, out.value);
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
    out.ignoreCase = object.boolean(kIgnoreCaseKey);
  } else {
    object.refuse(kIgnoreCaseKey, traits.name);
  }
  if (traits.operand == OperandType::kNothing) {
    object.refuse(kValueKey, traits.name);
    return;
  }
  const bool isOptional = hasDefault && takesOneNumber(traits);
  const Place value = isOptional ? object.find(kValueKey) : object.require(kValueKey);
  if (value) {
    readValue(object, traits, value, out);
  } else if (isOptional) {
    setToOne(object.reading(), out.value);
  }
}

}  // namespace

std::optional<Operator> readOperator(const ObjectReader& object, ComparisonPlace where) {
  const std::optional<std::string_view> name = object.text(kOperatorKey);
  if (!name) {
    return std::nullopt;
  }
  const std::optional<Operator> op = findOperator(*name);
  if (op && isAllowedIn(traitsOf(*op), where)) {
    return op;
  }
  const Place place = object.find(kOperatorKey);
  const Reading& reading = object.reading();
  if (!op) {
    const std::string allowed = allowedOperators(where);
    reading.reportUnknown(place, ProblemCode::kUnknownOperator, "operator", *name, allowed);
    // Read on as if it were the operator that was meant, so that the rest is checked too.
    return findOperator(nearestName(allowed, *name));
  }
  if (where == ComparisonPlace::kProperty) {
    reading.report(place, ProblemCode::kOperatorNotAllowed,
                   "\"%\" looks at the clock, which only attributes may; use date_before, "
                   "date_after, date_between or a window.",
                   {*name});
  } else {
    reading.report(place, ProblemCode::kOperatorNotAllowed,
                   "The operator \"%\" has no place here; use one of %.",
                   {*name, listed(allowedOperators(where))});
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

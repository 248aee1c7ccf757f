#include "language/expression_reader.h"

#include <memory>
#include <utility>

#include "language/comparison_reader.h"
#include "language/constant_reader.h"
#include "language/metric_reader.h"
#include "language/vocabulary.h"

namespace fosterflow {

namespace {

constexpr std::string_view kExpectation =
    "a number, a parameter, an attribute, a metric or arithmetic";
constexpr std::string_view kKeys = "parameter attribute metric add sub mul div";

enum class Key : uint8_t { kParameter, kAttribute, kMetric, kArithmetic };

void readExpression(Reading& reading, const Place& place, uint32_t depth, uint32_t level,
                    Expression& out);

void readNumber(Reading& reading, const Place& place, Expression& out) {
  const auto isNumber = [](const ValueNode& value, const Interner& /*interner*/) {
    return value.type == ValueType::kNumber;
  };
  const ValueNode* value =
      readConstant(reading, place, {isNumber, kExpectation, ProblemCode::kInvalidValue});
  out.kind = Expression::Kind::kNumber;
  out.number = value == nullptr ? 0 : value->number;
}

void readOperands(Reading& reading, const Place& place, uint32_t depth, uint32_t level,
                  Expression& out) {
  size_t count = 0;
  if (place.type() == ValueType::kArray) {
    for (const ValueNode& node : ValueChildren(&place.node())) {
      Expression operand;
      readExpression(reading, Place(place, count++, node), depth, level + 1, operand);
      if (count <= 2) {
        out.operands.push_back(std::move(operand));
      }
    }
  }
  if (count != 2) {
    reading.reportUnexpected(place, ProblemCode::kInvalidValue, "a list of two operands");
  }
}

void readExpression(Reading& reading, const Place& place, uint32_t depth, uint32_t level,
                    Expression& out) {
  if (level > kMaxExpressionDepth) {
    reading.report(place, ProblemCode::kTooDeep,
                   "Arithmetic nests deeper than % here; simplify it.", {kMaxExpressionDepth});
    return;
  }
  if (place.type() != ValueType::kObject) {
    readNumber(reading, place, out);
    return;
  }
  const ObjectReader object(reading, place);
  const size_t unknownKeys = object.allowOnly(kKeys);
  size_t count = 0;
  for (size_t position = 0; !nameAt(kKeys, position).empty(); ++position) {
    const Place found = object.find(nameAt(kKeys, position));
    if (!found) {
      continue;
    }
    ++count;
    if (position == static_cast<size_t>(Key::kParameter)) {
      readNumber(reading, place, out);
    } else if (position == static_cast<size_t>(Key::kAttribute)) {
      out.kind = Expression::Kind::kAttribute;
      out.attribute = object.path(nameAt(kKeys, position));
    } else if (position == static_cast<size_t>(Key::kMetric)) {
      out.kind = Expression::Kind::kMetric;
      out.metric = std::make_unique<Metric>();
      const ObjectReader metric(reading, found);
      metric.allowOnly("event where measure window");
      if (metric.isObject()) {
        readMetric(reading, metric, depth, *out.metric);
      }
    } else {
      out.kind = static_cast<Expression::Kind>(static_cast<size_t>(Expression::Kind::kAdd) +
                                               position - static_cast<size_t>(Key::kArithmetic));
      readOperands(reading, found, depth, level, out);
    }
  }
  if (count > 1 || (count == 0 && unknownKeys == 0)) {
    reading.reportKeys(place, ProblemCode::kInvalidValue, kKeys);
  }
}

std::unique_ptr<Expression> readSide(const ObjectReader& object, std::string_view key,
                                     uint32_t depth) {
  auto expression = std::make_unique<Expression>();
  if (const Place place = object.require(key)) {
    readExpression(object.reading(), place, depth, 1, *expression);
  }
  return expression;
}

}  // namespace

void readCompare(const ObjectReader& object, uint32_t depth, Condition& out) {
  object.allowOnly("kind left op right");
  out.left = readSide(object, "left", depth);
  out.comparison.op = readOperator(object, ComparisonPlace::kExpression).value_or(Operator::kEqual);
  out.right = readSide(object, "right", depth);
}

}  // namespace fosterflow

#pragma once

#include <optional>

#include "plan/plan.h"

namespace fosterflow {

// What the leaves answer that keep no state of their own.

/// Whether the date that an attribute holds stands to the clock as the condition wants.
bool datedHolds(const DatedAttribute& dated, Instant now, const ContactView& view);

/// The same of a date: what depends on the clock and the zone is found once.
class DatedTest {
 public:
  DatedTest(const DatedAttribute& dated, Instant now, const Zone& zone);
  [[nodiscard]] bool holds(Instant date) const;

 private:
  const DatedAttribute& dated_;
  const Zone& zone_;
  int64_t today_ = 0;  // of an anniversary
  Instant lower_ = 0;  // of a window
  Instant upper_ = 0;
};

/// An instant after `now`, before which that answer cannot change.
Instant nextWakeOfDated(const DatedAttribute& dated, Instant now, const ContactView& view);

/// Where a contact lies in a sample, from 0 to 100: the first 8 hexadecimal digits of SHA-256(salt
/// +
/// ":" + contact id), divided by 2^32 and times 100.
double samplePoint(const Node& node, Symbol contactId, const Interner& interner);

/// Whether a contact is in a sample: its point is less than the percentage.
bool sampleHolds(const Node& node, Symbol contactId, const Interner& interner);

/// The value of an attribute or metric, wherever the caller keeps it; nullptr when missing.
template <typename ValueOf>
std::optional<double> evaluate(const CompiledExpression& expression, const ValueOf& valueOf);

/// `left op right`; with a missing side only `ne` holds.
bool compareNumbers(Operator op, std::optional<double> left, std::optional<double> right);

/// One arithmetic step; missing when a side is missing or the result is not finite.
std::optional<double> calculate(Expression::Kind kind, std::optional<double> left,
                                std::optional<double> right);

/// A value as an operand: missing unless it is a finite number.
std::optional<double> operandOf(const ValueNode* value);

template <typename ValueOf>
std::optional<double> evaluate(const CompiledExpression& expression, const ValueOf& valueOf) {
  switch (expression.kind) {
    case Expression::Kind::kNumber:
      return expression.number;
    case Expression::Kind::kMissing:
      return std::nullopt;
    case Expression::Kind::kAttribute:
    case Expression::Kind::kMetric: {
      ValueNode storage;
      return operandOf(valueOf(expression, storage));
    }
    default:
      return calculate(expression.kind, evaluate(expression.operands[0], valueOf),
                       evaluate(expression.operands[1], valueOf));
  }
}

/// `valueOf(expression, storage)` gives the value of an attribute or metric.
template <typename ValueOf>
bool compareHolds(const Node& node, const ValueOf& valueOf) {
  return compareNumbers(node.op, evaluate(node.sides[0], valueOf),
                        evaluate(node.sides[1], valueOf));
}

}  // namespace fosterflow

#include "authoring/phrase.h"

#include <optional>
#include <utility>

namespace fosterflow {

namespace {

// The number that a comparison is with, if it is one.
std::optional<double> numberIn(const Comparison& comparison) {
  const ValueNode* literal = comparison.value.literal.root();
  if (comparison.value.kind != Operand::Kind::kLiteral || literal == nullptr ||
      literal->type != ValueType::kNumber) {
    return std::nullopt;
  }
  return literal->number;
}

std::optional<Text> happenedText(Operator op) {
  switch (op) {
    case Operator::kEqual:
      return Text::kHappenedExactly;
    case Operator::kNotEqual:
      return Text::kHappenedNotExactly;
    case Operator::kGreater:
      return Text::kHappenedMoreThan;
    case Operator::kGreaterOrEqual:
      return Text::kHappenedAtLeast;
    case Operator::kLess:
      return Text::kHappenedLessThan;
    case Operator::kLessOrEqual:
      return Text::kHappenedAtMost;
    case Operator::kBetween:
      return Text::kHappenedBetween;
    case Operator::kNotBetween:
      return Text::kHappenedNotBetween;
    default:
      return std::nullopt;
  }
}

bool isAtLeastOnce(Operator op, double number) {
  return (op == Operator::kGreaterOrEqual && number == 1) ||
         (op == Operator::kGreater && number == 0);
}

bool isNever(Operator op, double number) {
  return (op == Operator::kEqual && number == 0) || (op == Operator::kLess && number == 1) ||
         (op == Operator::kLessOrEqual && number == 0);
}

Text headingText(GroupKind group) {
  switch (group) {
    case GroupKind::kAll:
      return Text::kAllOf;
    case GroupKind::kAny:
      return Text::kAnyOf;
    default:
      return Text::kNoneOf;
  }
}

}  // namespace

// An event condition that counts is about how often something happened.
std::string Phrases::happened(const Condition& condition) const {
  const Comparison& comparison = condition.comparison;
  const std::optional<Text> text = happenedText(comparison.op);
  const std::string events = selector(condition.metric->events);
  const std::string window = this->window(condition.metric->window);
  std::string phrase;
  if (text == Text::kHappenedBetween || text == Text::kHappenedNotBetween) {
    const ValueNode* list = comparison.value.literal.root();
    if (comparison.value.kind != Operand::Kind::kLiteral || list == nullptr ||
        list->type != ValueType::kArray || spanOf(*list) != 3) {
      return this->comparison(metric(*condition.metric), comparison);
    }
    phrase = say(*text, {events, value(list + 1), value(list + 2)});
  } else {
    const std::optional<double> number = numberIn(comparison);
    if (!text || !number) return this->comparison(metric(*condition.metric), comparison);
    if (isAtLeastOnce(comparison.op, *number)) {
      phrase = say(Text::kHappenedOnce, {events});
    } else if (isNever(comparison.op, *number)) {
      phrase = say(Text::kDidNotHappen, {events});
    } else {
      phrase = catalogue_->say(*text, *number, {events, this->number(*number)});
    }
  }
  return window.empty() ? phrase : say(Text::kInWindow, {phrase, window});
}

std::string Phrases::step(const SequenceStep& step) const {
  std::string text = selector(step.events);
  if (step.absent) text = say(Text::kNoStep, {text});
  return step.within ? say(Text::kStepWithin, {text, duration(*step.within)}) : text;
}

std::string Phrases::sequence(const Condition& condition) const {
  std::string text;
  for (const SequenceStep& step : condition.steps) {
    text = text.empty() ? say(Text::kFirstStep, {this->step(step)})
                        : say(Text::kThen, {text, this->step(step)});
  }
  const std::string window = this->window(condition.window);
  return window.empty() ? text : say(Text::kAllInWindow, {text, window});
}

std::string Phrases::expression(const Expression& expression) const {
  switch (expression.kind) {
    case Expression::Kind::kNumber:
      return number(expression.number);
    case Expression::Kind::kAttribute:
      return attribute(expression.attribute);
    case Expression::Kind::kMetric:
      return metric(*expression.metric);
    case Expression::Kind::kMissing:
      return say(Text::kNoNumber, {});
    default:
      break;
  }
  const Text text =
      static_cast<Text>(static_cast<size_t>(Text::kAdd) + static_cast<size_t>(expression.kind) -
                        static_cast<size_t>(Expression::Kind::kAdd));
  std::string sides[2];
  for (size_t side = 0; side < 2; ++side) {
    const Expression& operand = expression.operands[side];
    sides[side] = this->expression(operand);
    if (!operand.operands.empty() || operand.kind == Expression::Kind::kMetric) {
      sides[side] = say(Text::kParentheses, {sides[side]});
    }
  }
  return say(text, {sides[0], sides[1]});
}

std::string Phrases::group(const Condition& condition) const {
  std::vector<std::string> parts;
  const Text joint = condition.group == GroupKind::kAll ? Text::kAnd : Text::kOr;
  for (const Condition& child : condition.children) {
    std::string part = this->condition(child);
    const bool isClear = child.kind != Condition::Kind::kGroup || condition.children.size() == 1 ||
                         child.group == GroupKind::kNone;
    if (!isClear) part = say(Text::kParentheses, {part});
    parts.push_back(std::move(part));
  }
  const std::string text = joined(parts, joint, 0, parts.size());
  return condition.group == GroupKind::kNone ? say(Text::kNot, {text}) : text;
}

std::string Phrases::heading(const Condition& condition) const {
  return condition.kind == Condition::Kind::kGroup ? say(headingText(condition.group), {})
                                                   : this->condition(condition);
}

std::string Phrases::condition(const Condition& condition) const {
  switch (condition.kind) {
    case Condition::Kind::kGroup:
      return group(condition);
    case Condition::Kind::kEvent:
      return condition.metric->measure.function == MeasureFunction::kCount
                 ? happened(condition)
                 : comparison(metric(*condition.metric), condition.comparison);
    case Condition::Kind::kSequence:
      return sequence(condition);
    case Condition::Kind::kAttribute:
      return comparison(attribute(condition.attribute), condition.comparison);
    case Condition::Kind::kChannel:
      return say(condition.negated ? Text::kUnreachable : Text::kReachable,
                 {quoted(condition.name)});
    case Condition::Kind::kList:
      return say(condition.negated ? Text::kNotOnList : Text::kOnList, {quoted(condition.name)});
    case Condition::Kind::kSegment:
      return say(condition.negated ? Text::kNotInSegment : Text::kInSegment,
                 {quoted(condition.name)});
    case Condition::Kind::kCompare: {
      const Text text = static_cast<Text>(static_cast<size_t>(Text::kEqual) +
                                          static_cast<size_t>(condition.comparison.op));
      return say(text, {expression(*condition.left), expression(*condition.right)});
    }
    case Condition::Kind::kSample:
      return say(Text::kInSample, {number(condition.percent), quoted(condition.name)});
  }
  return {};
}

}  // namespace fosterflow

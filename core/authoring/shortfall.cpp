#include "authoring/shortfall.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fosterflow {

namespace {

// Differences are told to so many parts of one, so that 50 − 49.9 is 0.1.
constexpr double kTold = 1e6;
constexpr double kLargestRounded = 1e9;

bool isNumber(const ValueNode* value) {
  return value != nullptr && value->type == ValueType::kNumber && std::isfinite(value->number);
}

std::string told(const Phrases& phrases, double difference) {
  const double rounded = std::round(difference * kTold) / kTold;
  const bool isTold = difference < kLargestRounded && (rounded > 0 || difference == 0);
  constexpr double kLargest = std::numeric_limits<double>::max();
  return phrases.number(isTold ? rounded : std::min(difference, kLargest));
}

// Measures that one more event, value or day can bring nearer to what is wanted.
bool addsUp(MeasureFunction function) {
  return function == MeasureFunction::kCount || function == MeasureFunction::kSum ||
         function == MeasureFunction::kDistinct || function == MeasureFunction::kActive;
}

// The numbers that satisfy a comparison: from `least` to `most`. Nothing for one that says it
// otherwise.
struct NumberRange {
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
};

std::optional<NumberRange> rangeOf(Operator op, const ValueNode* wanted, bool isWhole) {
  NumberRange range;
  const bool isPair = wanted != nullptr && wanted->type == ValueType::kArray &&
                      spanOf(*wanted) == 3 && isNumber(wanted + 1) && isNumber(wanted + 2);
  if (op == Operator::kBetween ? !isPair : !isNumber(wanted)) return std::nullopt;
  if (op == Operator::kBetween) {
    range = {wanted[1].number, wanted[2].number};
  } else if (op == Operator::kEqual) {
    range = {wanted->number, wanted->number};
  } else if (op == Operator::kGreaterOrEqual) {
    range.least = wanted->number;
  } else if (op == Operator::kLessOrEqual) {
    range.most = wanted->number;
  } else if (op == Operator::kGreater && isWhole) {
    range.least = std::floor(wanted->number) + 1;
  } else if (op == Operator::kLess && isWhole) {
    range.most = std::ceil(wanted->number) - 1;
  } else {
    return std::nullopt;
  }
  if (isWhole) range = {std::ceil(range.least), std::floor(range.most)};
  // What is counted is never below zero.
  if (range.least > range.most || (isWhole && range.most < 0)) return std::nullopt;
  return range;
}

}  // namespace

std::string findingOfEvents(const Phrases& phrases, MeasureFunction function,
                            const ValueNode* observed) {
  const Catalogue& catalogue = phrases.catalogue();
  if (observed == nullptr) return catalogue.say(Text::kFoundNoEvent);
  if (function != MeasureFunction::kCount) {
    return catalogue.say(Text::kFoundValue, {phrases.value(observed)});
  }
  if (observed->number == 0) return catalogue.say(Text::kFoundNever);
  return catalogue.say(Text::kFoundTimes, observed->number, {phrases.number(observed->number)});
}

std::string missingEvents(const Phrases& phrases, const Condition& condition,
                          const ValueNode* observed, const ValueNode* wanted) {
  const Catalogue& catalogue = phrases.catalogue();
  const MeasureFunction function = condition.metric->measure.function;
  const bool isCount = function == MeasureFunction::kCount;
  if (addsUp(function) && isNumber(observed)) {
    const std::optional<NumberRange> range =
        rangeOf(condition.comparison.op, wanted, function != MeasureFunction::kSum);
    if (range && observed->number < range->least) {
      const std::string number = told(phrases, range->least - observed->number);
      return isCount
                 ? catalogue.say(Text::kMissingEvents,
                                 {number, phrases.eventsOf(*condition.metric)})
                 : catalogue.say(Text::kMissingAmount, {number, phrases.metric(*condition.metric)});
    }
    if (range && observed->number > range->most) {
      const std::string number = told(phrases, observed->number - range->most);
      return isCount ? catalogue.say(Text::kTooManyEvents,
                                     {number, phrases.eventsOf(*condition.metric)})
                     : catalogue.say(Text::kTooMuch, {number, phrases.metric(*condition.metric)});
    }
  }
  const std::string now =
      observed == nullptr ? catalogue.say(Text::kNowNoEvent) : phrases.value(observed);
  return catalogue.say(Text::kMissingThatNow, {phrases.condition(condition), now});
}

std::string findingOfAttribute(const Phrases& phrases, const ValueNode* observed) {
  const Catalogue& catalogue = phrases.catalogue();
  return isSet(observed) ? catalogue.say(Text::kFoundValue, {phrases.value(observed)})
                         : catalogue.say(Text::kFoundUnknown);
}

std::string missingAttribute(const Phrases& phrases, const Condition& condition,
                             const ValueNode* observed) {
  const Catalogue& catalogue = phrases.catalogue();
  const std::string now =
      isSet(observed) ? phrases.value(observed) : catalogue.say(Text::kNowUnknown);
  return catalogue.say(Text::kMissingThatNow, {phrases.condition(condition), now});
}

std::string missingOfCompare(const Phrases& phrases, const Condition& condition,
                             std::optional<double> left, std::optional<double> right) {
  const Catalogue& catalogue = phrases.catalogue();
  const Operator op = condition.comparison.op;
  if (!left || !right || op == Operator::kNotEqual) {
    const auto now = [&](std::optional<double> side) {
      return side ? phrases.number(*side) : catalogue.say(Text::kNowNoNumber);
    };
    return catalogue.say(
        Text::kMissingThatNow,
        {phrases.condition(condition), catalogue.say(Text::kLastAnd, {now(left), now(right)})});
  }
  const std::string number = told(phrases, std::abs(*right - *left));
  if (op == Operator::kGreater) return catalogue.say(Text::kMissingMoreThanSide, {number});
  if (op == Operator::kLess) return catalogue.say(Text::kTooMuchThanSide, {number});
  return catalogue.say(*left < *right ? Text::kMissingSide : Text::kTooMuchSide, {number});
}

std::string findingOfSequence(const Phrases& phrases, const Condition& condition,
                              const SequenceTrace& trace) {
  const Catalogue& catalogue = phrases.catalogue();
  switch (trace.outcome) {
    case SequenceTrace::Outcome::kMatch:
      return catalogue.say(Text::kFoundMatch);
    case SequenceTrace::Outcome::kWaiting:
      return catalogue.say(Text::kFoundWaiting, {phrases.instant(trace.instant)});
    case SequenceTrace::Outcome::kUndone:
      return catalogue.say(Text::kFoundUndone,
                           {phrases.selector(condition.steps[trace.step].events)});
    case SequenceTrace::Outcome::kPartial:
      break;
  }
  const auto done = static_cast<double>(trace.times.size());
  const auto steps =
      static_cast<double>(std::count_if(condition.steps.begin(), condition.steps.end(),
                                        [](const SequenceStep& step) { return !step.absent; }));
  return catalogue.say(Text::kFoundSteps, done, {phrases.number(done), phrases.number(steps)});
}

std::string missingSteps(const Phrases& phrases, const Condition& condition,
                         const SequenceTrace& trace) {
  const Catalogue& catalogue = phrases.catalogue();
  switch (trace.outcome) {
    case SequenceTrace::Outcome::kMatch:
      return {};
    case SequenceTrace::Outcome::kWaiting:
      return catalogue.say(Text::kMissingTime, {phrases.instant(trace.instant)});
    case SequenceTrace::Outcome::kUndone:
      return catalogue.say(Text::kMissingRestart,
                           {phrases.selector(condition.steps[trace.step].events)});
    case SequenceTrace::Outcome::kPartial:
      break;
  }
  size_t seen = 0;
  for (const SequenceStep& step : condition.steps) {
    if (step.absent || seen++ < trace.times.size()) continue;
    return catalogue.say(Text::kMissingStep, {phrases.step(step)});
  }
  return {};
}

std::string missingOfGroup(const Phrases& phrases, const Condition& condition, size_t holding) {
  const Catalogue& catalogue = phrases.catalogue();
  const auto all = static_cast<double>(condition.children.size());
  const auto held = static_cast<double>(holding);
  switch (condition.group) {
    case GroupKind::kAll:
      return catalogue.say(Text::kMissingOfAll, all - held,
                           {phrases.number(all - held), phrases.number(all)});
    case GroupKind::kAny:
      return catalogue.say(Text::kMissingOfAny, all, {phrases.number(all)});
    default:
      return catalogue.say(Text::kMissingOfNone, held, {phrases.number(held)});
  }
}

}  // namespace fosterflow

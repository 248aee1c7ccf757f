#include "authoring/lint/clause.h"

#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "authoring/lint/group_reasoning.h"
#include "authoring/normal_form/normal_form.h"
#include "language/limits.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

const Document& noDocument() {
  static const Document kNone;
  return kNone;
}

const Document& memberOf(const Document& document, std::string_view key) {
  const Document* member = document.find(key);
  return member == nullptr ? noDocument() : *member;
}

Truth within(const ValueSet& value, const HoldingValues& holding) {
  if (value.isWithin(holding.must)) return Truth::kTrue;
  return value.intersected(holding.may).isEmpty() ? Truth::kFalse : Truth::kUnknown;
}

bool isNeverIn(const Window& window) {
  const bool hasNoLength = window.kind == Window::Kind::kLast && !window.longer.isCalendar &&
                           window.longer.milliseconds == 0;
  return hasNoLength;
}

class Builder {
 public:
  explicit Builder(const Interner& interner) : interner_(interner) {}

  Clause condition(const Condition& condition, const Document& document, std::string path,
                   bool isNegated) {
    if (condition.kind == Condition::Kind::kGroup) {
      return group(condition, document, std::move(path), isNegated);
    }
    Clause clause = started(document, std::move(path), isNegated);
    clause.condition = &condition;
    switch (condition.kind) {
      case Condition::Kind::kEvent:
        measured(clause, *condition.metric, condition.comparison, document);
        break;
      case Condition::Kind::kAttribute:
        compared(clause, "attribute " + textOf(condition.attribute), condition.comparison);
        break;
      case Condition::Kind::kSample:
        clause.subject = "sample " + condition.name;
        clause.universe = ValueSet::ofNumbers(NumberSet({0, 100, false, true}));
        clause.holding.may = clause.holding.must =
            ValueSet::ofNumbers(NumberSet({0, condition.percent, false, true}));
        break;
      case Condition::Kind::kChannel:
        stated(clause, "channel " + condition.name, !condition.negated, Truth::kFalse);
        break;
      case Condition::Kind::kList:
        stated(clause, "list " + condition.name, !condition.negated, Truth::kFalse);
        break;
      case Condition::Kind::kSegment:
        stated(clause, "segment " + condition.name, !condition.negated, Truth::kUnknown);
        break;
      case Condition::Kind::kSequence:
        stated(clause, "sequence " + canonicalJson(normalCondition(document)), true, Truth::kFalse);
        if (cannotMatch(condition, document)) clause.universe = ValueSet::ofBoolean(false);
        break;
      case Condition::Kind::kCompare:
        compare(clause, condition, document);
        break;
      case Condition::Kind::kGroup:
        break;
    }
    return finished(std::move(clause));
  }

  Clause filter(const PropertyFilter& filter, const Document& document, std::string path,
                bool isNegated) {
    if (filter.kind == PropertyFilter::Kind::kGroup) {
      return group(filter, document, std::move(path), isNegated);
    }
    Clause clause = started(document, std::move(path), isNegated);
    clause.filter = &filter;
    switch (filter.kind) {
      case PropertyFilter::Kind::kProperty:
        compared(clause, "property " + textOf(filter.path), filter.comparison);
        break;
      case PropertyFilter::Kind::kClock: {
        compared(clause, "clock " + std::to_string(static_cast<int>(filter.clockUnit)),
                 filter.comparison);
        constexpr double kEnds[][2] = {{0, 23}, {1, 7}, {1, 31}, {1, 12}};
        const auto& [low, high] = kEnds[static_cast<size_t>(filter.clockUnit)];
        clause.universe = ValueSet::ofNumbers(NumberSet({low, high}));
        clause.isWhole = true;
        break;
      }
      default:
        stated(clause, "item " + canonicalJson(normalFilter(document)), true, Truth::kUnknown);
        if (isNeverPassed(filter.children.front(), memberOf(document, "where"), interner_)) {
          clause.universe = ValueSet::ofBoolean(false);
        }
        break;
    }
    return finished(std::move(clause));
  }

 private:
  Clause started(const Document& document, std::string path, bool isNegated) {
    Clause clause;
    clause.path = std::move(path);
    clause.isNegated = isNegated;
    if (isNegated) {
      Document none = Document::object();
      none.set("kind", Document::ofText("none"));
      Document of = Document::array();
      of.items.push_back(document);
      none.set("of", std::move(of));
      clause.normal = canonicalJson(normalCondition(std::move(none)));
    } else {
      clause.normal = canonicalJson(normalCondition(document));
    }
    return clause;
  }

  // Within the universe, and the other way round when it is negated.
  static Clause finished(Clause clause) {
    if (clause.isNegated) {
      clause.holding = clause.holding.complement();
      clause.onNothing = opposite(clause.onNothing);
    }
    for (ValueSet* set : {&clause.holding.may, &clause.holding.must}) {
      *set = set->intersected(clause.universe);
      if (clause.isWhole) set->numbers = set->numbers.wholeOnly();
    }
    if (clause.isWhole) clause.universe.numbers = clause.universe.numbers.wholeOnly();
    return clause;
  }

  Clause member(const Condition& child, const Document& document, std::string path,
                bool isNegated) {
    return condition(child, document, std::move(path), isNegated);
  }
  Clause member(const PropertyFilter& child, const Document& document, std::string path,
                bool isNegated) {
    return filter(child, document, std::move(path), isNegated);
  }
  static void madeOf(Clause& clause, const Condition& condition) { clause.condition = &condition; }
  static void madeOf(Clause& clause, const PropertyFilter& filter) { clause.filter = &filter; }

  template <typename Group>
  Clause group(const Group& group, const Document& document, std::string path, bool isNegated) {
    Clause clause = started(document, std::move(path), isNegated);
    madeOf(clause, group);
    const bool areNegated = isNegated != (group.group == GroupKind::kNone);
    const bool isAll = (group.group == GroupKind::kAll) != areNegated;
    clause.kind = isAll ? Clause::Kind::kAll : Clause::Kind::kAny;
    const Document& of = memberOf(document, "of");
    for (size_t index = 0; index < group.children.size(); ++index) {
      std::string childPath = clause.path + "/of/";
      appendJsonInteger(childPath, static_cast<int64_t>(index));
      clause.children.push_back(
          member(group.children[index], of.items[index], std::move(childPath), areNegated));
    }
    return clause;
  }

  void compared(Clause& clause, std::string subject, const Comparison& comparison) {
    clause.subject = std::move(subject);
    clause.universe = ValueSet::all();
    clause.holding = holdingValues(comparison, interner_);
    ValueSet missing;
    missing.hasMissing = true;
    clause.onNothing = within(missing, clause.holding);
  }

  static void stated(Clause& clause, std::string subject, bool isPositive, Truth onNothing) {
    clause.subject = std::move(subject);
    clause.universe = ValueSet::ofBoolean(true).united(ValueSet::ofBoolean(false));
    clause.holding.may = clause.holding.must = ValueSet::ofBoolean(isPositive);
    clause.onNothing = isPositive ? onNothing : opposite(onNothing);
  }

  // What a metric can be. `nothing`: what it is when there is no event.
  ValueSet universeOf(const Metric& metric, bool hasNoEvents, ValueSet& nothing, bool& isWhole) {
    const MeasureFunction function = metric.measure.function;
    isWhole = function == MeasureFunction::kCount || function == MeasureFunction::kDistinct ||
              function == MeasureFunction::kActive;
    const bool isNumber = isWhole || function == MeasureFunction::kSum;
    nothing = isNumber ? ValueSet::ofNumbers(NumberSet::of(0)) : ValueSet::none();
    nothing.hasMissing = !isNumber;
    if (hasNoEvents) return nothing;
    if (isWhole) {
      return ValueSet::ofNumbers(NumberSet({0, static_cast<double>(kMaxEvents)}));
    }
    if (function == MeasureFunction::kFirst || function == MeasureFunction::kLast) {
      return ValueSet::all();
    }
    ValueSet universe = ValueSet::ofNumbers(NumberSet::all());
    universe.hasMissing = !isNumber;
    return universe;
  }

  void measured(Clause& clause, const Metric& metric, const Comparison& comparison,
                const Document& document) {
    const Document& where = memberOf(document, "where");
    const bool hasNoEvents =
        isNeverIn(metric.window) ||
        (metric.events.where && isNeverPassed(*metric.events.where, where, interner_));
    Document subject = normalCondition(document);
    for (const std::string_view key : {"op", "value", "ignoreCase"}) subject.remove(key);
    ValueSet nothing;
    compared(clause, "event " + canonicalJson(subject), comparison);
    clause.universe = universeOf(metric, hasNoEvents, nothing, clause.isWhole);
    clause.onNothing = within(nothing, clause.holding);
    if (!clause.isWhole || hasNoEvents) return;
    clause.counted = &metric;
    clause.countedWhere = canonicalJson(memberOf(subject, "where"));
    clause.countedWindow = canonicalJson(memberOf(subject, "window"));
  }

  bool cannotMatch(const Condition& condition, const Document& document) {
    if (isNeverIn(condition.window)) return true;
    const Document& steps = memberOf(document, "steps");
    for (size_t index = 0; index < condition.steps.size(); ++index) {
      const SequenceStep& step = condition.steps[index];
      if (!step.absent && step.events.where &&
          isNeverPassed(*step.events.where, memberOf(steps.items[index], "where"), interner_)) {
        return true;
      }
    }
    return false;
  }

  // The value of an expression for a contact of whom nothing is known, if that can be told; for
  // constants it is that for everybody.
  std::optional<double> onNothing(const Expression& expression, bool& isMissing, bool& isConstant) {
    switch (expression.kind) {
      case Expression::Kind::kNumber:
        return expression.number;
      case Expression::Kind::kMissing:
      case Expression::Kind::kAttribute:
        isConstant = isConstant && expression.kind == Expression::Kind::kMissing;
        isMissing = true;
        return std::nullopt;
      case Expression::Kind::kMetric: {
        isConstant = false;
        ValueSet nothing;
        bool isWhole = false;
        universeOf(*expression.metric, true, nothing, isWhole);
        if (nothing.hasMissing) isMissing = true;
        return 0.0;
      }
      default:
        break;
    }
    double sides[2] = {};
    for (size_t side = 0; side < 2; ++side) {
      const std::optional<double> value =
          onNothing(expression.operands[side], isMissing, isConstant);
      sides[side] = value.value_or(0);
    }
    double result = 0;
    switch (expression.kind) {
      case Expression::Kind::kAdd:
        result = sides[0] + sides[1];
        break;
      case Expression::Kind::kSubtract:
        result = sides[0] - sides[1];
        break;
      case Expression::Kind::kMultiply:
        result = sides[0] * sides[1];
        break;
      default:
        if (sides[1] == 0) isMissing = true;
        result = sides[1] == 0 ? 0 : sides[0] / sides[1];
        break;
    }
    if (!std::isfinite(result)) isMissing = true;
    return result;
  }

  static bool holds(Operator op, double left, double right) {
    switch (op) {
      case Operator::kEqual:
        return left == right;
      case Operator::kNotEqual:
        return left != right;
      case Operator::kGreater:
        return left > right;
      case Operator::kGreaterOrEqual:
        return left >= right;
      case Operator::kLess:
        return left < right;
      default:
        return left <= right;
    }
  }

  void compare(Clause& clause, const Condition& condition, const Document& document) {
    const Operator op = condition.comparison.op;
    bool isMissing = false;
    bool areConstant = true;
    const double left = onNothing(*condition.left, isMissing, areConstant).value_or(0);
    const double right = onNothing(*condition.right, isMissing, areConstant).value_or(0);
    const bool isTrue = isMissing ? op == Operator::kNotEqual : holds(op, left, right);
    const Truth truth = isTrue ? Truth::kTrue : Truth::kFalse;
    if (condition.right->kind != Expression::Kind::kNumber || areConstant) {
      stated(clause, "compare " + canonicalJson(normalCondition(document)), true, truth);
      if (areConstant) clause.universe = ValueSet::ofBoolean(isTrue);
      return;
    }
    // The left side is missing or finite.
    clause.subject = "value " + canonicalJson(memberOf(document, "left"));
    clause.universe = ValueSet::ofNumbers(NumberSet({-kInfinity, kInfinity, true, true}));
    clause.universe.hasMissing = true;
    clause.onNothing = truth;
    const double number = condition.right->number;
    NumberSet numbers;
    switch (op) {
      case Operator::kEqual:
        numbers = NumberSet::of(number);
        break;
      case Operator::kNotEqual:
        numbers = NumberSet::of(number).complement();
        break;
      case Operator::kGreater:
        numbers = NumberSet({number, kInfinity, true, false});
        break;
      case Operator::kGreaterOrEqual:
        numbers = NumberSet({number, kInfinity});
        break;
      case Operator::kLess:
        numbers = NumberSet({-kInfinity, number, false, true});
        break;
      default:
        numbers = NumberSet({-kInfinity, number});
        break;
    }
    ValueSet values = ValueSet::ofNumbers(std::move(numbers));
    values.hasMissing = op == Operator::kNotEqual;
    clause.holding.may = clause.holding.must = values;
  }

  static std::string textOf(const Path& path) {
    std::string text;
    for (const std::string& key : path) {
      appendJsonInteger(text, static_cast<int64_t>(key.size()));
      text += ' ' + key;
    }
    return text;
  }

  const Interner& interner_;
};

}  // namespace

Clause clauseOf(const Condition& condition, const Document& document, std::string path,
                const Interner& interner) {
  return Builder(interner).condition(condition, document, std::move(path), false);
}

Clause clauseOf(const PropertyFilter& filter, const Document& document, std::string path,
                const Interner& interner) {
  return Builder(interner).filter(filter, document, std::move(path), false);
}

bool isNeverPassed(const PropertyFilter& filter, const Document& document,
                   const Interner& interner) {
  return reasonAbout(clauseOf(filter, document, "", interner), nullptr) == Truth::kFalse;
}

Truth truthOf(const Clause& clause) {
  if (clause.holding.may.isEmpty()) return Truth::kFalse;
  return clause.universe.isWithin(clause.holding.must) ? Truth::kTrue : Truth::kUnknown;
}

}  // namespace fosterflow

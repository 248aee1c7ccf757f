#include "authoring/normal_form/normal_form.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "authoring/normal_form/negations.h"
#include "authoring/normal_form/normal_comparison.h"

namespace fosterflow {

namespace {

constexpr double kMaxExact = 9'007'199'254'740'992.0;

void normalize(Document& condition);

// One unit for spans of the same length; a span whose number is a parameter keeps its own.
void normalizeDuration(Document& duration) {
  constexpr struct {
    std::string_view unit;
    double seconds;
  } kExactUnits[] = {
      {"weeks", 604'800}, {"days", 86'400}, {"hours", 3'600}, {"minutes", 60}, {"seconds", 1}};
  if (!duration.isObject() || duration.items.size() != 1 || !duration.items.front().isNumber()) {
    return;
  }
  const std::string unit = duration.keys.front();
  const double number = duration.items.front().number;
  if (unit == "years" && number * 12 < kMaxExact) {
    duration = Document::object();
    duration.set("months", Document::ofNumber(number * 12));
    return;
  }
  for (const auto& written : kExactUnits) {
    if (written.unit != unit || number * written.seconds >= kMaxExact) continue;
    const double seconds = number * written.seconds;
    for (const auto& candidate : kExactUnits) {
      const double count = seconds / candidate.seconds;
      // Weeks are no better than days.
      if (candidate.unit == "weeks" || count != static_cast<double>(static_cast<int64_t>(count))) {
        continue;
      }
      duration = Document::object();
      duration.set(candidate.unit, Document::ofNumber(count));
      return;
    }
  }
}

bool isExactlyNothing(const Document& duration) {
  return duration.items.size() == 1 && duration.keys.front() != "months" &&
         duration.keys.front() != "years" && duration.items.front().isNumber() &&
         duration.items.front().number == 0;
}

void normalizeSelector(Document& owner) {
  Document* event = owner.find("event");
  if (event != nullptr && event->isArray()) {
    sortDistinct(*event);
    if (event->items.size() == 1) {
      Document only = std::move(event->items.front());
      *event = std::move(only);
    }
  }
  Document* where = owner.find("where");
  if (where != nullptr) normalize(*where);
}

void normalizeWindow(Document& owner) {
  Document* window = owner.find("window");
  if (window == nullptr) return;
  if (Document* last = window->find("last")) normalizeDuration(*last);
  if (Document* between = window->find("between")) {
    for (Document& duration : between->items) normalizeDuration(duration);
    if (isExactlyNothing(between->items[1])) {
      Document longer = std::move(between->items[0]);
      window->remove("between");
      window->set("last", std::move(longer));
    }
  }
  if (Document* before = window->find("before")) {
    normalizeDuration(*before);
    if (isExactlyNothing(*before)) window->remove("before");
  }
  if (Document* calendar = window->find("calendar")) {
    const Document* count = calendar->find("count");
    if (count != nullptr && count->isNumber() && count->number == 1) calendar->remove("count");
    const Document* current = calendar->find("current");
    if (current != nullptr && !current->isTrue()) calendar->remove("current");
  }
  if (Document* since = window->find("since")) normalizeSelector(*since);
  if (window->items.empty()) owner.remove("window");
}

void normalizeMetric(Document& metric) {
  normalizeSelector(metric);
  normalizeWindow(metric);
  const Document* measure = metric.find("measure");
  if (measure != nullptr && measure->textAt("fn") == "count") metric.remove("measure");
}

void normalizeEvent(Document& condition) {
  normalizeMetric(condition);
  const Document* measure = condition.find("measure");
  const std::string_view function = measure == nullptr ? "count" : measure->textAt("fn");
  if (function == "first" || function == "last") {
    normalizeComparison(condition, Observed::kAny);
    return;
  }
  if (condition.find("op") == nullptr) condition.set("op", Document::ofText("gte"));
  const std::string_view op = condition.textAt("op");
  if (op != "is_set" && op != "is_not_set" && condition.find("value") == nullptr) {
    condition.set("value", Document::ofNumber(1));
  }
  const bool isWhole = function == "count" || function == "distinct" || function == "active";
  normalizeComparison(condition, isWhole ? Observed::kWhole : Observed::kAny);
  const Document* value = condition.find("value");
  if (condition.textAt("op") == "gte" && value != nullptr && value->isNumber() &&
      value->number == 1) {
    condition.remove("op");
    condition.remove("value");
  }
}

void normalizeSequence(Document& condition) {
  normalizeWindow(condition);
  Document& steps = *condition.find("steps");
  const auto isAbsent = [](const Document& step) {
    const Document* absent = step.find("absent");
    return absent != nullptr && absent->isTrue();
  };
  for (Document& step : steps.items) {
    normalizeSelector(step);
    if (!isAbsent(step)) step.remove("absent");
    if (Document* within = step.find("within")) normalizeDuration(*within);
  }
  // Absent steps in a row each hold on their own.
  Document ordered = Document::array();
  Document run = Document::array();
  const auto endRun = [&ordered, &run] {
    sortDistinct(run);
    for (Document& step : run.items) ordered.items.push_back(std::move(step));
    run.items.clear();
  };
  for (Document& step : steps.items) {
    if (isAbsent(step)) {
      run.items.push_back(std::move(step));
      continue;
    }
    endRun();
    ordered.items.push_back(std::move(step));
  }
  endRun();
  steps = std::move(ordered);
}

void normalizeExpression(Document& expression) {
  if (Document* metric = expression.find("metric")) normalizeMetric(*metric);
  for (const std::string_view operation : {"add", "sub", "mul", "div"}) {
    Document* operands = expression.find(operation);
    if (operands == nullptr) continue;
    for (Document& operand : operands->items) normalizeExpression(operand);
    const bool commutes = operation == "add" || operation == "mul";
    if (commutes && canonicalJson(operands->items[1]) < canonicalJson(operands->items[0])) {
      std::swap(operands->items[0], operands->items[1]);
    }
  }
}

void normalizeCompare(Document& condition) {
  Document& left = *condition.find("left");
  Document& right = *condition.find("right");
  normalizeExpression(left);
  normalizeExpression(right);
  const int order = canonicalJson(left).compare(canonicalJson(right));
  if (order < 0) return;
  constexpr std::string_view kTurned[][2] = {
      {"gt", "lt"}, {"gte", "lte"}, {"lt", "gt"}, {"lte", "gte"}};
  // Of two sides that are equal, what is less or at most comes as it is.
  if (order == 0 && condition.textAt("op").front() != 'g') return;
  std::swap(left, right);
  for (const auto& [op, turned] : kTurned) {
    if (condition.textAt("op") != op) continue;
    condition.set("op", Document::ofText(turned));
    return;
  }
}

void normalizeGroup(Document& group) {
  Document& of = *group.find("of");
  const std::string kind(group.textAt("kind"));
  std::vector<Document> members;
  for (Document& member : of.items) {
    normalize(member);
    if (member.textAt("kind") == kind && kind != "none") {
      for (Document& inner : member.find("of")->items) members.push_back(std::move(inner));
    } else {
      members.push_back(std::move(member));
    }
  }
  of.items = std::move(members);
  sortDistinct(of);
  if (of.items.size() == 1 && kind != "none") {
    Document only = std::move(of.items.front());
    group = std::move(only);
  }
}

// A condition or filter whose negations are pushed down.
void normalize(Document& condition) {
  const std::string kind(condition.textAt("kind"));
  if (kind == "all" || kind == "any" || kind == "none") {
    normalizeGroup(condition);
  } else if (kind == "event") {
    normalizeEvent(condition);
  } else if (kind == "sequence") {
    normalizeSequence(condition);
  } else if (kind == "compare") {
    normalizeCompare(condition);
  } else if (kind == "item") {
    normalize(*condition.find("where"));
  } else if (kind == "attribute" || kind == "property" || kind == "clock") {
    Document* value = condition.find("value");
    if (value != nullptr) normalizeDuration(*value);
    normalizeComparison(condition, kind == "clock" ? Observed::kWhole : Observed::kAny);
  }
}

}  // namespace

Document normalCondition(Document condition) {
  pushNegationsDown(condition);
  normalize(condition);
  return condition;
}

Document normalFilter(Document filter) { return normalCondition(std::move(filter)); }

std::string normalForm(const Document& definition) {
  Document normal = Document::object();
  for (const std::string_view key : {"version", "id", "timezone", "parameters"}) {
    const Document* member = definition.find(key);
    if (member != nullptr) normal.set(key, *member);
  }
  if (normal.textAt("timezone") == "UTC") normal.remove("timezone");
  const Document* parameters = normal.find("parameters");
  if (parameters != nullptr && parameters->items.empty()) normal.remove("parameters");
  normal.set("when", normalCondition(*definition.find("when")));
  return canonicalJson(normal);
}

}  // namespace fosterflow

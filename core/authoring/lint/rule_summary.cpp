#include "authoring/lint/rule_summary.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "authoring/lint/rule_walk.h"
#include "authoring/phrase.h"
#include "contact/evaluator.h"
#include "plan/plan.h"
#include "values/canonical_json.h"
#include "values/exact_sum.h"

namespace fosterflow {

namespace {

constexpr int64_t kMostPointsOfLow = 10;
constexpr int64_t kMostPointsOfMedium = 50;

class Points final : public RuleVisitor {
 public:
  void condition(const Condition& condition, const std::string& /*path*/) override {
    points += 1;
    if (condition.kind != Condition::Kind::kSequence) return;
    points += 3 + static_cast<int64_t>(condition.steps.size());
  }
  void filter(const PropertyFilter& /*filter*/) override { points += 1; }
  void metric(const Metric& metric) override {
    const MeasureFunction function = metric.measure.function;
    if (function == MeasureFunction::kDistinct || function == MeasureFunction::kActive) points += 2;
  }
  void window(const Window& window, const std::string& /*path*/) override {
    const bool isCalendar = window.kind == Window::Kind::kCalendar || window.longer.isCalendar;
    if (isCalendar) points += 1;
  }

  int64_t points = 0;
};

// What the rule needs that a device does not see.
class Needs final : public RuleVisitor {
 public:
  Needs(const std::vector<std::string>& given, const Language& language, const Interner& interner)
      : given_(given), texts_(*language.authoring), phrases_(*language.phrases, interner) {}

  void condition(const Condition& condition, const std::string& path) override {
    switch (condition.kind) {
      case Condition::Kind::kList:
        add(path, "reads_list", AuthoringText::kReadsList, condition.name);
        break;
      case Condition::Kind::kChannel:
        add(path, "reads_channel", AuthoringText::kReadsChannel, condition.name);
        break;
      case Condition::Kind::kSegment:
        if (std::find(given_.begin(), given_.end(), condition.name) == given_.end()) {
          add(path, "reads_segment", AuthoringText::kReadsSegment, condition.name);
        }
        break;
      default:
        break;
    }
  }

  std::string reasons;

 private:
  void add(const std::string& path, const char* code, AuthoringText text, const std::string& name) {
    appendTextMember(reasons, reasons.empty() ? "{\"path\":" : ",{\"path\":", path);
    appendTextMember(reasons, ",\"code\":", code);
    appendTextMember(reasons, ",\"message\":", texts_.say(text, {phrases_.quoted(name)}));
    reasons += '}';
  }

  const std::vector<std::string>& given_;
  const AuthoringTexts& texts_;
  Phrases phrases_;
};

struct StateSize {
  size_t bytes = 0;
  size_t bytesPerEvent = 0;
};

StateSize stateOf(const Plan& plan) {
  StateSize size;
  size.bytes = sizeof(Evaluator) + plan.streams.size() * sizeof(StreamEvents) +
               plan.metrics.size() * sizeof(MetricState) +
               plan.sequences.size() * sizeof(SequenceState) +
               plan.attributes.size() * sizeof(ValueTree) +
               // By node: its answer, the inputs that hold, a mark.
               plan.nodes.size() * (sizeof(uint8_t) * 2 + sizeof(uint32_t)) +
               plan.timedCount() * sizeof(Instant) + plan.segments.size();
  for (const MetricPlan& metric : plan.metrics) {
    switch (metric.function) {
      case MeasureFunction::kSum:
      case MeasureFunction::kAverage:
        size.bytes += sizeof(ExactSum);
        break;
      case MeasureFunction::kDistinct:
      case MeasureFunction::kActive:
        // A count for each value, at most one an event.
        size.bytesPerEvent += 2 * sizeof(uint64_t);
        break;
      default:
        break;
    }
  }
  // An event is in the streams of its name, at most.
  size_t most = 0;
  for (const std::vector<uint32_t>& streams : plan.streamsByName) {
    most = std::max(most, streams.size());
  }
  size.bytesPerEvent += most * sizeof(TimedEvent);
  return size;
}

}  // namespace

void appendSummary(std::string& out, const Rules& rules, size_t index, const std::string& path,
                   const Language& language, const ReadingTools& tools) {
  const Definition& definition = *rules.rules[index].definition;
  Points points;
  walkRule(definition, path, points);
  std::vector<std::string> given;
  for (const Rules::Rule& rule : rules.rules) given.push_back(rule.definition->id);
  Needs needs(given, language, tools.interner);
  walkRule(definition, path, needs);
  std::string json;
  appendJson(json, rules.rules[index].document);
  const Rules alone = readRules(json, "", tools);
  StateSize state;
  if (!alone.rules.empty()) {
    state = stateOf(*buildPlan(alone.set, tools.interner, tools.zones));
  }
  appendTextMember(out, "{\"id\":", definition.id);
  const char* costClass = points.points <= kMostPointsOfLow      ? "low"
                          : points.points <= kMostPointsOfMedium ? "medium"
                                                                 : "high";
  appendTextMember(out, ",\"cost\":{\"class\":", costClass);
  out += ",\"points\":";
  appendJsonInteger(out, points.points);
  out += "},\"state\":{\"bytes\":";
  appendJsonInteger(out, static_cast<int64_t>(state.bytes));
  out += ",\"bytesPerEvent\":";
  appendJsonInteger(out, static_cast<int64_t>(state.bytesPerEvent));
  out += needs.reasons.empty() ? "},\"local\":{\"runs\":true,\"reasons\":["
                               : "},\"local\":{\"runs\":false,\"reasons\":[";
  out += needs.reasons + "]}}";
}

}  // namespace fosterflow

#include <algorithm>

#include "authoring/explained_events.h"
#include "authoring/explained_values.h"
#include "authoring/explanation_writer.h"
#include "authoring/shortfall.h"
#include "contact/leaf_answers.h"
#include "language/vocabulary.h"
#include "values/canonical_json.h"
#include "values/path.h"

namespace fosterflow {

void ExplanationWriter::event(const Condition& condition, const Scope& scope, uint32_t node,
                              Need need) {
  const uint32_t metric = plan_.nodes[node].index;
  const ContactView& view = evaluator_.view();
  ValueNode storage;
  const ValueNode* observed = evaluator_.measured(metric, storage);
  const uint32_t attribute = plan_.nodes[node].predicate.attribute;
  const ValueNode* wanted =
      attribute == kNoIndex ? condition.comparison.value.literal.root() : view.attribute(attribute);
  const TimeSpan span = spanOf(plan_.metrics[metric], evaluator_);
  Head head;
  head.kind = "event";
  head.finding = findingOfEvents(phrases_, condition.metric->measure.function, observed);
  if (!evaluator_.nodeHolds(node)) {
    head.missing = missingEvents(phrases_, condition, observed, wanted);
  }
  head.isPartial = isPartial(span, completeAfter_);
  this->head(condition, scope, node, need, head);
  out_ += ",\"observed\":";
  appendShownValue(out_, observed, *view.interner);
  out_ += ",\"wanted\":";
  appendWanted(out_, condition.comparison, wanted, *view.interner);
  window(span);
  out_ += ',';
  appendDecidingEvents(out_, plan_, metric, evaluator_, isBrief());
}

// The newest first: what undid the sequence, then its steps from the last on.
void ExplanationWriter::sequenceEvents(const SequencePlan& sequence, const SequenceTrace& trace) {
  const ContactView& view = evaluator_.view();
  size_t count = 0;
  const auto append = [&](uint32_t step, Instant time) {
    const Stream& stream = plan_.streams[sequence.steps[step].stream];
    const StreamEvents& events = evaluator_.eventsOf(sequence.steps[step].stream);
    const size_t place = events.countUntil(time);
    if (place == 0 || events[place - 1].time != time) return;
    if (count++ > 0) out_ += ',';
    appendEvent(out_, *events[place - 1].event,
                namedProperties(stream.where ? &*stream.where : nullptr, {}, *view.interner), step,
                view);
  };
  out_ += ",\"events\":[";
  if (!isBrief()) {
    if (trace.outcome == SequenceTrace::Outcome::kUndone) {
      append(static_cast<uint32_t>(trace.step), trace.instant);
    }
    size_t positiveStep = static_cast<size_t>(
        std::count_if(sequence.steps.begin(), sequence.steps.end(),
                      [](const SequencePlan::Step& step) { return !step.absent; }));
    for (size_t step = sequence.steps.size(); step-- > 0;) {
      if (sequence.steps[step].absent || --positiveStep >= trace.times.size()) continue;
      append(static_cast<uint32_t>(step), trace.times[positiveStep]);
    }
  }
  out_ += "],\"eventCount\":";
  const bool isUndone = trace.outcome == SequenceTrace::Outcome::kUndone;
  appendJsonInteger(out_, static_cast<int64_t>(trace.times.size() + (isUndone ? 1 : 0)));
}

void ExplanationWriter::sequence(const Condition& condition, const Scope& scope, uint32_t node,
                                 Need need) {
  const uint32_t index = plan_.nodes[node].index;
  const SequencePlan& plan = plan_.sequences[index];
  const SequenceTrace trace =
      evaluator_.sequence(index).trace(evaluator_.now(), evaluator_.streams());
  const TimeSpan span = spanOf(plan, index, evaluator_);
  Head head;
  head.kind = "sequence";
  head.finding = findingOfSequence(phrases_, condition, trace);
  if (!evaluator_.nodeHolds(node)) head.missing = missingSteps(phrases_, condition, trace);
  head.isPartial = isPartial(span, completeAfter_);
  this->head(condition, scope, node, need, head);
  constexpr const char* kStates[] = {"complete", "waiting", "undone", "incomplete"};
  out_ += ",\"observed\":{\"state\":\"";
  out_ += kStates[static_cast<size_t>(trace.outcome)];
  out_ += "\",\"steps\":";
  appendJsonInteger(out_, static_cast<int64_t>(trace.times.size()));
  out_ += "},\"wanted\":{\"steps\":";
  appendJsonInteger(out_, std::count_if(plan.steps.begin(), plan.steps.end(),
                                        [](const auto& step) { return !step.absent; }));
  out_ += '}';
  window(span);
  sequenceEvents(plan, trace);
}

void ExplanationWriter::attribute(const Condition& condition, const Scope& scope, uint32_t node,
                                  Need need) {
  const Node& planNode = plan_.nodes[node];
  const bool isDated = planNode.kind == Node::Kind::kDatedAttribute;
  const ContactView& view = evaluator_.view();
  const ValueNode* observed =
      view.attribute(isDated ? plan_.datedAttributes[planNode.index].attribute : planNode.index);
  const uint32_t compared = planNode.predicate.attribute;
  const ValueNode* wanted =
      compared == kNoIndex ? condition.comparison.value.literal.root() : view.attribute(compared);
  Head head;
  head.kind = "attribute";
  head.finding = findingOfAttribute(phrases_, observed);
  if (!evaluator_.nodeHolds(node)) {
    head.missing = missingAttribute(phrases_, condition, observed);
  }
  this->head(condition, scope, node, need, head);
  std::string path;
  for (size_t index = 0; index < condition.attribute.size(); ++index) {
    appendPathKey(path, condition.attribute[index], index == 0);
  }
  out_ += ",\"attribute\":";
  appendShownText(out_, path);
  out_ += ",\"observed\":";
  appendShownValue(out_, observed, *view.interner);
  out_ += ",\"wanted\":";
  appendWanted(out_, condition.comparison, wanted, *view.interner);
}

void ExplanationWriter::named(const Condition& condition, const Scope& scope, uint32_t node,
                              Need need) {
  const Catalogue& catalogue = phrases_.catalogue();
  const bool isChannel = condition.kind == Condition::Kind::kChannel;
  const bool isOn = evaluator_.nodeHolds(node) != condition.negated;
  constexpr Text kFound[2][2] = {{Text::kFoundNotOnList, Text::kFoundOnList},
                                 {Text::kFoundUnreachable, Text::kFoundReachable}};
  constexpr const char* kWords[2][2] = {{"not_in", "in"}, {"unreachable", "reachable"}};
  Head head;
  head.kind = isChannel ? "channel" : "list";
  head.finding = catalogue.say(kFound[isChannel ? 1 : 0][isOn ? 1 : 0]);
  head.missing = catalogue.say(Text::kMissingThat, {phrases_.condition(condition)});
  this->head(condition, scope, node, need, head);
  out_ += isChannel ? ",\"channel\":" : ",\"list\":";
  appendShownText(out_, condition.name);
  out_ += ",\"observed\":\"";
  out_ += kWords[isChannel ? 1 : 0][isOn ? 1 : 0];
  out_ += "\",\"wanted\":\"";
  out_ += kWords[isChannel ? 1 : 0][condition.negated ? 0 : 1];
  out_ += '"';
}

bool ExplanationWriter::isPartialIn(const CompiledExpression& expression) const {
  if (expression.kind == Expression::Kind::kMetric) {
    return isPartial(spanOf(plan_.metrics[expression.index], evaluator_), completeAfter_);
  }
  return std::any_of(expression.operands.begin(), expression.operands.end(),
                     [this](const CompiledExpression& operand) { return isPartialIn(operand); });
}

// What an expression measures, each in the order of the text.
void ExplanationWriter::measures(const Expression& expression, const CompiledExpression& compiled) {
  for (size_t side = 0; side < compiled.operands.size(); ++side) {
    measures(expression.operands[side], compiled.operands[side]);
  }
  if (compiled.kind != Expression::Kind::kMetric) return;
  if (out_.back() != '[') out_ += ',';
  ValueNode storage;
  text("{\"sentence\":", phrases_.catalogue().sentence(phrases_.metric(*expression.metric)));
  out_ += ",\"observed\":";
  appendShownValue(out_, evaluator_.measured(compiled.index, storage), *evaluator_.view().interner);
  window(spanOf(plan_.metrics[compiled.index], evaluator_));
  out_ += ',';
  appendDecidingEvents(out_, plan_, compiled.index, evaluator_, isBrief());
  out_ += '}';
}

void ExplanationWriter::compare(const Condition& condition, const Scope& scope, uint32_t node,
                                Need need) {
  const Catalogue& catalogue = phrases_.catalogue();
  const Node& planNode = plan_.nodes[node];
  std::optional<double> numbers[2];
  std::string words[2];
  for (size_t side = 0; side < 2; ++side) {
    numbers[side] = evaluator_.numberOf(planNode.sides[side]);
    words[side] =
        numbers[side] ? phrases_.number(*numbers[side]) : catalogue.say(Text::kNowNoNumber);
  }
  Head head;
  head.kind = "compare";
  head.finding = catalogue.say(Text::kFoundSides, {words[0], words[1]});
  if (!evaluator_.nodeHolds(node)) {
    head.missing = missingOfCompare(phrases_, condition, numbers[0], numbers[1]);
  }
  head.isPartial = isPartialIn(planNode.sides[0]) || isPartialIn(planNode.sides[1]);
  this->head(condition, scope, node, need, head);
  out_ += ",\"observed\":{\"left\":";
  out_ += numbers[0] ? words[0] : "null";
  out_ += ",\"right\":";
  out_ += numbers[1] ? words[1] : "null";
  out_ += "},\"wanted\":{\"op\":\"";
  out_ += operatorName(condition.comparison.op);
  out_ += "\"},\"measures\":[";
  measures(*condition.left, planNode.sides[0]);
  measures(*condition.right, planNode.sides[1]);
  out_ += ']';
}

void ExplanationWriter::sample(const Condition& condition, const Scope& scope, uint32_t node,
                               Need need) {
  const Catalogue& catalogue = phrases_.catalogue();
  const Interner& interner = *evaluator_.view().interner;
  const double point = samplePoint(plan_.nodes[node], evaluator_.contactId(), interner);
  Head head;
  head.kind = "sample";
  head.finding = catalogue.say(Text::kFoundPoint, {phrases_.number(point)});
  head.missing = catalogue.say(Text::kMissingDraw);
  this->head(condition, scope, node, need, head);
  out_ += ",\"salt\":";
  appendShownText(out_, condition.name);
  out_ += ",\"observed\":{\"point\":";
  appendShownNumber(out_, point);
  out_ += "},\"wanted\":{\"percent\":";
  appendShownNumber(out_, condition.percent);
  out_ += "}";
}

}  // namespace fosterflow

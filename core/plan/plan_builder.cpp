#include <algorithm>
#include <cmath>
#include <utility>

#include "plan/condition_key.h"
#include "plan/distinct.h"
#include "plan/keyed_index.h"
#include "plan/plan.h"
#include "plan/plan_index.h"
#include "values/case_folding.h"
#include "values/double_bits.h"
#include "values/path.h"
#include "values/symbol_map.h"

namespace fosterflow {

Plan::~Plan() {
  for (const Symbol symbol : heldSymbols) interner->release(symbol);
}

namespace {

// What the conditions of one segment are compiled under.
struct SegmentScope {
  std::string zoneName;
  ZoneChoice zone;
  SegmentPlan* segment = nullptr;
  std::vector<uint32_t>* nodes = nullptr;  // of the conditions so far, if they are wanted
};

class PlanBuilder {
 public:
  PlanBuilder(Interner& interner, ZoneRegistry& zones, Plan& plan, ConditionNodes* nodes)
      : interner_(interner), zones_(zones), plan_(plan), nodes_(nodes) {}

  void build(const DefinitionSet& set) {
    plan_.segments.resize(set.definitions.size());
    if (nodes_ != nullptr) nodes_->ofDefinition.resize(set.definitions.size());
    for (const size_t index : set.dependencyOrder) {
      addSegment(set.definitions[index], plan_.segments[index],
                 nodes_ == nullptr ? nullptr : &nodes_->ofDefinition[index]);
    }
    for (size_t index = 0; index < plan_.segments.size(); ++index) {
      plan_.nodes[plan_.segments[index].root].segments.push_back(static_cast<uint32_t>(index));
    }
    indexPlan(plan_);
  }

 private:
  Symbol hold(std::string_view text) {
    const Symbol symbol = interner_.intern(text);
    plan_.heldSymbols.push_back(symbol);
    return symbol;
  }

  std::vector<Symbol> hold(const Path& path) {
    std::vector<Symbol> symbols;
    symbols.reserve(path.size());
    for (const std::string& key : path) symbols.push_back(hold(key));
    return symbols;
  }

  static void remember(std::vector<std::string>& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }

  void addSegment(const Definition& definition, SegmentPlan& segment,
                  std::vector<uint32_t>* nodes) {
    segment.id = definition.id;
    segment.name = definition.name;
    segment.description = definition.description;
    segment.definition = definition.hash;
    SegmentScope scope;
    scope.zoneName = definition.timezone;
    scope.segment = &segment;
    scope.nodes = nodes;
    if (definition.timezone != kContactTimezone) {
      scope.zone.fixed = zones_.find(definition.timezone);
    } else if (plan_.timezoneAttribute == kNoIndex) {
      plan_.timezoneAttribute = addAttribute({"timezone"});
    }
    segment.root = addCondition(definition.when, scope);
    rootsById_.set(hold(definition.id), segment.root);
  }

  uint32_t addAttribute(const Path& path) {
    std::string key;
    appendKey(key, path);
    bool isNew = false;
    const uint32_t index = attributeKeys_.indexOf(key, plan_.attributes.size(), isNew);
    if (isNew) plan_.attributes.push_back(hold(path));
    return index;
  }

  uint32_t addAttribute(const Path& path, const SegmentScope& scope) {
    std::string text;
    for (size_t index = 0; index < path.size(); ++index) {
      appendPathKey(text, path[index], index == 0);
    }
    remember(scope.segment->attributes, text);
    return addAttribute(path);
  }

  Predicate compile(const Comparison& comparison, const SegmentScope& scope) {
    Predicate predicate;
    predicate.op = positiveOperator(comparison.op, predicate.negated);
    predicate.ignoreCase = comparison.ignoreCase;
    predicate.zone = scope.zone;
    if (comparison.value.kind == Operand::Kind::kAttribute) {
      predicate.attribute = addAttribute(comparison.value.attribute, scope);
    } else if (comparison.value.kind == Operand::Kind::kLiteral) {
      const ValueNode* literal = comparison.value.literal.root();
      predicate.literal = ValueTree::copyOf(literal, &interner_);
      if (literal->type == ValueType::kText) {
        predicate.text = interner_.text(literal->text);
        if (predicate.ignoreCase) predicate.text = foldCase(predicate.text);
      }
    }
    return predicate;
  }

  Filter compile(const PropertyFilter& source, const SegmentScope& scope) {
    Filter filter;
    filter.kind = source.kind;
    filter.group = source.group;
    filter.clockUnit = source.clockUnit;
    filter.path = hold(source.path);
    for (const PropertyFilter& child : source.children) {
      filter.children.push_back(compile(child, scope));
    }
    filter.predicate = compile(source.comparison, scope);
    return filter;
  }

  static void collectAttributes(const Filter& filter, std::vector<uint32_t>& attributes) {
    if (filter.predicate.attribute != kNoIndex) attributes.push_back(filter.predicate.attribute);
    for (const Filter& child : filter.children) collectAttributes(child, attributes);
  }

  uint32_t addStream(const EventSelector& selector, Participation participation,
                     const Path& property, const SegmentScope& scope) {
    for (const std::string& name : selector.names) remember(scope.segment->events, name);
    std::string key;
    appendKey(key, static_cast<int64_t>(participation));
    if (participation != Participation::kEvery) appendKey(key, property);
    appendKey(key, selector, interner_, scope.zoneName);
    bool isNew = false;
    const uint32_t index = streamKeys_.indexOf(key, plan_.streams.size(), isNew);
    if (!isNew) {
      // Its attributes were remembered for another segment only.
      if (selector.where) compile(*selector.where, scope);
      return index;
    }
    Stream stream;
    stream.key = hold(key);
    for (const std::string& name : selector.names) stream.names.push_back(hold(name));
    stream.participation = participation;
    if (participation != Participation::kEvery) stream.property = hold(property);
    if (selector.where) {
      stream.where = compile(*selector.where, scope);
      stream.usesContactZone = scope.zone.fixed == nullptr && dependsOnZone(*selector.where);
      collectAttributes(*stream.where, stream.attributes);
      sortDistinct(stream.attributes);
    }
    plan_.streams.push_back(std::move(stream));
    return index;
  }

  // Names a stream by its key, not by its place in this plan, so that the key means the same in
  // another.
  void appendStreamKey(std::string& key, uint32_t stream) const {
    appendKey(key, stream == kNoIndex ? int64_t{0} : int64_t{plan_.streams[stream].key});
  }

  uint32_t addSince(const Window& window, const SegmentScope& scope) {
    if (!window.since) return kNoIndex;
    return addStream(*window.since, Participation::kEvery, {}, scope);
  }

  static Participation participationOf(MeasureFunction function) {
    switch (function) {
      case MeasureFunction::kCount:
      case MeasureFunction::kActive:
        return Participation::kEvery;
      case MeasureFunction::kFirst:
      case MeasureFunction::kLast:
        return Participation::kSet;
      case MeasureFunction::kDistinct:
        return Participation::kScalar;
      default:
        return Participation::kNumeric;
    }
  }

  uint32_t addMetric(const Metric& source, const SegmentScope& scope) {
    MetricPlan metric;
    metric.function = source.measure.function;
    metric.unit = source.measure.unit;
    metric.stream =
        addStream(source.events, participationOf(metric.function), source.measure.property, scope);
    metric.since = addSince(source.window, scope);
    const bool isActive = metric.function == MeasureFunction::kActive;
    std::string key;
    appendStreamKey(key, metric.stream);
    appendStreamKey(key, metric.since);
    appendKey(key, static_cast<int64_t>(metric.function));
    if (isActive) {
      appendKey(key, static_cast<int64_t>(metric.unit));
      appendKey(key, std::string_view(scope.zoneName));
    }
    appendKey(key, source.window, interner_, scope.zoneName);
    bool isNew = false;
    const uint32_t index = metricKeys_.indexOf(key, plan_.metrics.size(), isNew);
    if (!isNew) return index;
    metric.key = hold(key);
    metric.window = edgesOf(source.window, interner_);
    metric.property = hold(source.measure.property);
    metric.zone = scope.zone;
    metric.usesContactZone =
        scope.zone.fixed == nullptr && (isActive || dependsOnZone(source.window));
    plan_.streams[metric.stream].metrics.push_back(index);
    if (metric.since != kNoIndex) plan_.streams[metric.since].sinceMetrics.push_back(index);
    plan_.metrics.push_back(std::move(metric));
    return index;
  }

  uint32_t addSequence(const Condition& condition, const SegmentScope& scope, bool& isNew) {
    SequencePlan sequence;
    std::string key;
    bool hasCalendar = dependsOnZone(condition.window);
    for (const SequenceStep& step : condition.steps) {
      SequencePlan::Step compiled;
      compiled.stream = addStream(step.events, Participation::kEvery, {}, scope);
      compiled.absent = step.absent;
      compiled.within = step.within;
      appendStreamKey(key, compiled.stream);
      key += compiled.absent ? 'a' : 'p';
      if (step.within) {
        appendKey(key, *step.within);
        hasCalendar |= step.within->isCalendar;
        sequence.hasCalendarWithin |= step.within->isCalendar;
      }
      sequence.steps.push_back(compiled);
    }
    for (size_t step = sequence.steps.size(); step-- > 0 && sequence.steps[step].absent;) {
      const std::optional<Duration>& within = sequence.steps[step].within;
      if (within) sequence.certainAfter = std::max(sequence.certainAfter, within->milliseconds);
    }
    key += '|';
    sequence.since = addSince(condition.window, scope);
    appendStreamKey(key, sequence.since);
    appendKey(key, condition.window, interner_, scope.zoneName);
    if (hasCalendar) appendKey(key, std::string_view(scope.zoneName));
    const uint32_t index = sequenceKeys_.indexOf(key, plan_.sequences.size(), isNew);
    if (!isNew) return index;
    sequence.key = hold(key);
    sequence.window = edgesOf(condition.window, interner_);
    sequence.zone = scope.zone;
    sequence.usesContactZone = scope.zone.fixed == nullptr && hasCalendar;
    for (const SequencePlan::Step& step : sequence.steps) registerSequence(step.stream, index);
    if (sequence.since != kNoIndex) registerSequence(sequence.since, index);
    plan_.sequences.push_back(std::move(sequence));
    return index;
  }

  void registerSequence(uint32_t stream, uint32_t sequence) {
    std::vector<uint32_t>& users = plan_.streams[stream].sequences;
    if (users.empty() || users.back() != sequence) users.push_back(sequence);
  }

  // Finds or adds the node with this key and tells its index. The node when it is new, for the
  // caller to fill, until the next one is added; else nullptr.
  Node* addNode(const std::string& key, Node::Kind kind, uint32_t& index) {
    bool isNew = false;
    index = nodeKeys_.indexOf(key, plan_.nodes.size(), isNew);
    if (!isNew) return nullptr;
    plan_.nodes.emplace_back();
    plan_.nodes.back().kind = kind;
    return &plan_.nodes.back();
  }

  uint32_t addGate(Node::Kind kind, std::vector<uint32_t> inputs) {
    sortDistinct(inputs);
    if (inputs.size() == 1 && kind != Node::Kind::kNone) return inputs.front();
    std::string key = "G";
    appendKey(key, static_cast<int64_t>(kind));
    for (const uint32_t input : inputs) appendKey(key, static_cast<int64_t>(input));
    uint32_t index = kNoIndex;
    if (Node* node = addNode(key, kind, index)) {
      for (const uint32_t input : inputs) plan_.nodes[input].parents.push_back(index);
      node->inputs = std::move(inputs);
    }
    return index;
  }

  uint32_t addGroup(const Condition& condition, const SegmentScope& scope) {
    std::vector<uint32_t> inputs;
    for (const Condition& child : condition.children) {
      inputs.push_back(addCondition(child, scope));
    }
    switch (condition.group) {
      case GroupKind::kAll:
        return addGate(Node::Kind::kAll, std::move(inputs));
      case GroupKind::kAny:
        return addGate(Node::Kind::kAny, std::move(inputs));
      default:
        return addGate(Node::Kind::kNone, std::move(inputs));
    }
  }

  uint32_t addMetricTest(const Condition& condition, const SegmentScope& scope) {
    const uint32_t metric = addMetric(*condition.metric, scope);
    Predicate predicate = compile(condition.comparison, scope);
    std::string key = "M";
    appendKey(key, static_cast<int64_t>(metric));
    appendKey(key, condition.comparison, interner_, scope.zoneName);
    uint32_t index = kNoIndex;
    if (Node* node = addNode(key, Node::Kind::kMetricTest, index)) {
      node->index = metric;
      node->predicate = std::move(predicate);
      plan_.metrics[metric].tests.push_back(index);
    }
    return index;
  }

  uint32_t addSequenceTest(const Condition& condition, const SegmentScope& scope) {
    bool isNew = false;
    const uint32_t sequence = addSequence(condition, scope, isNew);
    if (!isNew) return plan_.sequences[sequence].node;
    std::string key = "Q";
    appendKey(key, static_cast<int64_t>(sequence));
    uint32_t index = kNoIndex;
    if (Node* node = addNode(key, Node::Kind::kSequence, index)) {
      node->index = sequence;
      plan_.sequences[sequence].node = index;
    }
    return index;
  }

  uint32_t addAttributeTest(const Condition& condition, const SegmentScope& scope) {
    const uint32_t attribute = addAttribute(condition.attribute, scope);
    Predicate predicate = compile(condition.comparison, scope);
    std::string key = "A";
    appendKey(key, static_cast<int64_t>(attribute));
    appendKey(key, condition.comparison, interner_, scope.zoneName);
    const bool isDated = isRelativeToNow(condition.comparison.op);
    uint32_t index = kNoIndex;
    Node* node =
        addNode(key, isDated ? Node::Kind::kDatedAttribute : Node::Kind::kAttributeTest, index);
    if (node == nullptr) return index;
    if (isDated) {
      node->index = addDatedAttribute(attribute, condition.comparison, scope, index);
    } else {
      node->index = attribute;
      node->predicate = std::move(predicate);
    }
    return index;
  }

  uint32_t addDatedAttribute(uint32_t attribute, const Comparison& comparison,
                             const SegmentScope& scope, uint32_t node) {
    DatedAttribute dated;
    dated.attribute = attribute;
    dated.op = comparison.op;
    dated.zone = scope.zone;
    dated.usesContactZone = scope.zone.fixed == nullptr;
    dated.anniversaryDays = comparison.anniversaryDays;
    dated.node = node;
    dated.window = edgesOf(comparison.op, comparison.duration);
    plan_.datedAttributes.push_back(dated);
    return static_cast<uint32_t>(plan_.datedAttributes.size() - 1);
  }

  uint32_t addNamed(Node::Kind kind, const Condition& condition, bool negated) {
    std::string key = "N";
    appendKey(key, static_cast<int64_t>(kind));
    appendKey(key, std::string_view(condition.name));
    key += negated ? '-' : '+';
    uint32_t index = kNoIndex;
    if (Node* node = addNode(key, kind, index)) {
      node->name = hold(condition.name);
      node->negated = negated;
    }
    return index;
  }

  uint32_t addSample(const Condition& condition, const SegmentScope& scope) {
    scope.segment->usesSample = true;
    std::string key = "P";
    appendKey(key, std::string_view(condition.name));
    appendKey(key, static_cast<int64_t>(bitsOf(condition.percent)));
    uint32_t index = kNoIndex;
    if (Node* node = addNode(key, Node::Kind::kSample, index)) {
      node->name = hold(condition.name);
      node->percent = condition.percent;
    }
    return index;
  }

  CompiledExpression compile(const Expression& source, const SegmentScope& scope,
                             std::string& key) {
    CompiledExpression expression;
    expression.kind = source.kind;
    expression.number = source.number;
    appendKey(key, static_cast<int64_t>(source.kind));
    if (source.kind == Expression::Kind::kNumber) {
      appendKey(key, static_cast<int64_t>(bitsOf(source.number)));
    } else if (source.kind == Expression::Kind::kAttribute) {
      expression.index = addAttribute(source.attribute, scope);
    } else if (source.kind == Expression::Kind::kMetric) {
      expression.index = addMetric(*source.metric, scope);
    }
    appendKey(key, static_cast<int64_t>(expression.index));
    for (const Expression& operand : source.operands) {
      expression.operands.push_back(compile(operand, scope, key));
    }
    return expression;
  }

  uint32_t addCompare(const Condition& condition, const SegmentScope& scope) {
    std::string key = "E";
    appendKey(key, static_cast<int64_t>(condition.comparison.op));
    std::vector<CompiledExpression> sides;
    sides.push_back(compile(*condition.left, scope, key));
    sides.push_back(compile(*condition.right, scope, key));
    uint32_t index = kNoIndex;
    Node* node = addNode(key, Node::Kind::kCompare, index);
    if (node == nullptr) return index;
    node->op = condition.comparison.op;
    node->sides = std::move(sides);
    std::vector<uint32_t> metrics;
    std::vector<uint32_t> attributes;
    for (const CompiledExpression& side : node->sides) collectReads(side, metrics, attributes);
    sortDistinct(metrics);
    for (const uint32_t metric : metrics) plan_.metrics[metric].tests.push_back(index);
    return index;
  }

  uint32_t addCondition(const Condition& condition, const SegmentScope& scope) {
    if (scope.nodes == nullptr) return compile(condition, scope);
    const size_t place = scope.nodes->size();
    scope.nodes->push_back(kNoIndex);
    const uint32_t node = compile(condition, scope);
    (*scope.nodes)[place] = node;
    return node;
  }

  uint32_t compile(const Condition& condition, const SegmentScope& scope) {
    switch (condition.kind) {
      case Condition::Kind::kGroup:
        return addGroup(condition, scope);
      case Condition::Kind::kEvent:
        return addMetricTest(condition, scope);
      case Condition::Kind::kSequence:
        return addSequenceTest(condition, scope);
      case Condition::Kind::kAttribute:
        return addAttributeTest(condition, scope);
      case Condition::Kind::kChannel:
        remember(scope.segment->channels, condition.name);
        return addNamed(Node::Kind::kChannel, condition, condition.negated);
      case Condition::Kind::kList:
        remember(scope.segment->lists, condition.name);
        return addNamed(Node::Kind::kList, condition, condition.negated);
      case Condition::Kind::kSegment: {
        remember(scope.segment->segmentsUsed, condition.name);
        const uint32_t root = static_cast<uint32_t>(*rootsById_.find(hold(condition.name)));
        return condition.negated ? addGate(Node::Kind::kNone, {root}) : root;
      }
      case Condition::Kind::kCompare:
        return addCompare(condition, scope);
      case Condition::Kind::kSample:
        return addSample(condition, scope);
    }
    return 0;
  }

  Interner& interner_;
  ZoneRegistry& zones_;
  Plan& plan_;
  ConditionNodes* nodes_;
  KeyedIndex attributeKeys_, streamKeys_, metricKeys_, sequenceKeys_, nodeKeys_;
  SymbolMap rootsById_;
};

}  // namespace

std::shared_ptr<const Plan> buildPlan(const DefinitionSet& set, Interner& interner,
                                      ZoneRegistry& zones, Retention retention,
                                      ConditionNodes* nodes) {
  auto plan = std::make_shared<Plan>(&interner);
  PlanBuilder(interner, zones, *plan, nodes).build(set);
  if (retention == Retention::kReferenced) plan->keptProperties.emplace(*plan);
  return plan;
}

}  // namespace fosterflow

#include "contact/evaluator.h"

#include <algorithm>
#include <functional>

#include "contact/leaf_answers.h"
#include "plan/distinct.h"
#include "values/path.h"
#include "values/symbol_map.h"

namespace fosterflow {

Evaluator::Evaluator(const Plan& plan, const History& history, const Profile& profile,
                     ZoneRegistry& zones, Symbol contactId, Instant now, Evaluator* before)
    : plan_(plan),
      history_(history),
      profile_(profile),
      zones_(zones),
      contactId_(contactId),
      now_(now) {
  view_.interner = plan.interner;
  view_.attributes = &attributes_;
  build(before);
}

namespace {

// Where each part of `before` with the same key is in it, by the parts of `now`; kNoIndex: nowhere.
template <typename Part>
std::vector<uint32_t> placesIn(const std::vector<Part>& before, const std::vector<Part>& now) {
  SymbolMap byKey;
  for (size_t index = 0; index < before.size(); ++index) byKey.set(before[index].key, index);
  std::vector<uint32_t> places;
  places.reserve(now.size());
  for (const Part& part : now) {
    const uintptr_t* place = byKey.find(part.key);
    places.push_back(place == nullptr ? kNoIndex : static_cast<uint32_t>(*place));
  }
  return places;
}

}  // namespace

void Evaluator::build(Evaluator* before) {
  attributes_.reserve(plan_.attributes.size());
  for (const std::vector<Symbol>& path : plan_.attributes) {
    attributes_.push_back(profile_.trait(path));
  }
  view_.zone = zoneOfContact();
  const Plan empty(plan_.interner);
  const Plan& planBefore = before == nullptr ? empty : before->plan_;
  fillStreams(before, placesIn(planBefore.streams, plan_.streams));
  schedule_.resize(plan_.timedCount());
  truths_.resize(plan_.nodes.size());
  trueInputs_.resize(plan_.nodes.size());
  isMarked_.resize(plan_.nodes.size());
  metrics_.reserve(plan_.metrics.size());
  for (const uint32_t place : placesIn(planBefore.metrics, plan_.metrics)) {
    const MetricPlan& metric = plan_.metrics[metrics_.size()];
    if (place == kNoIndex) {
      metrics_.emplace_back(metric, view_.resolve(metric.zone));
    } else {
      metrics_.push_back(std::move(before->metrics_[place]));
      metrics_.back().setPlan(metric);
    }
    refreshMetric(static_cast<uint32_t>(metrics_.size() - 1));
  }
  sequences_.reserve(plan_.sequences.size());
  for (const uint32_t place : placesIn(planBefore.sequences, plan_.sequences)) {
    const SequencePlan& sequence = plan_.sequences[sequences_.size()];
    if (place == kNoIndex) {
      sequences_.emplace_back(sequence, view_.resolve(sequence.zone));
      sequences_.back().rebuild(streams_);
    } else {
      sequences_.push_back(std::move(before->sequences_[place]));
      sequences_.back().setPlan(sequence);
    }
    refreshSequence(static_cast<uint32_t>(sequences_.size() - 1));
  }
  for (size_t dated = 0; dated < plan_.datedAttributes.size(); ++dated) {
    refreshDated(static_cast<uint32_t>(dated));
  }
  for (const uint32_t leaf : touched_) isMarked_[leaf] = 0;
  touched_.clear();
  for (size_t index = 0; index < plan_.nodes.size(); ++index) {
    const Node& node = plan_.nodes[index];
    const bool truth =
        node.inputs.empty() ? leafHolds(node) : gateHolds(node, static_cast<uint32_t>(index));
    truths_[index] = truth;
    if (!truth) continue;
    for (const uint32_t parent : node.parents) ++trueInputs_[parent];
  }
  before_.resize(plan_.segments.size());
  for (size_t segment = 0; segment < plan_.segments.size(); ++segment) {
    before_[segment] = holds(static_cast<uint32_t>(segment));
  }
}

void Evaluator::fillStreams(Evaluator* before, const std::vector<uint32_t>& places) {
  streams_.resize(plan_.streams.size());
  bool isAnyNew = false;
  for (size_t stream = 0; stream < places.size(); ++stream) {
    if (places[stream] == kNoIndex) {
      isAnyNew = true;
    } else {
      streams_[stream] = std::move(before->streams_[places[stream]]);
    }
  }
  if (!isAnyNew) return;
  for (const TimedEvent& entry : history_.events()) {
    for (const uint32_t stream : plan_.streamsOf(entry.event->name)) {
      if (places[stream] != kNoIndex) continue;
      if (takes(plan_.streams[stream], *entry.event)) streams_[stream].insert(entry);
    }
  }
}

const Zone* Evaluator::zoneOfContact() const {
  if (plan_.timezoneAttribute == kNoIndex) return zones_.utc();
  const ValueNode* name = attributes_[plan_.timezoneAttribute].root();
  const Zone* zone = name != nullptr && name->type == ValueType::kText
                         ? zones_.find(plan_.interner->text(name->text))
                         : nullptr;
  return zone != nullptr ? zone : zones_.utc();
}

bool Evaluator::takes(const Stream& stream, const Event& event) const {
  const ValueNode* properties = event.properties.root();
  if (stream.participation != Participation::kEvery) {
    const ValueNode* value = findAtPath(properties, stream.property.data(), stream.property.size());
    if (!isSet(value)) return false;
    if (stream.participation == Participation::kNumeric && value->type != ValueType::kNumber) {
      return false;
    }
    if (stream.participation == Participation::kScalar && value->type >= ValueType::kArray) {
      return false;
    }
  }
  return !stream.where || matches(*stream.where, properties, event.time, view_);
}

const StreamEvents* Evaluator::sinceOf(const MetricPlan& metric) const {
  return metric.since == kNoIndex ? nullptr : &streams_[metric.since];
}

void Evaluator::eventAdded(const Event& event) {
  for (const uint32_t index : plan_.streamsOf(event.name)) {
    const Stream& stream = plan_.streams[index];
    if (!takes(stream, event)) continue;
    StreamEvents& events = streams_[index];
    const size_t place = events.insert({event.time, &event});
    const bool isNewest = place + 1 == events.size();
    for (const uint32_t metric : stream.metrics) {
      const MetricState::Effect effect =
          isNewest ? metrics_[metric].appended(now_, events) : MetricState::Effect::kUnknown;
      if (effect == MetricState::Effect::kTaken) metricAppended(metric);
      if (effect != MetricState::Effect::kUnknown) continue;
      metrics_[metric].inserted(place, events);
      refreshMetric(metric);
    }
    for (const uint32_t metric : stream.sinceMetrics) refreshMetric(metric);
    for (const uint32_t sequence : stream.sequences) {
      const auto effect = sequences_[sequence].inserted(index, event.time, streams_);
      const bool isToRefresh = effect == SequenceState::Effect::kEnd
                                   ? !isKnownToHold(plan_.sequences[sequence].node)
                                   : effect == SequenceState::Effect::kAny;
      if (isToRefresh) refreshSequence(sequence);
    }
  }
}

void Evaluator::eventRemoved(const Event& event) {
  for (const uint32_t index : plan_.streamsOf(event.name)) {
    const Stream& stream = plan_.streams[index];
    StreamEvents& events = streams_[index];
    size_t place = events.countBefore(event.time);
    while (place < events.size() && events[place].event != &event &&
           events[place].time == event.time) {
      ++place;
    }
    if (place == events.size() || events[place].event != &event) continue;
    const TimedEvent entry = events[place];
    events.erase(place);
    for (const uint32_t metric : stream.metrics) metrics_[metric].erased(place, entry);
    for (const uint32_t metric : stream.metrics) refreshMetric(metric);
    for (const uint32_t metric : stream.sinceMetrics) refreshMetric(metric);
    for (const uint32_t sequence : stream.sequences) {
      sequences_[sequence].erased(index, event.time, streams_);
      refreshSequence(sequence);
    }
  }
}

void Evaluator::traitsChanged() {
  for (size_t index = 0; index < plan_.attributes.size(); ++index) {
    ValueTree value = profile_.trait(plan_.attributes[index]);
    if (compareValues(value.root(), attributes_[index].root(), *plan_.interner) == 0) continue;
    attributes_[index] = std::move(value);
    attributeChanged(static_cast<uint32_t>(index));
  }
}

void Evaluator::attributeChanged(uint32_t attribute) {
  for (const uint32_t index : plan_.attributeNodes[attribute]) {
    const Node& node = plan_.nodes[index];
    if (node.kind == Node::Kind::kDatedAttribute) refreshDated(node.index);
    touch(index);
  }
  for (const uint32_t stream : plan_.attributeStreams[attribute]) buildStream(stream);
  if (attribute == plan_.timezoneAttribute) contactZoneChanged();
}

void Evaluator::contactIdChanged(Symbol contactId) {
  contactId_ = contactId;
  touchAll(plan_.sampleNodes);
}

// The contact lives in another zone: what reads its local time starts again.
void Evaluator::contactZoneChanged() {
  const Zone* zone = zoneOfContact();
  if (zone == view_.zone) return;
  view_.zone = zone;
  for (size_t index = 0; index < plan_.metrics.size(); ++index) {
    if (plan_.metrics[index].usesContactZone) startMetric(static_cast<uint32_t>(index));
  }
  for (size_t index = 0; index < plan_.sequences.size(); ++index) {
    if (plan_.sequences[index].usesContactZone) startSequence(static_cast<uint32_t>(index));
  }
  for (size_t index = 0; index < plan_.datedAttributes.size(); ++index) {
    if (plan_.datedAttributes[index].usesContactZone) refreshDated(static_cast<uint32_t>(index));
  }
  for (size_t index = 0; index < plan_.streams.size(); ++index) {
    if (plan_.streams[index].usesContactZone) buildStream(static_cast<uint32_t>(index));
  }
  for (size_t index = 0; index < plan_.nodes.size(); ++index) {
    const Predicate& predicate = plan_.nodes[index].predicate;
    if (predicate.zone.fixed == nullptr && readsDates(predicate.op)) {
      touch(static_cast<uint32_t>(index));
    }
  }
}

void Evaluator::buildStream(uint32_t index) {
  const Stream& stream = plan_.streams[index];
  streams_[index].clear();
  for (const TimedEvent& entry : history_.events()) {
    const Symbol name = entry.event->name;
    if (std::find(stream.names.begin(), stream.names.end(), name) == stream.names.end()) continue;
    if (takes(stream, *entry.event)) streams_[index].insert(entry);
  }
  for (const uint32_t metric : stream.metrics) startMetric(metric);
  for (const uint32_t metric : stream.sinceMetrics) refreshMetric(metric);
  for (const uint32_t sequence : stream.sequences) startSequence(sequence);
}

void Evaluator::startMetric(uint32_t metric) {
  const MetricPlan& plan = plan_.metrics[metric];
  metrics_[metric] = MetricState(plan, view_.resolve(plan.zone));
  refreshMetric(metric);
}

void Evaluator::startSequence(uint32_t sequence) {
  const SequencePlan& plan = plan_.sequences[sequence];
  sequences_[sequence] = SequenceState(plan, view_.resolve(plan.zone));
  sequences_[sequence].rebuild(streams_);
  refreshSequence(sequence);
}

void Evaluator::refreshMetric(uint32_t index) {
  const MetricPlan& plan = plan_.metrics[index];
  metrics_[index].moveTo(now_, streams_[plan.stream], sinceOf(plan));
  if (metrics_[index].mayFlipTests()) touchAll(plan.tests);
  scheduleMetric(index);
}

void Evaluator::metricAppended(uint32_t index) {
  const MetricPlan& plan = plan_.metrics[index];
  const bool mayFlip = metrics_[index].mayFlipTests();
  if (mayFlip) touchAll(plan.tests);
  if (metrics_[index].movesWake(mayFlip)) scheduleMetric(index);
}

void Evaluator::scheduleMetric(uint32_t index) {
  const MetricPlan& plan = plan_.metrics[index];
  const Instant next = metrics_[index].nextWake(now_, streams_[plan.stream], sinceOf(plan));
  const Instant wake = std::max(next, now_ + 1);
  // A wake that is early does no harm, and moving it with every message costs more than waking
  // once.
  const Instant due = schedule_.dueAt(index);
  if (wake < due || due <= now_) schedule_.set(index, wake);
}

void Evaluator::refreshSequence(uint32_t index) {
  const Instant wake = sequences_[index].nextWake(now_, streams_);
  schedule_.set(plan_.timedOfSequence(index), std::max(wake, now_ + 1));
  touch(plan_.sequences[index].node);
}

void Evaluator::refreshDated(uint32_t index) {
  const DatedAttribute& dated = plan_.datedAttributes[index];
  const Instant wake = nextWakeOfDated(dated, now_, view_);
  schedule_.set(plan_.timedOfDatedAttribute(index), std::max(wake, now_ + 1));
  touch(dated.node);
}

void Evaluator::refreshTimed(TimedIndex timed) {
  if (timed < plan_.metrics.size()) {
    refreshMetric(timed);
    return;
  }
  timed -= static_cast<TimedIndex>(plan_.metrics.size());
  if (timed < plan_.sequences.size()) {
    refreshSequence(timed);
  } else {
    refreshDated(timed - static_cast<TimedIndex>(plan_.sequences.size()));
  }
}

const ValueNode* Evaluator::valueOf(const CompiledExpression& expression,
                                    ValueNode& storage) const {
  if (expression.kind == Expression::Kind::kAttribute) return view_.attribute(expression.index);
  const MetricPlan& metric = plan_.metrics[expression.index];
  return metrics_[expression.index].value(streams_[metric.stream], *plan_.interner, storage);
}

bool Evaluator::leafHolds(const Node& node) const {
  switch (node.kind) {
    case Node::Kind::kMetricTest: {
      ValueNode storage;
      const ValueNode* value = metrics_[node.index].value(
          streams_[plan_.metrics[node.index].stream], *plan_.interner, storage);
      return fosterflow::holds(node.predicate, value, view_);
    }
    case Node::Kind::kSequence:
      return sequences_[node.index].holds(now_, streams_);
    case Node::Kind::kAttributeTest:
      return fosterflow::holds(node.predicate, view_.attribute(node.index), view_);
    case Node::Kind::kDatedAttribute:
      return datedHolds(plan_.datedAttributes[node.index], now_, view_);
    case Node::Kind::kChannel:
      return profile_.isReachable(node.name) != node.negated;
    case Node::Kind::kList:
      return profile_.isInList(node.name) != node.negated;
    case Node::Kind::kSample:
      return sampleHolds(node, contactId_, *plan_.interner);
    case Node::Kind::kCompare:
      return compareHolds(node, [this](const CompiledExpression& expression, ValueNode& storage) {
        return valueOf(expression, storage);
      });
    default:
      return false;
  }
}

bool Evaluator::gateHolds(const Node& node, uint32_t index) const {
  switch (node.kind) {
    case Node::Kind::kAll:
      return trueInputs_[index] == node.inputs.size();
    case Node::Kind::kAny:
      return trueInputs_[index] > 0;
    default:
      return trueInputs_[index] == 0;
  }
}

void Evaluator::touch(uint32_t node) {
  if (isMarked_[node] != 0) return;
  isMarked_[node] = 1;
  touched_.push_back(node);
}

void Evaluator::touchAll(const std::vector<uint32_t>& nodes) {
  for (const uint32_t node : nodes) touch(node);
}

void Evaluator::setTruth(uint32_t index, bool truth) {
  if ((truths_[index] != 0) == truth) return;
  truths_[index] = truth;
  const Node& node = plan_.nodes[index];
  for (const uint32_t parent : node.parents) {
    trueInputs_[parent] += truth ? 1U : UINT32_MAX;
    markGate(parent);
  }
  for (const uint32_t segment : node.segments) flipped_.push_back(segment);
}

void Evaluator::markGate(uint32_t gate) {
  if (isMarked_[gate] != 0) return;
  isMarked_[gate] = 1;
  gates_.push_back(gate);
  std::push_heap(gates_.begin(), gates_.end(), std::greater<>());
}

const std::vector<uint32_t>& Evaluator::settle() {
  flipped_.clear();
  for (const uint32_t leaf : touched_) {
    isMarked_[leaf] = 0;
    setTruth(leaf, leafHolds(plan_.nodes[leaf]));
  }
  touched_.clear();
  while (!gates_.empty()) {
    std::pop_heap(gates_.begin(), gates_.end(), std::greater<>());
    const uint32_t gate = gates_.back();
    gates_.pop_back();
    isMarked_[gate] = 0;
    setTruth(gate, gateHolds(plan_.nodes[gate], gate));
  }
  sortDistinct(flipped_);
  size_t kept = 0;
  for (const uint32_t segment : flipped_) {
    const uint8_t truth = holds(segment);
    if (before_[segment] == truth) continue;
    before_[segment] = truth;
    flipped_[kept++] = segment;
  }
  flipped_.resize(kept);
  return flipped_;
}

void Evaluator::advanceTo(Instant now) {
  now_ = now;
  while (schedule_.earliest() <= now) refreshTimed(schedule_.first());
}

Instant Evaluator::nextSegmentChange(Instant horizon) {
  const Instant before = now_;
  std::vector<TimedIndex> moved;
  Instant found = kNever;
  while (found == kNever && schedule_.earliest() <= horizon) {
    now_ = schedule_.earliest();
    while (schedule_.earliest() <= now_) {
      moved.push_back(schedule_.first());
      refreshTimed(schedule_.first());
    }
    if (!settle().empty()) found = now_;
  }
  now_ = before;
  sortDistinct(moved);
  for (const TimedIndex timed : moved) refreshTimed(timed);
  settle();
  return found;
}

}  // namespace fosterflow

#include "audience/scan.h"

#include <algorithm>
#include <utility>

#include "audience/node_key.h"
#include "plan/condition_key.h"

namespace fosterflow {

Scan::Scan(const AudienceStore& store, std::shared_ptr<const Plan> plan, ZoneRegistry& zones,
           ScanMemory& memory, Instant now)
    : store_(store),
      plan_(std::move(plan)),
      memory_(memory),
      now_(now),
      slots_(*plan_, zones, attributeColumns()),
      streams_(plan_->streams.size()),
      metrics_(plan_->metrics.size()),
      sequences_(plan_->sequences.size()) {}

std::vector<const AttributeColumn*> Scan::attributeColumns() {
  if (memory_.version != store_.version()) {
    memory_.answers.clear();
    memory_.attributes.clear();
    memory_.samples.clear();
    memory_.taken.clear();
    memory_.on.clear();
    memory_.dates.clear();
    memory_.plans.clear();
    memory_.version = store_.version();
  }
  std::vector<const AttributeColumn*> columns;
  for (const std::vector<Symbol>& path : plan_->attributes) {
    std::unique_ptr<AttributeColumn>& column = memory_.attributes[path];
    if (column == nullptr) {
      column = std::make_unique<AttributeColumn>(store_, plan_->interner, path);
    } else {
      column->extend();
    }
    columns.push_back(column.get());
  }
  return columns;
}

StreamRows& Scan::stream(uint32_t index) {
  std::unique_ptr<StreamRows>& rows = streams_[index];
  if (rows != nullptr) return *rows;
  const Stream& stream = plan_->streams[index];
  rows = std::make_unique<StreamRows>(stream, store_, slots_);
  for (StreamRows::Part& part : rows->parts()) {
    if (!part.canTakeRows()) continue;
    ScanMemory::TakenRows& taken = memory_.taken[{stream.key, &part.table()}];
    if (taken.plan == nullptr) taken.plan = plan_;
    taken.lastUse = ++memory_.use;
    part.setTaken(&taken.rows);
  }
  return *rows;
}

MetricRows& Scan::metric(uint32_t index) {
  std::unique_ptr<MetricRows>& rows = metrics_[index];
  if (rows == nullptr) {
    const MetricPlan& metric = plan_->metrics[index];
    StreamRows* since = metric.since == kNoIndex ? nullptr : &stream(metric.since);
    rows = std::make_unique<MetricRows>(metric, stream(metric.stream), since, slots_,
                                        *plan_->interner, now_);
    if (memory_.maySlice) rows->makeSlices(store_.slotCount());
  }
  return *rows;
}

// Which first.

std::string Scan::keyOf(const Node& node) const {
  std::string key = keyOfLeaf(*plan_, node);
  const bool isTimeless = node.kind == Node::Kind::kAttributeTest ||
                          node.kind == Node::Kind::kChannel || node.kind == Node::Kind::kList ||
                          node.kind == Node::Kind::kSample;
  if (!isTimeless) appendKey(key, now_);
  return key;
}

// About what a leaf costs for one contact, in steps of a few nanoseconds.
double Scan::leafCost(const Node& node) {
  const auto metricCost = [this](uint32_t index) {
    const Stream& stream = plan_->streams[plan_->metrics[index].stream];
    double rows = 0;
    for (const Symbol name : stream.names) {
      const EventTable* table = store_.table(name);
      if (table != nullptr) rows += static_cast<double>(table->rowCount());
    }
    const double slots = std::max(1U, store_.slotCount());
    const double looks = static_cast<double>(metric(index).looks(store_.slotCount())) / slots;
    const double perSlot = std::min(4.0, rows / slots) * looks;
    const bool isBare = !stream.where && stream.participation == Participation::kEvery;
    const bool isBounded = plan_->metrics[index].window.lower.kind != Edge::Kind::kNever;
    double cost = looks + perSlot * (isBare ? 1 : 3);
    // What every contact with an event must be asked about, one by one.
    if (!isBounded && !isBare) cost += 10;
    if (plan_->metrics[index].since != kNoIndex) cost += 20;
    return cost;
  };
  switch (node.kind) {
    case Node::Kind::kMetricTest:
      return metricCost(node.index);
    case Node::Kind::kSequence:
      return 30;
    case Node::Kind::kCompare:
      return 25;
    case Node::Kind::kSample:
      return memory_.samples.count(node.name) > 0 ? 1 : 60;
    default:
      return 1;
  }
}

double Scan::costOf(uint32_t index) {
  const Node& node = plan_->nodes[index];
  if (node.inputs.empty()) {
    const Answer* answer = memory_.answers.find(keyOf(node));
    const bool isKnown = answer != nullptr && answer->known.size() == store_.slotCount();
    return isKnown && answer->known.count() == store_.slotCount() ? 0 : leafCost(node);
  }
  double cost = 0;
  for (const uint32_t input : node.inputs) cost += costOf(input);
  return cost;
}

// Gates.

Bitmap Scan::evaluate(uint32_t index, const Bitmap& wanted) {
  const Node& node = plan_->nodes[index];
  if (node.inputs.empty()) return evaluateLeaf(node, wanted);
  if (node.parents.size() + node.segments.size() < 2) return evaluateGate(node, wanted);
  Gate& gate = gates_[index];
  gate.known.extend(store_.slotCount());
  gate.truth.extend(store_.slotCount());
  Bitmap need = wanted;
  need -= gate.known;
  if (!need.none()) {
    Bitmap found = evaluateGate(node, need);
    found &= need;
    gate.truth |= found;
    gate.known |= need;
  }
  return gate.truth;
}

Bitmap Scan::evaluateGate(const Node& node, const Bitmap& wanted) {
  std::vector<std::pair<double, uint32_t>> inputs;
  for (const uint32_t input : node.inputs) inputs.emplace_back(costOf(input), input);
  std::sort(inputs.begin(), inputs.end());
  if (node.kind == Node::Kind::kAll) {
    Bitmap in = wanted;
    for (const auto& [cost, input] : inputs) {
      in &= evaluate(input, in);
      if (in.none()) break;
    }
    return in;
  }
  Bitmap out = wanted;  // of those, none has held so far
  for (const auto& [cost, input] : inputs) {
    out -= evaluate(input, out);
    if (out.none()) break;
  }
  if (node.kind == Node::Kind::kNone) return out;
  Bitmap any = wanted;
  any -= out;
  return any;
}

// Leaves.

Bitmap Scan::evaluateLeaf(const Node& node, const Bitmap& wanted) {
  Answer& answer = memory_.answers.answer(keyOf(node), store_.slotCount(), plan_);
  Bitmap need = wanted;
  need -= answer.known;
  if (need.none()) return answer.truth;
  Bitmap truth(store_.slotCount());
  switch (node.kind) {
    case Node::Kind::kMetricTest:
      metricTest(node, need, truth);
      break;
    case Node::Kind::kSequence:
      sequenceTest(node, need, truth);
      break;
    case Node::Kind::kAttributeTest:
      attributeTest(node, need, truth);
      break;
    case Node::Kind::kDatedAttribute:
      datedTest(node, need, truth);
      break;
    case Node::Kind::kSample:
      sampleTest(node, need, truth);
      break;
    case Node::Kind::kCompare:
      compareTest(node, need, truth);
      break;
    default:
      wordTest(node, need, truth);
      break;
  }
  truth &= need;
  answer.truth |= truth;
  answer.known |= need;
  return answer.truth;
}

}  // namespace fosterflow

#include "plan/cuts.h"

#include <cmath>

#include "language/limits.h"
#include "plan/distinct.h"
#include "values/sorted_order.h"

namespace fosterflow {

namespace {

// The smallest count that is ≥ `value`, as a cut. Cuts above what a contact can have never matter.
void addCut(std::vector<uint32_t>& cuts, double value) {
  const double cut = std::ceil(value);
  if (cut >= 1 && cut <= static_cast<double>(kMaxEvents))
    cuts.push_back(static_cast<uint32_t>(cut));
}

// The numbers that a predicate compares with.
void addLevel(const ValueNode& wanted, std::vector<double>& levels) {
  if (wanted.type == ValueType::kNumber) levels.push_back(wanted.number);
}

void addLevelsOf(const Predicate& predicate, std::vector<double>& levels) {
  const ValueNode* wanted = predicate.literal.root();
  if (wanted == nullptr) return;
  addLevel(*wanted, levels);
  if (wanted->type == ValueType::kArray) {
    for (const ValueNode& element : ValueChildren(wanted)) addLevel(element, levels);
  }
}

}  // namespace

void setCuts(MetricPlan& metric, const std::vector<Node>& nodes) {
  const bool isCount = metric.function == MeasureFunction::kCount ||
                       metric.function == MeasureFunction::kDistinct ||
                       metric.function == MeasureFunction::kActive;
  if (!isCount && metric.function != MeasureFunction::kSum) return;
  std::vector<double> levels;
  for (const uint32_t test : metric.tests) {
    const Node& node = nodes[test];
    if (node.kind != Node::Kind::kMetricTest || node.predicate.attribute != kNoIndex) return;
    addLevelsOf(node.predicate, levels);
  }
  if (!isCount) {
    const std::vector<size_t> order = sortedOrder(
        levels.size(), [&](size_t left, size_t right) { return levels[left] < levels[right]; });
    for (const size_t index : order) metric.levels.push_back(levels[index]);
    metric.hasLevels = true;
    return;
  }
  for (const double level : levels) {
    addCut(metric.cuts, level);
    addCut(metric.cuts, std::floor(level) + 1);
  }
  sortDistinct(metric.cuts);
  metric.hasCuts = true;
}

}  // namespace fosterflow

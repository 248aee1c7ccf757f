#include "plan/count_cuts.h"

#include <cmath>

#include "language/limits.h"
#include "plan/distinct.h"

namespace fosterflow {

namespace {

// The smallest count that is ≥ `value`, as a cut. Cuts above what a contact can have never matter.
void addCut(std::vector<uint32_t>& cuts, double value) {
  const double cut = std::ceil(value);
  if (cut >= 1 && cut <= static_cast<double>(kMaxEvents))
    cuts.push_back(static_cast<uint32_t>(cut));
}

void addPoint(std::vector<uint32_t>& cuts, const ValueNode& wanted) {
  if (wanted.type != ValueType::kNumber) return;
  addCut(cuts, wanted.number);
  addCut(cuts, std::floor(wanted.number) + 1);
}

void addCutsOf(const Predicate& predicate, std::vector<uint32_t>& cuts) {
  const ValueNode* wanted = predicate.literal.root();
  if (wanted == nullptr) return;
  addPoint(cuts, *wanted);
  if (wanted->type == ValueType::kArray) {
    for (const ValueNode& element : ValueChildren(wanted)) addPoint(cuts, element);
  }
}

}  // namespace

void setCountCuts(MetricPlan& metric, const std::vector<Node>& nodes) {
  const bool isCount = metric.function == MeasureFunction::kCount ||
                       metric.function == MeasureFunction::kDistinct ||
                       metric.function == MeasureFunction::kActive;
  if (!isCount) return;
  for (const uint32_t test : metric.tests) {
    const Node& node = nodes[test];
    if (node.kind != Node::Kind::kMetricTest || node.predicate.attribute != kNoIndex) return;
    addCutsOf(node.predicate, metric.cuts);
  }
  sortDistinct(metric.cuts);
  metric.hasCuts = true;
}

}  // namespace fosterflow

#pragma once

#include <vector>

#include "plan/plan.h"

namespace fosterflow {

/// Sets `hasCuts` and `cuts` of a metric: when it counts events, distinct values or active units
/// and is compared only with literals, the tests can flip at a few counts, so that the engine need
/// not wake for the others.
void setCountCuts(MetricPlan& metric, const std::vector<Node>& nodes);

}  // namespace fosterflow

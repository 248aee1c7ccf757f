#pragma once

#include <vector>

#include "plan/plan.h"

namespace fosterflow {

/// Sets `cuts` or `levels` of a metric that counts (events, distinct values, active units) or sums,
/// and is compared only with literals: its tests can flip at these values only, so that the engine
/// need not wake for the others.
void setCuts(MetricPlan& metric, const std::vector<Node>& nodes);

}  // namespace fosterflow

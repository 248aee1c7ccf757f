#pragma once

#include <vector>

#include "plan/plan.h"

namespace fosterflow {

/// Sets `hasCuts` and `cuts` of a metric: when only counts are compared, and only with literals,
/// the tests can flip at a few counts, so that the engine need not wake for the others.
void setCountCuts(MetricPlan& metric, const std::vector<Node>& nodes);

}  // namespace fosterflow

#pragma once

#include <cstdint>
#include <vector>

#include "plan/plan.h"

namespace fosterflow {

/// Appends the metrics and attributes that an expression reads.
void collectReads(const CompiledExpression& expression, std::vector<uint32_t>& metrics,
                  std::vector<uint32_t>& attributes);

/// Fills the look-ups from what a message names to what it touches, once all parts are there.
void indexPlan(Plan& plan);

}  // namespace fosterflow

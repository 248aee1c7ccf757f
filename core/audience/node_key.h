#pragma once

#include <string>

#include "plan/plan.h"

namespace fosterflow {

/// A text that is equal for leaves of two plans of one interner exactly when they ask the same, as
/// long as one of the plans lives.
std::string keyOfLeaf(const Plan& plan, const Node& node);

}  // namespace fosterflow

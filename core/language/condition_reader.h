#pragma once

#include "language/definition.h"
#include "language/object_reader.h"

namespace fosterflow {

/// Reads the condition at `place`; `depth` is its own, 1 for the segment's `when`.
void readCondition(Reading& reading, const Place& place, uint32_t depth, Condition& out);

}  // namespace fosterflow

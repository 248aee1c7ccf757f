#pragma once

#include "language/definition.h"
#include "language/object_reader.h"

namespace fosterflow {

/// Reads a compare condition at `depth`.
void readCompare(const ObjectReader& object, uint32_t depth, Condition& out);

}  // namespace fosterflow

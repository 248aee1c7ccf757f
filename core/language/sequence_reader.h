#pragma once

#include "language/definition.h"
#include "language/object_reader.h"

namespace fosterflow {

/// Reads a sequence condition at `depth`.
void readSequence(const ObjectReader& object, uint32_t depth, Condition& out);

}  // namespace fosterflow

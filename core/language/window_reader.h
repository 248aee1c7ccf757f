#pragma once

#include "language/definition.h"
#include "language/object_reader.h"

namespace fosterflow {

/// Reads the key `window` of a condition at `depth`, if it is there.
void readWindow(Reading& reading, const ObjectReader& owner, uint32_t depth, Window& out);

}  // namespace fosterflow

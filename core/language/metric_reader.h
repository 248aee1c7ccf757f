#pragma once

#include "language/definition.h"
#include "language/object_reader.h"

namespace fosterflow {

/// Reads the keys `event` and `where` of an object inside a condition at `depth`.
void readEventSelector(Reading& reading, const ObjectReader& object, uint32_t depth,
                       EventSelector& out);

/// Reads the keys `event`, `where`, `measure` and `window`.
void readMetric(Reading& reading, const ObjectReader& object, uint32_t depth, Metric& out);

}  // namespace fosterflow

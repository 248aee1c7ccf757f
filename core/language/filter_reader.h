#pragma once

#include "language/definition.h"
#include "language/object_reader.h"

namespace fosterflow {

/// The members of a group: the list at `of`, which must not be empty.
Place readGroupMembers(const ObjectReader& group);

/// Reads the filter at `place`; `depth` is its own, counted from 1 at the segment's `when`.
void readFilter(Reading& reading, const Place& place, uint32_t depth, PropertyFilter& out);

}  // namespace fosterflow

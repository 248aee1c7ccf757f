#pragma once

#include <optional>

#include "language/definition.h"
#include "language/object_reader.h"
#include "language/vocabulary.h"

namespace fosterflow {

/// Reads the key `op` of an object that stands at `where`. Nothing (and reported) when it is
/// missing, unknown and not even nearly known, or not allowed there.
std::optional<Operator> readOperator(const ObjectReader& object, ComparisonPlace where);

/// Reads the keys `op`, `value` and `ignoreCase`.
void readComparison(const ObjectReader& object, ComparisonPlace where, Comparison& out);

/// The same for a number over events, where "at least 1" is the default.
void readMeasuredComparison(const ObjectReader& object, Comparison& out);

}  // namespace fosterflow

#pragma once

#include "language/definition.h"
#include "language/place.h"
#include "language/reading.h"
#include "language/vocabulary.h"

namespace fosterflow {

/// Reads the wanted side of an operator, which is no duration: a literal, a parameter or an
/// attribute.
void readOperand(Reading& reading, const Place& place, const OperatorTraits& traits, Operand& out);

}  // namespace fosterflow

#pragma once

#include <string_view>

#include "language/object_reader.h"
#include "language/problem.h"
#include "language/reading.h"
#include "values/value.h"

namespace fosterflow {

/// What a place that takes one constant (or a parameter) wants of it.
struct ConstantRule {
  bool (*accepts)(const ValueNode& value, const Interner& interner);
  std::string_view expectation;  ///< "a whole number"
  ProblemCode code;              ///< of what it does not accept
};

/// The rule of a number from 0 on without a fraction, reported with `code`.
ConstantRule wholeNumberRule(ProblemCode code);

/// The parameter that the object `reference`, {"parameter": name}, names.
/// nullptr (and reported) when there is none, or when what it declares was refused.
const Parameter* readParameterReference(const ObjectReader& reference);

/// The value in force at `place`: the literal, or that of a parameter. A declared value that does
/// not fit is reported at `place`, an override at itself. nullptr when there is none that fits.
const ValueNode* readConstant(Reading& reading, const Place& place, const ConstantRule& rule);

}  // namespace fosterflow

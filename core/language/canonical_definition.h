#pragma once

#include <string>

#include "language/parameters.h"
#include "values/interner.h"
#include "values/value.h"

namespace fosterflow {

/// The canonical JSON of a checked definition, as given: RFC 8785 with keys by code point, without
/// `name` and `description`, without `meta` on any node, and with the overrides in force in
/// `parameters`.
std::string canonicalDefinition(const ValueNode& definition, const ParameterOverrides& overrides,
                                Interner& interner);

/// The first 16 hexadecimal digits of its SHA-256.
std::string definitionHash(const ValueNode& definition, const ParameterOverrides& overrides,
                           Interner& interner);

}  // namespace fosterflow

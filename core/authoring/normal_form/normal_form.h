#pragma once

#include <string>

#include "authoring/document.h"

namespace fosterflow {

/// The one way in which this core writes a checked definition: definitions that differ only in the
/// order, repetition or nesting of conditions, in names, descriptions and notes, in defaults
/// written out or in operators that say the same, have one normal form, and it means the same as
/// they do at every instant and for all values of the parameters. Canonical JSON. It is a
/// definition again, and its own normal form. At the bound of nesting (32) it may be one level too
/// deep to be one.
std::string normalForm(const Document& definition);

/// The same for a condition.
Document normalCondition(Document condition);

/// The same for a property filter.
Document normalFilter(Document filter);

}  // namespace fosterflow

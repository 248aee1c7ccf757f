#pragma once

#include "authoring/document.h"

namespace fosterflow {

/// What is compared, as far as it decides which operators say the same.
enum class Observed : uint8_t {
  kAny,    ///< a value of any type, or none
  kWhole,  ///< always a whole number that is not negative
};

/// Writes the members op, value and ignoreCase of a condition or filter in their one way.
void normalizeComparison(Document& comparison, Observed observed);

/// A list without what it has twice, sorted by canonical JSON.
void sortDistinct(Document& list);

}  // namespace fosterflow

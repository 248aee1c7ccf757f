#pragma once

#include <string>

#include "authoring/language.h"
#include "language/definition.h"
#include "values/interner.h"

namespace fosterflow {

/// A definition as one sentence: "A contact is in “High Rollers” if …". `plain` reads best with its
/// negations pushed down (authoring/normal_form/negations.h).
std::string segmentSentence(const Definition& plain, const Language& language,
                            const Interner& interner);

}  // namespace fosterflow

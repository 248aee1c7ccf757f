#pragma once

#include <string>
#include <vector>

#include "authoring/language.h"
#include "authoring/lint/finding.h"
#include "language/definition.h"
#include "values/interner.h"

namespace fosterflow {

/// Windows that reach further back than events are kept, and those that have no bound at all.
/// `days`: how long events are kept, of 24 hours. A window of months counts with the fewest days
/// that it can have.
void findBeyondRetention(const Definition& definition, const std::string& path, double days,
                         const Language& language, const Interner& interner,
                         std::vector<Finding>& findings);

}  // namespace fosterflow

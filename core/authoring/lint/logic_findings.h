#pragma once

#include <string>
#include <vector>

#include "authoring/language.h"
#include "authoring/lint/finding.h"
#include "authoring/rules.h"

namespace fosterflow {

/// What of a rule can never hold, always holds, says nothing new, or lets in contacts of whom
/// nothing is known. By the law, with the parameters in force; not all of it is found. `path`:
/// where the definition stands.
void findLogic(const Rules::Rule& rule, const std::string& path, const Language& language,
               const Interner& interner, std::vector<Finding>& findings);

}  // namespace fosterflow

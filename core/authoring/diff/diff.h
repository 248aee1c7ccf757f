#pragma once

#include <string>

#include "authoring/language.h"
#include "authoring/rules.h"

namespace fosterflow {

/// How a definition differs from the version before. Appends
/// {"same":bool,"changes":[{"change":"added"|"removed"|"changed","what","path"|null,"before","after",
/// "line"}]}: `same` says that both have one normal form; `what` is condition, parameter, timezone,
/// id, name or description; `path` is a JSON Pointer into the new version (into the old one for
/// what was removed); `before` and `after` are as written, null where there is nothing; `line` is
/// for people. Conditions that only moved or are written otherwise are no change. O(size²) in the
/// conditions of one group.
void appendDiff(std::string& out, const Rules::Rule& before, const Rules::Rule& after,
                const Language& language, const Interner& interner);

}  // namespace fosterflow

#pragma once

#include <string>

#include "authoring/document.h"
#include "authoring/language.h"
#include "authoring/rules.h"

namespace fosterflow {

/// What the author of `rules` should know. `options` may have "seen" (vocabulary_findings.h) and
/// "retentionDays", a number. `isList`: the rules were given as an array, so that paths begin with
/// their place. Appends {"findings":[{"segment","path","code","severity","message",
/// "suggestion"?,"related"?}],"segments":[summary]} (rule_summary.h), in the order of the rules.
void appendLint(std::string& out, const Rules& rules, bool isList, const Document& options,
                const Language& language, const ReadingTools& tools);

}  // namespace fosterflow

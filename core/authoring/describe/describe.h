#pragma once

#include <string>
#include <string_view>

#include "authoring/language.h"
#include "authoring/rules.h"

namespace fosterflow {

/// Appends the array of descriptions of `rules`, in their order: each
/// {"id","name","description","sentence","condition":node}, where node is
/// {"kind","path","phrase"[,"of":[node,…]]}. `path` is a JSON Pointer into the definition, `phrase`
/// is short, and what it leaves out stands below it in `of`: the conditions of a group, the steps
/// of a sequence, the filter of its events. Parameters are said with their values in force
/// (`parametersJson`, as the rules were read with). O(size).
void appendDescriptions(std::string& out, const Rules& rules, std::string_view parametersJson,
                        const Language& language, const ReadingTools& tools);

}  // namespace fosterflow

#pragma once

#include <string>

#include "authoring/language.h"
#include "authoring/rules.h"

namespace fosterflow {

/// Appends what a rule costs and needs:
/// {"id","cost":{"class":"low"|"medium"|"high","points"},"state":{"bytes","bytesPerEvent"},
/// "local":{"runs":bool,"reasons":[{"path","code","message"}]}}.
///
/// Points: 1 for a condition or filter, 2 more for a measure that must know each value (`distinct`,
/// `active`), 3 more for a sequence and 1 for each of its steps, 1 more for a window that follows
/// the calendar. Low: up to 10; medium: up to 50.
/// Bytes: what one contact keeps for this rule alone, besides its events; and what each event adds
/// that the rule looks at. As of this build.
/// A rule runs locally when a device that sees the contact's own messages can decide it: lists,
/// channels and segments that were not given are known elsewhere. `path`: where the rule stands.
void appendSummary(std::string& out, const Rules& rules, size_t index, const std::string& path,
                   const Language& language, const ReadingTools& tools);

}  // namespace fosterflow

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "values/value.h"

namespace fosterflow {

/// Appends `number` (finite) as ECMAScript's Number::toString writes it: the shortest digits that
/// read back as the same double (RFC 8785, section 3.2.2.3). -0 is written as 0.
void appendJsonNumber(std::string& out, double number);

/// Appends `text` (UTF-8) as a JSON string with RFC 8785's escapes: \b \t \n \f \r \" \\ and \u00xx
/// for the other controls; everything else as it is.
void appendJsonText(std::string& out, std::string_view text);

/// Appends a whole number.
void appendJsonInteger(std::string& out, int64_t number);

/// Appends `opening`, such as `,"name":`, and `text` as a JSON string.
void appendTextMember(std::string& out, const char* opening, const std::string& text);

/// Appends `value` as canonical JSON: RFC 8785, with keys in code point order. `nullptr` is null.
void appendCanonicalJson(std::string& out, const ValueNode* value, const Interner& interner);

}  // namespace fosterflow

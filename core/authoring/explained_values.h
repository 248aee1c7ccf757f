#pragma once

#include <string>
#include <string_view>

#include "language/definition.h"
#include "values/value.h"

namespace fosterflow {

/// Entries shown of an array.
inline constexpr size_t kMaxShownEntries = 5;
/// Bytes shown of a text.
inline constexpr size_t kMaxShownBytes = 100;

/// Appends a value for people, as JSON: of a long text the beginning and an ellipsis, of an array
/// the first entries, of an object {}. nullptr is null.
void appendShownValue(std::string& out, const ValueNode* value, const Interner& interner);

/// Appends a number; one that is not finite as the largest of its sign.
void appendShownNumber(std::string& out, double number);

/// Appends a text that may be long.
void appendShownText(std::string& out, std::string_view text);

/// Appends an instant, or null for one outside of the range of time.
void appendInstant(std::string& out, Instant instant);

/// Appends what a comparison wants: {"op":…,"value":…,"attribute":…,"ignoreCase":true}. `value` is
/// what is compared with, a duration as written.
void appendWanted(std::string& out, const Comparison& comparison, const ValueNode* value,
                  const Interner& interner);

}  // namespace fosterflow

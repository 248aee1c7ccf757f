#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "language/definition.h"

namespace fosterflow {

inline constexpr std::string_view kSqlTrue = "TRUE";
inline constexpr std::string_view kSqlFalse = "FALSE";

/// The text with each of its lines moved in by two spaces. No literal of a dialect has lines.
std::string indented(std::string_view text);

/// The parts with `separator` between them.
std::string joined(const std::vector<std::string>& parts, std::string_view separator);

/// A condition of parts that all hold (AND), or of which one does (OR); constants are left out.
std::string allOf(const std::vector<std::string>& parts);
std::string anyOf(const std::vector<std::string>& parts);

/// The exact negation: a condition that is NULL does not hold.
std::string negationOf(const std::string& condition);

/// False in the place of NULL.
std::string settled(const std::string& condition);

/// ` = `, ` < ` and their like.
std::string_view comparisonSign(Operator op);

/// `NAME(a, b)`, on several lines when it is long.
std::string sqlCall(std::string_view name, const std::vector<std::string>& parameters);

/// `CASE WHEN condition THEN value END`.
std::string sqlWhen(const std::string& condition, const std::string& value);

/// Text for a comment: on one line, whatever is in it.
std::string sqlComment(std::string_view text);

}  // namespace fosterflow

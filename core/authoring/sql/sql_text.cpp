#include "authoring/sql/sql_text.h"

namespace fosterflow {

namespace {

constexpr size_t kLongLine = 88;

bool isShort(std::string_view text) {
  return text.size() <= kLongLine && text.find('\n') == std::string_view::npos;
}

std::string connected(const std::vector<std::string>& parts, std::string_view connective,
                      std::string_view neutral, std::string_view decisive) {
  std::vector<std::string> kept;
  for (const std::string& part : parts) {
    if (part == decisive) return std::string(decisive);
    if (part != neutral) kept.push_back(part);
  }
  if (kept.empty()) return std::string(neutral);
  if (kept.size() == 1) return kept.front();
  std::string separator = " ";
  separator += connective;
  separator += ' ';
  std::string line = joined(kept, separator);
  if (isShort(line)) return "(" + line + ")";
  separator.front() = '\n';
  return "(\n" + indented(joined(kept, separator)) + "\n)";
}

}  // namespace

std::string indented(std::string_view text) {
  std::string result = "  ";
  for (const char character : text) {
    result += character;
    if (character == '\n') result += "  ";
  }
  return result;
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string result;
  for (const std::string& part : parts) {
    if (&part != parts.data()) result += separator;
    result += part;
  }
  return result;
}

std::string allOf(const std::vector<std::string>& parts) {
  return connected(parts, "AND", kSqlTrue, kSqlFalse);
}

std::string anyOf(const std::vector<std::string>& parts) {
  return connected(parts, "OR", kSqlFalse, kSqlTrue);
}

std::string settled(const std::string& condition) {
  if (condition == kSqlTrue || condition == kSqlFalse) return condition;
  return sqlCall("coalesce", {condition, std::string(kSqlFalse)});
}

std::string negationOf(const std::string& condition) {
  if (condition == kSqlTrue) return std::string(kSqlFalse);
  if (condition == kSqlFalse) return std::string(kSqlTrue);
  return "NOT " + settled(condition);
}

std::string_view comparisonSign(Operator op) {
  switch (op) {
    case Operator::kNotEqual:
      return " <> ";
    case Operator::kGreater:
      return " > ";
    case Operator::kGreaterOrEqual:
      return " >= ";
    case Operator::kLess:
      return " < ";
    case Operator::kLessOrEqual:
      return " <= ";
    default:
      return " = ";
  }
}

std::string sqlCall(std::string_view name, const std::vector<std::string>& parameters) {
  const std::string line = joined(parameters, ", ");
  std::string result(name);
  result += '(';
  result += isShort(line) ? line : "\n" + indented(joined(parameters, ",\n")) + "\n";
  result += ')';
  return result;
}

std::string sqlWhen(const std::string& condition, const std::string& value) {
  const std::string line = "CASE WHEN " + condition + " THEN " + value + " END";
  if (isShort(line)) return line;
  return "CASE\n" + indented("WHEN " + condition + "\nTHEN " + value) + "\nEND";
}

std::string sqlComment(std::string_view text) {
  std::string result = "-- ";
  for (const char character : text) {
    const bool isPlain = character >= ' ' && character < '\x7F';
    result += isPlain ? character : '?';
  }
  return result;
}

}  // namespace fosterflow

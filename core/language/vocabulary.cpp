#include "language/vocabulary.h"

#include <algorithm>

namespace fosterflow {

namespace {

constexpr uint8_t kAttribute = static_cast<uint8_t>(ComparisonPlace::kAttribute);
constexpr uint8_t kValues = kAttribute | static_cast<uint8_t>(ComparisonPlace::kProperty);
constexpr uint8_t kNumbers = kValues | static_cast<uint8_t>(ComparisonPlace::kNumber);
constexpr uint8_t kEverywhere = kNumbers | static_cast<uint8_t>(ComparisonPlace::kExpression);

// In the order of Operator.
constexpr OperatorTraits kOperators[] = {
    {"eq", OperandType::kScalar, kEverywhere, true, Operator::kEqual},
    {"ne", OperandType::kScalar, kEverywhere, true, Operator::kEqual},
    {"in", OperandType::kScalarList, kNumbers, true, Operator::kIn},
    {"not_in", OperandType::kScalarList, kNumbers, true, Operator::kIn},
    {"is_set", OperandType::kNothing, kNumbers, false, Operator::kIsSet},
    {"is_not_set", OperandType::kNothing, kNumbers, false, Operator::kIsSet},
    {"gt", OperandType::kNumber, kEverywhere, false, Operator::kGreater},
    {"gte", OperandType::kNumber, kEverywhere, false, Operator::kGreaterOrEqual},
    {"lt", OperandType::kNumber, kEverywhere, false, Operator::kLess},
    {"lte", OperandType::kNumber, kEverywhere, false, Operator::kLessOrEqual},
    {"between", OperandType::kNumberRange, kNumbers, false, Operator::kBetween},
    {"not_between", OperandType::kNumberRange, kNumbers, false, Operator::kBetween},
    // An array may hold other scalars than texts.
    {"contains", OperandType::kScalar, kValues, true, Operator::kContains},
    {"not_contains", OperandType::kScalar, kValues, true, Operator::kContains},
    {"starts_with", OperandType::kText, kValues, true, Operator::kStartsWith},
    {"ends_with", OperandType::kText, kValues, true, Operator::kEndsWith},
    {"like", OperandType::kText, kValues, true, Operator::kLike},
    {"not_like", OperandType::kText, kValues, true, Operator::kLike},
    {"includes_any", OperandType::kScalarList, kValues, false, Operator::kIncludesAny},
    {"includes_all", OperandType::kScalarList, kValues, false, Operator::kIncludesAll},
    {"includes_none", OperandType::kScalarList, kValues, false, Operator::kIncludesAny},
    {"date_before", OperandType::kDate, kValues, false, Operator::kDateBefore},
    {"date_after", OperandType::kDate, kValues, false, Operator::kDateAfter},
    {"date_between", OperandType::kDateRange, kValues, false, Operator::kDateBetween},
    {"date_in_last", OperandType::kDuration, kAttribute, false, Operator::kDateInLast},
    {"date_more_than_ago", OperandType::kDuration, kAttribute, false, Operator::kDateMoreThanAgo},
    {"date_in_next", OperandType::kDuration, kAttribute, false, Operator::kDateInNext},
    {"date_more_than_ahead", OperandType::kDuration, kAttribute, false,
     Operator::kDateMoreThanAhead},
    {"date_anniversary_in_next", OperandType::kDays, kAttribute, false,
     Operator::kDateAnniversaryInNext},
};
static_assert(sizeof(kOperators) / sizeof(kOperators[0]) == kOperatorCount);

constexpr size_t kMaxNameLength = 31;

char lowerCase(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

// How many letters were typed wrong, left out, added, or swapped with the next. Letters of either
// case are equal. Both texts are short.
size_t editDistance(std::string_view left, std::string_view right) {
  const auto isSame = [left, right](size_t line, size_t column) {
    return lowerCase(left[line - 1]) == lowerCase(right[column - 1]);
  };
  // The table of distances between beginnings, of which three rows are kept.
  size_t rows[3][kMaxNameLength + 1] = {};
  for (size_t column = 0; column <= right.size(); ++column) {
    rows[0][column] = column;
  }
  for (size_t line = 1; line <= left.size(); ++line) {
    size_t* row = rows[line % 3];
    const size_t* above = rows[(line + 2) % 3];
    const size_t* aboveThat = rows[(line + 1) % 3];
    row[0] = line;
    for (size_t column = 1; column <= right.size(); ++column) {
      row[column] = std::min({row[column - 1] + 1, above[column] + 1,
                              above[column - 1] + (isSame(line, column) ? 0 : 1)});
      if (line > 1 && column > 1 && isSame(line - 1, column) && isSame(line, column - 1)) {
        row[column] = std::min(row[column], aboveThat[column - 2] + 1);
      }
    }
  }
  return rows[left.size() % 3][right.size()];
}

}  // namespace

std::string_view nameAt(std::string_view names, size_t position) {
  while (position > 0) {
    const size_t space = names.find(' ');
    if (space == std::string_view::npos) {
      return {};
    }
    names.remove_prefix(space + 1);
    --position;
  }
  return names.substr(0, names.find(' '));
}

std::optional<size_t> positionOfName(std::string_view names, std::string_view name) {
  size_t position = 0;
  while (!names.empty()) {
    const size_t end = std::min(names.find(' '), names.size());
    if (names.substr(0, end) == name) {
      return position;
    }
    names.remove_prefix(std::min(end + 1, names.size()));
    ++position;
  }
  return std::nullopt;
}

bool isNearer(std::string_view name, std::string_view given, size_t& errors) {
  const size_t longer = std::max(name.size(), given.size());
  if (longer > kMaxNameLength || longer - std::min(name.size(), given.size()) >= errors) {
    return false;
  }
  const size_t distance = editDistance(name, given);
  // Of a short name, more than half must be right.
  if (distance >= errors || distance * 2 >= longer) return false;
  errors = distance;
  return true;
}

std::string_view nearestName(std::string_view names, std::string_view given) {
  std::string_view nearest;
  size_t errors = kMaxTypingErrors + 1;
  while (!names.empty()) {
    const size_t end = std::min(names.find(' '), names.size());
    const std::string_view name = names.substr(0, end);
    names.remove_prefix(std::min(end + 1, names.size()));
    if (isNearer(name, given, errors)) nearest = name;
  }
  return nearest;
}

const OperatorTraits& traitsOf(Operator op) { return kOperators[static_cast<size_t>(op)]; }

std::optional<Operator> findOperator(std::string_view name) {
  for (size_t index = 0; index < kOperatorCount; ++index) {
    if (kOperators[index].name == name) {
      return static_cast<Operator>(index);
    }
  }
  return std::nullopt;
}

}  // namespace fosterflow

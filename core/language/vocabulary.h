#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "language/definition.h"

namespace fosterflow {

// The words of the language. A list of names is one text, separated by spaces; the position of a
// name in it is the value of its enumerator, unless said otherwise.

inline constexpr std::string_view kConditionKinds =
    "all any none event sequence attribute channel list segment compare sample";
inline constexpr std::string_view kFilterKinds = "all any none property item clock";
inline constexpr std::string_view kMeasureFunctionNames =
    "count sum avg min max distinct first last active";
inline constexpr std::string_view kClockUnitNames = "hour weekday day_of_month month";
inline constexpr std::string_view kCalendarUnitNames = "hour day week month quarter year";
/// Units that `active` counts: the first CalendarUnits.
inline constexpr std::string_view kActiveUnitNames = "hour day week month";
/// Units of a calendar window: all CalendarUnits but the first.
inline constexpr std::string_view kCalendarWindowUnitNames = "day week month quarter year";
inline constexpr std::string_view kDurationUnitNames =
    "seconds minutes hours days weeks months years";
/// In the order of Expression::Kind from kAdd on.
inline constexpr std::string_view kArithmeticNames = "add sub mul div";
inline constexpr std::string_view kChannelOperatorNames = "reachable unreachable";
inline constexpr std::string_view kMembershipOperatorNames = "in not_in";

/// The name at `position`, or "" beyond the last.
std::string_view nameAt(std::string_view names, size_t position);

/// The position of `name`, if it is in the list.
std::optional<size_t> positionOfName(std::string_view names, std::string_view name);

/// The name that differs from `given` by a typing error or two, or "".
std::string_view nearestName(std::string_view names, std::string_view given);

/// Whether `given` is `name` with a typing error or two, and with fewer than `errors`, which
/// becomes their number. Letters of either case are equal. To begin with: kMaxTypingErrors + 1.
bool isNearer(std::string_view name, std::string_view given, size_t& errors);
inline constexpr size_t kMaxTypingErrors = 2;

/// What stands on the wanted side of an operator.
enum class OperandType : uint8_t {
  kNothing,
  kScalar,      ///< a text, number or boolean
  kScalarList,  ///< one or more of them
  kNumber,
  kNumberRange,  ///< two, ascending
  kText,
  kDate,
  kDateRange,  ///< two, ascending
  kDuration,
  kDays,  ///< a duration in days
};

/// Where a comparison stands. Each place takes some operators only; bits of OperatorTraits::places.
enum class ComparisonPlace : uint8_t {
  kAttribute = 1,   ///< an attribute of the contact
  kProperty = 2,    ///< a property of an event; the measures first and last
  kNumber = 4,      ///< the other measures, and clock
  kExpression = 8,  ///< compare
};

/// What is known of an operator.
struct OperatorTraits {
  std::string_view name;
  OperandType operand = OperandType::kNothing;
  uint8_t places = 0;  ///< of ComparisonPlace
  bool takesIgnoreCase = false;
  /// The operator that this one is the exact negation of; itself when it is none.
  Operator positive = Operator::kEqual;
};

const OperatorTraits& traitsOf(Operator op);

inline bool isAllowedIn(const OperatorTraits& traits, ComparisonPlace place) {
  return (traits.places & static_cast<uint8_t>(place)) != 0;
}

inline bool isNegative(Operator op) { return traitsOf(op).positive != op; }

inline std::string_view operatorName(Operator op) { return traitsOf(op).name; }

std::optional<Operator> findOperator(std::string_view name);

inline constexpr size_t kOperatorCount = static_cast<size_t>(Operator::kDateAnniversaryInNext) + 1;

}  // namespace fosterflow

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "time/calendar.h"
#include "time/duration.h"
#include "time/instant.h"
#include "values/value.h"

namespace fosterflow {

// The checked tree of a segment: what the JSON said, with every parameter replaced by its value in
// force and every default filled in. Nothing in it can be wrong any more; a reader of it needs no
// error path.

/// A dotted path taken apart (values/path.h).
using Path = std::vector<std::string>;

enum class Operator : uint8_t {
  kEqual,
  kNotEqual,
  kIn,
  kNotIn,
  kIsSet,
  kIsNotSet,
  kGreater,
  kGreaterOrEqual,
  kLess,
  kLessOrEqual,
  kBetween,
  kNotBetween,
  kContains,
  kNotContains,
  kStartsWith,
  kEndsWith,
  kLike,
  kNotLike,
  kIncludesAny,
  kIncludesAll,
  kIncludesNone,
  kDateBefore,
  kDateAfter,
  kDateBetween,
  kDateInLast,
  kDateMoreThanAgo,
  kDateInNext,
  kDateMoreThanAhead,
  kDateAnniversaryInNext,
};

/// The wanted side of a comparison: nothing, a literal (or the value of a parameter), or an
/// attribute of the contact.
struct Operand {
  enum class Kind : uint8_t { kNone, kLiteral, kAttribute };
  Kind kind = Kind::kNone;
  ValueTree literal;  ///< kLiteral: a scalar, or an array for in, between, includes_*, date_between
  Path attribute;     ///< kAttribute
};

/// `<observed> op value`.
struct Comparison {
  Operator op = Operator::kGreaterOrEqual;
  Operand value;
  bool ignoreCase = false;
  Duration duration;  ///< date_in_last, date_more_than_ago, date_in_next, date_more_than_ahead
  int64_t anniversaryDays =
      0;  ///< date_anniversary_in_next; at most 366, from where on every date is meant
};

enum class GroupKind : uint8_t { kAll, kAny, kNone };

enum class ClockUnit : uint8_t { kHour, kWeekday, kDayOfMonth, kMonth };

/// Says whether an event (or an element of one of its arrays) matches. Does not change with time.
struct PropertyFilter {
  enum class Kind : uint8_t { kGroup, kProperty, kItem, kClock };
  Kind kind = Kind::kProperty;
  GroupKind group = GroupKind::kAll;       ///< kGroup
  std::vector<PropertyFilter> children;    ///< kGroup: 1 or more; kItem: exactly one
  Path path;                               ///< kProperty: the property; kItem: the array
  ClockUnit clockUnit = ClockUnit::kHour;  ///< kClock
  Comparison comparison;                   ///< kProperty, kClock
};

/// The events of one of some names that pass a filter.
struct EventSelector {
  std::vector<std::string> names;  ///< 1 or more, not empty, sorted by code point, distinct
  std::optional<PropertyFilter> where;
};

/// Which part of the time line counts, seen from now (spec 2.5).
struct Window {
  enum class Kind : uint8_t { kAllTime, kLast, kBetween, kBefore, kFromTo, kCalendar };
  Kind kind = Kind::kAllTime;
  Duration longer;   ///< kLast, kBefore: the duration; kBetween: the first, longer one
  Duration shorter;  ///< kBetween: the second
  std::optional<ValueTree> from,
      to;  ///< kFromTo: epoch milliseconds or a date text (zone-dependent)
  CalendarUnit unit = CalendarUnit::kDay;  ///< kCalendar: day … year
  int64_t count = 1;     ///< kCalendar: ≥ 1, limited to what the range of time holds
  bool current = false;  ///< kCalendar
  std::optional<EventSelector> since;
};

enum class MeasureFunction : uint8_t {
  kCount,
  kSum,
  kAverage,
  kMin,
  kMax,
  kDistinct,
  kFirst,
  kLast,
  kActive
};

struct Measure {
  MeasureFunction function = MeasureFunction::kCount;
  Path property;                           ///< all but kCount and kActive
  CalendarUnit unit = CalendarUnit::kDay;  ///< kActive: hour, day, week, month
};

/// A value measured over events: what an event condition compares and an expression uses.
struct Metric {
  EventSelector events;
  Measure measure;
  Window window;
};

struct SequenceStep {
  EventSelector events;
  bool absent = false;
  std::optional<Duration> within;
};

/// The operand of a compare condition.
struct Expression {
  enum class Kind : uint8_t {
    kNumber,
    kAttribute,
    kMetric,
    kAdd,
    kSubtract,
    kMultiply,
    kDivide,
    kMissing
  };
  Kind kind = Kind::kNumber;
  double number = 0;                 ///< kNumber
  Path attribute;                    ///< kAttribute
  std::unique_ptr<Metric> metric;    ///< kMetric
  std::vector<Expression> operands;  ///< arithmetic: exactly two
  // kMissing: a parameter whose value is no number.
};

struct Condition {
  enum class Kind : uint8_t {
    kGroup,
    kEvent,
    kSequence,
    kAttribute,
    kChannel,
    kList,
    kSegment,
    kCompare,
    kSample,
  };
  Kind kind = Kind::kGroup;
  GroupKind group = GroupKind::kAll;  ///< kGroup
  std::vector<Condition> children;    ///< kGroup: 1 or more
  std::unique_ptr<Metric> metric;     ///< kEvent
  Comparison comparison;              ///< kEvent, kAttribute; kCompare: only `op`
  Path attribute;                     ///< kAttribute
  std::string name;                   ///< kChannel, kList, kSegment: its name; kSample: the salt
  bool negated = false;               ///< kChannel: unreachable; kList, kSegment: not_in
  std::vector<SequenceStep> steps;    ///< kSequence
  Window window;                      ///< kSequence
  std::unique_ptr<Expression> left, right;  ///< kCompare
  double percent = 0;                       ///< kSample: 0…100
};

/// A segment, checked.
struct Definition {
  std::string id;
  std::string name;
  std::string description;
  std::string timezone = "UTC";  ///< an IANA name that the host knows, or "contact"
  Condition when;
  std::string hash;  ///< first 16 hex digits of SHA-256 of the canonical definition
  std::vector<std::string> parameterNames;  ///< declared, sorted
};

inline constexpr const char* kContactTimezone = "contact";

}  // namespace fosterflow

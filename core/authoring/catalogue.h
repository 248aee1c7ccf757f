#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace fosterflow {

/// Everything that is said to people about a rule. What each is for, and what its places stand for,
/// is best seen in the English catalogue.
enum class Text : uint8_t {
  // Values and lists of them.
  kQuoted,
  kTrue,
  kFalse,
  kNothing,
  kAnObject,
  kEmptyList,
  kNext,
  kLastOr,
  kLastAnd,
  kMore,
  kOwn,
  kIgnoringCase,
  // Spans of time, %1 of a unit.
  kMilliseconds,
  kSeconds,
  kMinutes,
  kHours,
  kDays,
  kMonths,
  kYears,
  // Calendar units, in the order of CalendarUnit: one, and %1 of them.
  kUnitHour,
  kUnitDay,
  kUnitWeek,
  kUnitMonth,
  kUnitQuarter,
  kUnitYear,
  kUnitHours,
  kUnitDays,
  kUnitWeeks,
  kUnitMonths,
  kUnitQuarters,
  kUnitYears,
  // Operators, in the order of Operator: %1 is compared, with %2 (and %3).
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
  kDateAnniversary,
  kDateAnniversaryToday,
  kBetweenGiven,
  kNotBetweenGiven,
  // How often events happened: %1 the events, %2 (and %3) the number.
  kHappenedOnce,
  kHappenedAtLeast,
  kHappenedMoreThan,
  kHappenedLessThan,
  kHappenedAtMost,
  kHappenedExactly,
  kHappenedNotExactly,
  kDidNotHappen,
  kHappenedBetween,
  kHappenedNotBetween,
  // What is measured, in the order of MeasureFunction: %1 the events, %2 the property or unit.
  kCountOf,
  kSumOf,
  kAverageOf,
  kMinOf,
  kMaxOf,
  kDistinctOf,
  kFirstOf,
  kLastOf,
  kActiveOf,
  kManyHours,
  kManyDays,
  kManyWeeks,
  kManyMonths,
  // Which events: %1 their names, %2 the filter.
  kWhere,
  kInWindow,
  kAnd,
  kOr,
  kNot,
  kParentheses,
  kEntryWhere,
  kClockHour,
  kClockWeekday,
  kClockDayOfMonth,
  kClockMonth,
  // Windows.
  kInLast,
  kBetweenAgo,
  kBeforeAgo,
  kFromTo,
  kFrom,
  kTo,
  kCurrentUnit,
  kCurrentUnits,
  kPreviousUnit,
  kPreviousUnits,
  kSince,
  kAndSince,
  // Sequences: %1 what came before, %2 the step, %3 its span.
  kFirstStep,
  kThen,
  kStepWithin,
  kNoStep,
  kAllInWindow,
  // The other conditions.
  kReachable,
  kUnreachable,
  kOnList,
  kNotOnList,
  kInSegment,
  kNotInSegment,
  kInSample,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kNoNumber,
  kAllOf,
  kAnyOf,
  kNoneOf,
  // What was found.
  kFoundNever,
  kFoundTimes,
  kFoundValue,
  kFoundNoEvent,
  kFoundUnknown,
  kFoundSteps,
  kFoundMatch,
  kFoundWaiting,
  kFoundUndone,
  kFoundReachable,
  kFoundUnreachable,
  kFoundOnList,
  kFoundNotOnList,
  kFoundInSegment,
  kFoundNotInSegment,
  kFoundPoint,
  kFoundSides,
  kFoundHolding,
  // What is missing.
  kMissingEvents,
  kTooManyEvents,
  kMissingAmount,
  kTooMuch,
  kMissingSide,
  kMissingMoreThanSide,
  kTooMuchSide,
  kTooMuchThanSide,
  kMissingThat,
  kMissingThatNow,
  kNowUnknown,
  kNowNoEvent,
  kNowNoNumber,
  kMissingStep,
  kMissingTime,
  kMissingRestart,
  kMissingDraw,
  kMissingOfAll,
  kMissingOfAny,
  kMissingOfNone,
  kMustNot,
  // About the contact.
  kPartialHistory,
  kNoContact,
};

inline constexpr size_t kTextCount = static_cast<size_t>(Text::kNoContact) + 1;

/// The texts of one language; another language is another of these, and nothing else. A form has
/// places, %1 to %9, for what is put in, and alternatives {one|many}, of which a number chooses.
/// Phrases (authoring/phrase.h) decide which forms stand in which; how they read is decided here.
class Catalogue {
 public:
  struct Entry {
    Text text;
    std::string_view form;
  };

  /// `entries`: every Text once, in their order; outlives the catalogue.
  constexpr explicit Catalogue(const Entry* entries) : entries_(entries) {}

  /// The text with `parts` in its places. A place without a part is left as it is.
  [[nodiscard]] std::string say(Text text,
                                std::initializer_list<std::string_view> parts = {}) const;

  /// The same for a text that depends on a number: the first alternative is taken for 1.
  [[nodiscard]] std::string say(Text text, double number,
                                std::initializer_list<std::string_view> parts) const;

  /// A phrase as a sentence of its own: capital letter, full stop.
  [[nodiscard]] std::string sentence(std::string phrase) const;

 private:
  const Entry* entries_;
};

const Catalogue& englishCatalogue();

}  // namespace fosterflow

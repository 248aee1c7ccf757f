#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace fosterflow {

/// Everything that is said to people about a rule. What each is for, and what its places stand for,
/// is best seen in the English catalogue.
enum class Text : uint8_t {
  // Values and lists of them.
  kDecimalSign,
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

/// `form` with `parts` in its places, %1 to %9, and of its alternatives {one|many} the one that
/// `number` chooses: the first for 1. A place without a part is left as it is.
std::string filled(std::string_view form, double number,
                   std::initializer_list<std::string_view> parts);

/// A phrase as a sentence of its own: capital letter, full stop.
std::string sentence(std::string phrase);

/// Texts of one language, one for each value of an enumeration; another language is another of
/// these, and nothing else. A form has places, %1 to %9, for what is put in, and alternatives
/// {one|many}, of which a number chooses. What is put into which form is decided elsewhere
/// (authoring/phrase.h); how it reads is decided here.
template <typename Id>
class TextsOf {
 public:
  struct Entry {
    Id text;
    std::string_view form;
  };

  /// `entries`: every Id once, in their order; outlives this.
  constexpr explicit TextsOf(const Entry* entries) : entries_(entries) {}

  /// The text with `parts` in its places.
  [[nodiscard]] std::string say(Id text, std::initializer_list<std::string_view> parts = {}) const {
    return filled(formOf(text), 0, parts);
  }

  /// The same for a text that depends on a number.
  [[nodiscard]] std::string say(Id text, double number,
                                std::initializer_list<std::string_view> parts) const {
    return filled(formOf(text), number, parts);
  }

  [[nodiscard]] std::string sentence(std::string phrase) const {
    return fosterflow::sentence(std::move(phrase));
  }

 private:
  [[nodiscard]] std::string_view formOf(Id text) const {
    return entries_[static_cast<size_t>(text)].form;
  }

  const Entry* entries_;
};

/// Whether `entries` has every one of the `count` values of its enumeration, in their order.
template <typename Entry, size_t count>
constexpr bool areInOrder(const Entry (&entries)[count]) {
  for (size_t index = 0; index < count; ++index) {
    if (static_cast<size_t>(entries[index].text) != index) return false;
  }
  return true;
}

/// The texts of phrases and explanations.
using Catalogue = TextsOf<Text>;

const Catalogue& englishCatalogue();
const Catalogue& germanCatalogue();

/// The catalogue of the language with this BCP 47 code; nullptr when there is none.
const Catalogue* findCatalogue(std::string_view code);

/// The codes, separated by spaces.
inline constexpr std::string_view kLanguageCodes = "en de";

}  // namespace fosterflow

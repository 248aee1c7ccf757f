#include <iterator>

#include "authoring/catalogue.h"

namespace fosterflow {

namespace {

constexpr Catalogue::Entry kEntries[] = {
    // Values and lists of them.
    {Text::kQuoted, "\"%1\""},
    {Text::kTrue, "true"},
    {Text::kFalse, "false"},
    {Text::kNothing, "nothing"},
    {Text::kAnObject, "an object"},
    {Text::kEmptyList, "an empty list"},
    {Text::kNext, "%1, %2"},
    {Text::kLastOr, "%1 or %2"},
    {Text::kLastAnd, "%1 and %2"},
    {Text::kMore, "%1 and %2 more"},
    {Text::kOwn, "the contact's %1"},
    {Text::kIgnoringCase, "%1 (in upper or lower case)"},
    // Spans of time, %1 of a unit.
    {Text::kMilliseconds, "%1 {millisecond|milliseconds}"},
    {Text::kSeconds, "%1 {second|seconds}"},
    {Text::kMinutes, "%1 {minute|minutes}"},
    {Text::kHours, "%1 {hour|hours}"},
    {Text::kDays, "%1 {day|days}"},
    {Text::kMonths, "%1 {month|months}"},
    {Text::kYears, "%1 {year|years}"},
    // Calendar units, in the order of CalendarUnit: one, and %1 of them.
    {Text::kUnitHour, "hour"},
    {Text::kUnitDay, "day"},
    {Text::kUnitWeek, "week"},
    {Text::kUnitMonth, "month"},
    {Text::kUnitQuarter, "quarter"},
    {Text::kUnitYear, "year"},
    {Text::kUnitHours, "%1 {hour|hours}"},
    {Text::kUnitDays, "%1 {day|days}"},
    {Text::kUnitWeeks, "%1 {week|weeks}"},
    {Text::kUnitMonths, "%1 {month|months}"},
    {Text::kUnitQuarters, "%1 {quarter|quarters}"},
    {Text::kUnitYears, "%1 {year|years}"},
    // Operators, in the order of Operator: %1 is compared, with %2 (and %3).
    {Text::kEqual, "%1 is %2"},
    {Text::kNotEqual, "%1 is not %2"},
    {Text::kIn, "%1 is %2"},
    {Text::kNotIn, "%1 is not %2"},
    {Text::kIsSet, "%1 is known"},
    {Text::kIsNotSet, "%1 is not known"},
    {Text::kGreater, "%1 is more than %2"},
    {Text::kGreaterOrEqual, "%1 is at least %2"},
    {Text::kLess, "%1 is less than %2"},
    {Text::kLessOrEqual, "%1 is at most %2"},
    {Text::kBetween, "%1 is between %2 and %3"},
    {Text::kNotBetween, "%1 is not between %2 and %3"},
    {Text::kContains, "%1 contains %2"},
    {Text::kNotContains, "%1 does not contain %2"},
    {Text::kStartsWith, "%1 starts with %2"},
    {Text::kEndsWith, "%1 ends with %2"},
    {Text::kLike, "%1 looks like %2"},
    {Text::kNotLike, "%1 does not look like %2"},
    {Text::kIncludesAny, "%1 includes %2"},
    {Text::kIncludesAll, "%1 includes %2"},
    {Text::kIncludesNone, "%1 does not include %2"},
    {Text::kDateBefore, "%1 is before %2"},
    {Text::kDateAfter, "%1 is after %2"},
    {Text::kDateBetween, "%1 is between %2 and %3"},
    {Text::kDateInLast, "%1 is in the last %2"},
    {Text::kDateMoreThanAgo, "%1 is more than %2 ago"},
    {Text::kDateInNext, "%1 is in the next %2"},
    {Text::kDateMoreThanAhead, "%1 is more than %2 ahead"},
    {Text::kDateAnniversary, "%1 has its anniversary today or in the next %2"},
    {Text::kDateAnniversaryToday, "%1 has its anniversary today"},
    {Text::kBetweenGiven, "%1 is between the two in %2"},
    {Text::kNotBetweenGiven, "%1 is not between the two in %2"},
    // How often events happened: %1 the events, %2 (and %3) the number.
    {Text::kHappenedOnce, "%1 happened at least once"},
    {Text::kHappenedAtLeast, "%1 happened at least %2 {time|times}"},
    {Text::kHappenedMoreThan, "%1 happened more than %2 {time|times}"},
    {Text::kHappenedLessThan, "%1 happened less than %2 {time|times}"},
    {Text::kHappenedAtMost, "%1 happened at most %2 {time|times}"},
    {Text::kHappenedExactly, "%1 happened exactly %2 {time|times}"},
    {Text::kHappenedNotExactly, "%1 did not happen exactly %2 {time|times}"},
    {Text::kDidNotHappen, "%1 did not happen"},
    {Text::kHappenedBetween, "%1 happened %2 to %3 times"},
    {Text::kHappenedNotBetween, "%1 did not happen %2 to %3 times"},
    // What is measured, in the order of MeasureFunction: %1 the events, %2 the property or unit.
    {Text::kCountOf, "the number of times that %1 happened"},
    {Text::kSumOf, "the sum of %2 over %1"},
    {Text::kAverageOf, "the average %2 of %1"},
    {Text::kMinOf, "the smallest %2 of %1"},
    {Text::kMaxOf, "the largest %2 of %1"},
    {Text::kDistinctOf, "the number of different values of %2 of %1"},
    {Text::kFirstOf, "the first %2 of %1"},
    {Text::kLastOf, "the latest %2 of %1"},
    {Text::kActiveOf, "the number of %2 with %1"},
    {Text::kManyHours, "hours"},
    {Text::kManyDays, "days"},
    {Text::kManyWeeks, "weeks"},
    {Text::kManyMonths, "months"},
    // Which events: %1 their names, %2 the filter.
    {Text::kWhere, "%1 (where %2)"},
    {Text::kInWindow, "%1 %2"},
    {Text::kAnd, "%1 and %2"},
    {Text::kOr, "%1 or %2"},
    {Text::kNot, "not (%1)"},
    {Text::kParentheses, "(%1)"},
    {Text::kEntryWhere, "in one entry of %1, %2"},
    {Text::kClockHour, "the hour of the day"},
    {Text::kClockWeekday, "the weekday (Monday is 1)"},
    {Text::kClockDayOfMonth, "the day of the month"},
    {Text::kClockMonth, "the month (January is 1)"},
    // Windows.
    {Text::kInLast, "in the last %1"},
    {Text::kBetweenAgo, "between %1 and %2 ago"},
    {Text::kBeforeAgo, "more than %1 ago"},
    {Text::kFromTo, "from %1 until before %2"},
    {Text::kFrom, "from %1 on"},
    {Text::kTo, "before %1"},
    {Text::kCurrentUnit, "in the current %1"},
    {Text::kCurrentUnits, "in the current %1 and the %2 before it"},
    {Text::kPreviousUnit, "in the previous %1"},
    {Text::kPreviousUnits, "in the previous %1"},
    {Text::kSince, "since the latest %1"},
    {Text::kAndSince, "%1 and since the latest %2"},
    // Sequences: %1 what came before, %2 the step, %3 its span.
    {Text::kFirstStep, "first %1"},
    {Text::kThen, "%1, then %2"},
    {Text::kStepWithin, "%1 within %2"},
    {Text::kNoStep, "no %1"},
    {Text::kAllInWindow, "%1, all %2"},
    // The other conditions.
    {Text::kReachable, "the contact can be reached by %1"},
    {Text::kUnreachable, "the contact cannot be reached by %1"},
    {Text::kOnList, "the contact is on the list %1"},
    {Text::kNotOnList, "the contact is not on the list %1"},
    {Text::kInSegment, "the contact is in the segment %1"},
    {Text::kNotInSegment, "the contact is not in the segment %1"},
    {Text::kInSample, "the contact is in the sample of %1 % called %2"},
    {Text::kAdd, "%1 + %2"},
    {Text::kSubtract, "%1 − %2"},
    {Text::kMultiply, "%1 × %2"},
    {Text::kDivide, "%1 ÷ %2"},
    {Text::kNoNumber, "a parameter that is no number"},
    {Text::kAllOf, "all of these hold"},
    {Text::kAnyOf, "at least one of these holds"},
    {Text::kNoneOf, "none of these holds"},
    // What was found.
    {Text::kFoundNever, "It did not happen."},
    {Text::kFoundTimes, "It happened {once|%1 times}."},
    {Text::kFoundValue, "It is %1."},
    {Text::kFoundNoEvent, "There is no such event."},
    {Text::kFoundUnknown, "It is not known."},
    {Text::kFoundSteps, "%1 of %2 steps {is|are} there."},
    {Text::kFoundMatch, "All steps are there."},
    {Text::kFoundWaiting, "All events are there; that nothing else follows is certain on %1."},
    {Text::kFoundUndone, "All events were there, but then came %1."},
    {Text::kFoundReachable, "It can be reached."},
    {Text::kFoundUnreachable, "It cannot be reached."},
    {Text::kFoundOnList, "It is on the list."},
    {Text::kFoundNotOnList, "It is not on the list."},
    {Text::kFoundInSegment, "It is in the segment."},
    {Text::kFoundNotInSegment, "It is not in the segment."},
    {Text::kFoundPoint, "Its place is %1 of 100."},
    {Text::kFoundSides, "The sides are %1 and %2."},
    {Text::kFoundHolding, "%1 of %2 {holds|hold}."},
    // What is missing.
    {Text::kMissingEvents, "%1 more %2"},
    {Text::kTooManyEvents, "%1 too many of %2"},
    {Text::kMissingAmount, "%1 more in %2"},
    {Text::kTooMuch, "%1 too much in %2"},
    {Text::kMissingThat, "that %1"},
    {Text::kMissingThatNow, "that %1 (now: %2)"},
    {Text::kNowUnknown, "not known"},
    {Text::kNowNoEvent, "no such event"},
    {Text::kNowNoNumber, "no number"},
    {Text::kMissingStep, "the next step: %1"},
    {Text::kMissingTime, "nothing but time, until %1"},
    {Text::kMissingRestart, "all steps again, since %1 came"},
    {Text::kMissingDraw, "nothing can be done: the draw of a sample never changes"},
    {Text::kMissingOfAll, "%1 of %2 conditions {does|do} not hold"},
    {Text::kMissingOfAny, "none of %1 {condition|conditions} holds; one is enough"},
    {Text::kMissingOfNone, "%1 {condition holds|conditions hold} that must not"},
    {Text::kMustNot, "this must not be so: %1"},
    // About the contact.
    {Text::kPartialHistory, "The history is complete only for events later than %1, so the answer rests on a part of it."},
    {Text::kNoContact, "Nothing is known of this contact, so it is in no segment."},
};

static_assert(std::size(kEntries) == kTextCount);

constexpr bool areInOrder() {
  for (size_t index = 0; index < kTextCount; ++index) {
    if (static_cast<size_t>(kEntries[index].text) != index) return false;
  }
  return true;
}
static_assert(areInOrder(), "the entries stand in the order of Text");

constexpr Catalogue kEnglish(kEntries);

}  // namespace

const Catalogue& englishCatalogue() { return kEnglish; }

}  // namespace fosterflow

#include "time/calendar.h"

#include <gtest/gtest.h>

#include "time/zones.h"

namespace fosterflow {
namespace {

constexpr CalendarUnit kUnits[] = {CalendarUnit::kHour,    CalendarUnit::kDay,
                                   CalendarUnit::kWeek,    CalendarUnit::kMonth,
                                   CalendarUnit::kQuarter, CalendarUnit::kYear};

int64_t startOf(int64_t local, CalendarUnit unit) {
  return localStartOfUnit(calendarUnitOfLocal(local, unit), unit);
}

TEST(Calendars, FindTheStartOfAUnit) {
  const int64_t local = at(2026, 11, 25, 13, 45, 10, 7);
  EXPECT_EQ(startOf(local, CalendarUnit::kHour), at(2026, 11, 25, 13));
  EXPECT_EQ(startOf(local, CalendarUnit::kDay), at(2026, 11, 25));
  EXPECT_EQ(startOf(local, CalendarUnit::kWeek), at(2026, 11, 23));
  EXPECT_EQ(startOf(local, CalendarUnit::kMonth), at(2026, 11, 1));
  EXPECT_EQ(startOf(local, CalendarUnit::kQuarter), at(2026, 10, 1));
  EXPECT_EQ(startOf(local, CalendarUnit::kYear), at(2026, 1, 1));
}

TEST(Calendars, FindItBefore1970) {
  const int64_t local = at(1969, 12, 28, 23, 59);  // a Sunday
  EXPECT_EQ(startOf(local, CalendarUnit::kHour), at(1969, 12, 28, 23));
  EXPECT_EQ(startOf(local, CalendarUnit::kWeek), at(1969, 12, 22));
  EXPECT_EQ(startOf(local, CalendarUnit::kMonth), at(1969, 12, 1));
  EXPECT_EQ(startOf(local, CalendarUnit::kQuarter), at(1969, 10, 1));
  EXPECT_EQ(startOf(local, CalendarUnit::kYear), at(1969, 1, 1));
  EXPECT_EQ(startOf(at(1969, 12, 29), CalendarUnit::kWeek), at(1969, 12, 29));
  EXPECT_EQ(startOf(at(-5, 2, 3), CalendarUnit::kQuarter), at(-5, 1, 1));
}

TEST(Calendars, NumberUnitsConsecutively) {
  for (const CalendarUnit unit : kUnits) {
    int64_t number = calendarUnitOfLocal(at(1967, 1, 1), unit);
    for (int64_t local = at(1967, 1, 1); local < at(1973, 1, 1); local += kHour / 2) {
      const int64_t current = calendarUnitOfLocal(local, unit);
      ASSERT_TRUE(current == number || current == number + 1);
      number = current;
      ASSERT_LE(localStartOfUnit(current, unit), local);
      ASSERT_GT(localStartOfUnit(current + 1, unit), local);
      ASSERT_EQ(calendarUnitOfLocal(localStartOfUnit(current, unit), unit), current);
      ASSERT_EQ(calendarUnitOfLocal(localStartOfUnit(current, unit) - 1, unit), current - 1);
    }
  }
}

TEST(Calendars, StartInTheZone) {
  const Zone zone = berlin();
  const int64_t day = calendarUnitOfLocal(at(2026, 3, 29), CalendarUnit::kDay);
  EXPECT_EQ(startOfUnit(day, CalendarUnit::kDay, zone), at(2026, 3, 28, 23));
  EXPECT_EQ(startOfUnit(day + 1, CalendarUnit::kDay, zone), at(2026, 3, 29, 22));
  // The hour that does not exist starts where the next one does.
  const int64_t hour = calendarUnitOfLocal(at(2026, 3, 29, 2), CalendarUnit::kHour);
  EXPECT_EQ(startOfUnit(hour, CalendarUnit::kHour, zone), at(2026, 3, 29, 1));
  EXPECT_EQ(startOfUnit(hour + 1, CalendarUnit::kHour, zone), at(2026, 3, 29, 1));
  // The day that Apia skipped.
  const int64_t skipped = calendarUnitOfLocal(at(2011, 12, 30), CalendarUnit::kDay);
  EXPECT_EQ(startOfUnit(skipped, CalendarUnit::kDay, apia()), at(2011, 12, 30, 10));
}

TEST(Calendars, CountARepeatedHourOnce) {
  const Zone zone = berlin();
  const auto hourAt = [&zone](Instant instant) {
    return calendarUnitOfLocal(zone.toLocal(instant), CalendarUnit::kHour);
  };
  EXPECT_EQ(hourAt(at(2026, 10, 25, 0, 30)), hourAt(at(2026, 10, 25, 1, 30)));
  EXPECT_EQ(hourAt(at(2026, 10, 25, 2, 30)), hourAt(at(2026, 10, 25, 1, 30)) + 1);
}

TEST(Calendars, ClampFarUnits) {
  for (const CalendarUnit unit : kUnits) {
    for (const int64_t far : {int64_t{10'000'000'000'000}, INT64_MAX}) {
      EXPECT_EQ(startOfUnit(far, unit, berlin()), kMaxInstant);
      EXPECT_EQ(startOfUnit(-far, unit, berlin()), kMinInstant);
    }
    // The last units of time are still told apart.
    const int64_t last = calendarUnitOfLocal(kMaxInstant, unit);
    const int64_t first = calendarUnitOfLocal(kMinInstant, unit);
    EXPECT_LE(localStartOfUnit(last, unit), kMaxInstant);
    EXPECT_GT(localStartOfUnit(last + 1, unit), kMaxInstant);
    EXPECT_LE(localStartOfUnit(first, unit), kMinInstant);
    EXPECT_GT(localStartOfUnit(first + 1, unit), kMinInstant);
  }
}

}  // namespace
}  // namespace fosterflow

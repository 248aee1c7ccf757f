#include "time/civil.h"

#include <gtest/gtest.h>

namespace fosterflow {
namespace {

TEST(Civil, KnowsFamousDays) {
  EXPECT_EQ(daysFromCivil({1970, 1, 1}), 0);
  EXPECT_EQ(daysFromCivil({1970, 1, 2}), 1);
  EXPECT_EQ(daysFromCivil({1969, 12, 31}), -1);
  EXPECT_EQ(daysFromCivil({2000, 2, 29}), 11'016);
  EXPECT_EQ(daysFromCivil({2026, 11, 23}), 20'780);
  EXPECT_EQ(daysFromCivil({0, 1, 1}), -719'528);
  EXPECT_EQ(daysFromCivil({275'760, 9, 13}), 100'000'000);
  EXPECT_EQ(daysFromCivil({-271'821, 4, 20}), -100'000'000);
}

TEST(Civil, CountsEveryDayOfEightCenturies) {
  CivilDate date = {-400, 1, 1};
  int64_t days = daysFromCivil(date);
  int32_t weekday = weekdayOfDays(days);
  while (date.year < 400) {
    ASSERT_EQ(daysFromCivil(date), days);
    const CivilDate back = civilFromDays(days);
    ASSERT_EQ(back.year, date.year);
    ASSERT_EQ(back.month, date.month);
    ASSERT_EQ(back.day, date.day);
    ASSERT_EQ(weekdayOfDays(days), weekday);
    ++days;
    weekday = weekday % 7 + 1;
    if (++date.day > daysInMonth(date.year, date.month)) {
      date.day = 1;
      if (++date.month > 12) {
        date.month = 1;
        ++date.year;
      }
    }
  }
}

TEST(Civil, RoundTripsFarDays) {
  for (int64_t days = -320'000'000; days <= 320'000'000; days += 99'991) {
    ASSERT_EQ(daysFromCivil(civilFromDays(days)), days);
  }
}

TEST(Civil, KnowsLeapYears) {
  EXPECT_TRUE(isLeapYear(2024));
  EXPECT_TRUE(isLeapYear(2000));
  EXPECT_TRUE(isLeapYear(0));
  EXPECT_TRUE(isLeapYear(-4));
  EXPECT_TRUE(isLeapYear(-400));
  EXPECT_FALSE(isLeapYear(2026));
  EXPECT_FALSE(isLeapYear(1900));
  EXPECT_FALSE(isLeapYear(2100));
  EXPECT_FALSE(isLeapYear(-1));
  EXPECT_FALSE(isLeapYear(-100));
}

TEST(Civil, KnowsTheLengthsOfMonths) {
  const int32_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  for (int32_t month = 1; month <= 12; ++month) {
    EXPECT_EQ(daysInMonth(2026, month), lengths[month - 1]) << month;
  }
  EXPECT_EQ(daysInMonth(2024, 2), 29);
}

TEST(Civil, KnowsWeekdays) {
  EXPECT_EQ(weekdayOfDays(0), 4);                              // Thursday
  EXPECT_EQ(weekdayOfDays(-1), 3);                             //
  EXPECT_EQ(weekdayOfDays(-3), 1);                             // Monday
  EXPECT_EQ(weekdayOfDays(-4), 7);                             // Sunday
  EXPECT_EQ(weekdayOfDays(daysFromCivil({2026, 11, 23})), 1);  // Monday
}

}  // namespace
}  // namespace fosterflow

#pragma once

#include <cstdint>

namespace fosterflow {

/// A date of the proleptic Gregorian calendar.
struct CivilDate {
  int32_t year = 1970;
  int32_t month = 1;  ///< 1…12
  int32_t day = 1;    ///< 1…31
};

/// Days since 1970-01-01 of a date, and back (Howard Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms").
int64_t daysFromCivil(const CivilDate& date);
CivilDate civilFromDays(int64_t days);

int32_t daysInMonth(int32_t year, int32_t month);
bool isLeapYear(int32_t year);

/// Monday 1 … Sunday 7.
int32_t weekdayOfDays(int64_t days);

}  // namespace fosterflow

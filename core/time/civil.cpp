#include "time/civil.h"

#include "time/instant.h"

namespace fosterflow {
namespace {

constexpr int64_t kDaysPerEra = 146'097;   // 400 years
constexpr int64_t kEpochOffset = 719'468;  // days from 0000-03-01 to 1970-01-01

}  // namespace

int64_t daysFromCivil(const CivilDate& date) {
  // Years begin in March here, so that the leap day is their last.
  const int64_t year = int64_t{date.year} - (date.month <= 2 ? 1 : 0);
  const int64_t era = floorDivide(year, 400);
  const int64_t yearOfEra = year - era * 400;
  const int64_t monthFromMarch = date.month > 2 ? date.month - 3 : date.month + 9;
  const int64_t dayOfYear = (153 * monthFromMarch + 2) / 5 + date.day - 1;
  const int64_t dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
  return era * kDaysPerEra + dayOfEra - kEpochOffset;
}

CivilDate civilFromDays(int64_t days) {
  const int64_t shifted = days + kEpochOffset;
  const int64_t era = floorDivide(shifted, kDaysPerEra);
  const int64_t dayOfEra = shifted - era * kDaysPerEra;
  const int64_t yearOfEra =
      (dayOfEra - dayOfEra / 1'460 + dayOfEra / 36'524 - dayOfEra / 146'096) / 365;
  const int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const int64_t monthFromMarch = (5 * dayOfYear + 2) / 153;
  CivilDate date;
  date.day = static_cast<int32_t>(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
  date.month = static_cast<int32_t>(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9);
  date.year = static_cast<int32_t>(yearOfEra + era * 400 + (date.month <= 2 ? 1 : 0));
  return date;
}

int32_t daysInMonth(int32_t year, int32_t month) {
  if (month == 2) return isLeapYear(year) ? 29 : 28;
  // Long months: odd up to July, even from August.
  return (month + month / 8) % 2 != 0 ? 31 : 30;
}

bool isLeapYear(int32_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int32_t weekdayOfDays(int64_t days) {
  // 1970-01-01 was a Thursday.
  return static_cast<int32_t>(days + 3 - floorDivide(days + 3, 7) * 7) + 1;
}

}  // namespace fosterflow

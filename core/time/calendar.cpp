#include "time/calendar.h"

#include <algorithm>

#include "time/civil.h"

namespace fosterflow {
namespace {

constexpr int64_t kDaysPerWeek = 7;
constexpr int64_t kMonthsPerYear = 12;
constexpr int64_t kMonthsPerQuarter = 3;
constexpr int64_t kEpochYear = 1970;
// 1970-01-01 was a Thursday: three days into its week.
constexpr int64_t kEpochWeekday = 3;
// Beyond every unit of every local time, and yet small enough to calculate with.
constexpr int64_t kFarthestDay = 2 * (kMaxInstant / kMillisecondsPerDay);

int64_t monthsPer(CalendarUnit unit) {
  if (unit == CalendarUnit::kMonth) return 1;
  return unit == CalendarUnit::kQuarter ? kMonthsPerQuarter : kMonthsPerYear;
}

int64_t limited(int64_t number, int64_t farthest) {
  return std::clamp(number, -farthest, farthest);
}

}  // namespace

int64_t calendarUnitOfLocal(int64_t local, CalendarUnit unit) {
  if (unit == CalendarUnit::kHour) return floorDivide(local, kMillisecondsPerHour);
  const int64_t days = floorDivide(local, kMillisecondsPerDay);
  if (unit == CalendarUnit::kDay) return days;
  if (unit == CalendarUnit::kWeek) return floorDivide(days + kEpochWeekday, kDaysPerWeek);
  const CivilDate date = civilFromDays(days);
  const int64_t months = (date.year - kEpochYear) * kMonthsPerYear + date.month - 1;
  return floorDivide(months, monthsPer(unit));
}

int64_t localStartOfUnit(int64_t number, CalendarUnit unit) {
  switch (unit) {
    case CalendarUnit::kHour:
      return limited(number, kFarthestDay * 24) * kMillisecondsPerHour;
    case CalendarUnit::kDay:
      return limited(number, kFarthestDay) * kMillisecondsPerDay;
    case CalendarUnit::kWeek:
      return (limited(number, kFarthestDay / kDaysPerWeek) * kDaysPerWeek - kEpochWeekday) *
             kMillisecondsPerDay;
    default: {
      const int64_t months = limited(number, kFarthestDay / 31 / monthsPer(unit)) * monthsPer(unit);
      const int64_t years = floorDivide(months, kMonthsPerYear);
      CivilDate date;
      date.year = static_cast<int32_t>(kEpochYear + years);
      date.month = static_cast<int32_t>(months - years * kMonthsPerYear) + 1;
      return daysFromCivil(date) * kMillisecondsPerDay;
    }
  }
}

Instant startOfUnit(int64_t number, CalendarUnit unit, const Zone& zone) {
  return clampInstant(zone.fromLocal(localStartOfUnit(number, unit)));
}

}  // namespace fosterflow

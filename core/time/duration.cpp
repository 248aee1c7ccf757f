#include "time/duration.h"

#include <algorithm>

#include "time/civil.h"

namespace fosterflow {
namespace {

constexpr int64_t kMonthsPerYear = 12;
// Spans longer than all of time, so that sums of them stay within 64 bits.
constexpr int64_t kLongestSpan = kMaxInstant - kMinInstant + 1;
constexpr int64_t kLongestMonths = 600'000 * kMonthsPerYear;

Instant addMonths(Instant instant, int64_t months, const Zone& zone) {
  const int64_t local = zone.toLocal(instant);
  const int64_t days = floorDivide(local, kMillisecondsPerDay);
  const int64_t timeOfDay = local - days * kMillisecondsPerDay;
  CivilDate date = civilFromDays(days);
  const int64_t month = date.year * kMonthsPerYear + date.month - 1 + months;
  date.year = static_cast<int32_t>(floorDivide(month, kMonthsPerYear));
  date.month = static_cast<int32_t>(month - date.year * kMonthsPerYear) + 1;
  date.day = std::min(date.day, daysInMonth(date.year, date.month));
  return clampInstant(zone.fromLocal(daysFromCivil(date) * kMillisecondsPerDay + timeOfDay));
}

Instant shift(Instant instant, const Duration& duration, int64_t sign, const Zone& zone) {
  if (duration.isCalendar) {
    return addMonths(instant, sign * std::min(duration.months, kLongestMonths), zone);
  }
  return clampInstant(instant + sign * std::min(duration.milliseconds, kLongestSpan));
}

}  // namespace

Instant addDuration(Instant instant, const Duration& duration, const Zone& zone) {
  return shift(instant, duration, 1, zone);
}

Instant subtractDuration(Instant instant, const Duration& duration, const Zone& zone) {
  return shift(instant, duration, -1, zone);
}

}  // namespace fosterflow

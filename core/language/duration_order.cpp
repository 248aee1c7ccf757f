#include "language/duration_order.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "time/civil.h"
#include "time/instant.h"

namespace fosterflow {

namespace {

// The Gregorian calendar repeats after 400 years.
constexpr int64_t kCycleMonths = 4'800;
constexpr int64_t kCycleDays = 146'097;

// A zone may skip or repeat a day when it moves over the date line; that is no clock change.
constexpr int64_t kLongestClockChange = 12 * kMillisecondsPerHour;
constexpr int32_t kMaxStretches = 2'000;

struct DayBounds {
  int64_t fewest = 0;
  int64_t most = 0;
};

int64_t daysOfMonth(int64_t month) {
  const int64_t inCycle = month % kCycleMonths;
  return daysInMonth(2'000 + static_cast<int32_t>(inCycle / 12),
                     1 + static_cast<int32_t>(inCycle % 12));
}

// How many days the step back over `months` months takes, over all days on which it may start.
DayBounds daysOfMonths(int64_t months) {
  const int64_t rest = months % kCycleMonths;
  int64_t span = 0;
  for (int64_t month = 0; month < rest; ++month) {
    span += daysOfMonth(month);
  }
  DayBounds bounds{span, span};
  for (int64_t target = 0; target < kCycleMonths; ++target) {
    const int64_t start = target + rest;
    // From the last day of a long month the step goes to the last day of a shorter one.
    const int64_t clamped = std::max<int64_t>(0, daysOfMonth(start) - daysOfMonth(target));
    bounds.fewest = std::min(bounds.fewest, span);
    bounds.most = std::max(bounds.most, span + clamped);
    span += daysOfMonth(start) - daysOfMonth(target);
  }
  const int64_t cycles = months / kCycleMonths * kCycleDays;
  return {bounds.fewest + cycles, bounds.most + cycles};
}

// The largest clock change of a zone since 1970.
int64_t clockChangeOf(const Zone* zone) {
  if (zone == nullptr) {
    return kMillisecondsPerHour;
  }
  int64_t largest = 0;
  Instant at = zone->steadyUntil(0);
  for (int32_t count = 0; at != kNever && count < kMaxStretches; ++count) {
    const int64_t change = std::abs(zone->offsetAt(at) - zone->offsetAt(at - 1));
    if (change < kLongestClockChange) {
      largest = std::max(largest, change);
    }
    at = zone->steadyUntil(at);
  }
  return largest;
}

}  // namespace

bool isAlwaysLonger(const Duration& longer, const Duration& shorter, const Zone* zone) {
  if (longer.isCalendar && shorter.isCalendar) {
    return longer.months > shorter.months;
  }
  if (!longer.isCalendar && !shorter.isCalendar) {
    return longer.milliseconds > shorter.milliseconds;
  }
  const int64_t difference =
      longer.isCalendar
          ? daysOfMonths(longer.months).fewest * kMillisecondsPerDay - shorter.milliseconds
          : longer.milliseconds - daysOfMonths(shorter.months).most * kMillisecondsPerDay;
  // Nearly always that decides; to look at the clock changes is to ask for all of the zone.
  if (difference <= 0) return false;
  return difference >= kLongestClockChange || difference > clockChangeOf(zone);
}

}  // namespace fosterflow

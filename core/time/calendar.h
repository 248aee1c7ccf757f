#pragma once

#include <cstdint>

#include "time/instant.h"
#include "time/zone.h"

namespace fosterflow {

enum class CalendarUnit : uint8_t { kHour, kDay, kWeek, kMonth, kQuarter, kYear };

/// Numbers the calendar units of local time consecutively (weeks start on Monday), so that two
/// instants are in the same unit exactly when their numbers are equal. `local` as from
/// Zone::toLocal. An hour that a clock change repeats has one number.
int64_t calendarUnitOfLocal(int64_t local, CalendarUnit unit);

/// Local milliseconds at which unit number `number` starts.
int64_t localStartOfUnit(int64_t number, CalendarUnit unit);

/// The instant at which unit `number` starts in `zone`, clamped to the range of time.
Instant startOfUnit(int64_t number, CalendarUnit unit, const Zone& zone);

}  // namespace fosterflow

#pragma once

#include "language/place.h"
#include "language/reading.h"
#include "time/duration.h"

namespace fosterflow {

/// Reads {"days": 30} and the like. A longer one than the range of time counts as twice that range,
/// which reaches as far. False (and reported) when it is wrong.
bool readDuration(Reading& reading, const Place& place, Duration& out);

/// Reads a duration that must be in days, and gives their number, limited to a year of them.
bool readDays(Reading& reading, const Place& place, int64_t& out);

/// True when nothing is in a span of this length.
inline bool isEmptyDuration(const Duration& duration) {
  return duration.isCalendar ? duration.months == 0 : duration.milliseconds == 0;
}

}  // namespace fosterflow

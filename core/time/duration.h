#pragma once

#include <cstdint>

#include "time/instant.h"
#include "time/zone.h"

namespace fosterflow {

/// A span of time: an exact number of milliseconds, or calendar months (a year is 12).
struct Duration {
  int64_t milliseconds = 0;  ///< ≥ 0; used when months is 0
  int64_t months = 0;        ///< ≥ 0
  bool isCalendar = false;   ///< true: `months` counts, computed in a time zone
};

/// `instant` + `duration`. Calendar months keep the local time of day and clamp to the month's last
/// day; the resulting local time is turned into an instant by Zone::fromLocal. Clamped to the range
/// of time.
Instant addDuration(Instant instant, const Duration& duration, const Zone& zone);

/// `instant` − `duration`, likewise.
Instant subtractDuration(Instant instant, const Duration& duration, const Zone& zone);

}  // namespace fosterflow

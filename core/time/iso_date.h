#pragma once

#include <cstdint>
#include <string_view>

#include "time/instant.h"
#include "time/zone.h"

namespace fosterflow {

/// A date text taken apart: `YYYY-MM-DD` or `±YYYYYY-MM-DD`, then optionally `T`, `HH:MM`, `:SS`,
/// `.` and digits (beyond three cut off), then `Z`, `±HH:MM`, `±HHMM` or `±HH`.
struct IsoDate {
  int64_t local = 0;               ///< milliseconds, as if the written clock were UTC
  int64_t offsetMilliseconds = 0;  ///< meaningful when hasOffset
  bool hasTime = false;
  bool hasOffset = false;
};

/// False for anything else: hour 24, second 60, days that do not exist, offsets beyond ±23:59,
/// -000000, spaces, results outside the range of time.
bool parseIsoDate(std::string_view text, IsoDate& out);

/// The instant that `date` means; without offset it is local time of `zone` (Zone::fromLocal).
Instant instantOf(const IsoDate& date, const Zone& zone);

}  // namespace fosterflow

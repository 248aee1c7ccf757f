#pragma once

#include <deque>
#include <utility>

#include "time/civil.h"
#include "time/table_zones.h"
#include "time/zone.h"

namespace fosterflow {

/// Milliseconds of a date and time, as if the clock were UTC.
inline int64_t at(int32_t year, int32_t month, int32_t day, int64_t hour = 0, int64_t minute = 0,
                  int64_t second = 0, int64_t millisecond = 0) {
  return daysFromCivil({year, month, day}) * kMillisecondsPerDay + hour * kMillisecondsPerHour +
         minute * kMillisecondsPerMinute + second * kMillisecondsPerSecond + millisecond;
}

inline constexpr int64_t kHour = kMillisecondsPerHour;

/// A zone from a table.
inline Zone zoneOf(ZoneTable table) {
  static std::deque<TableZones> sources;
  sources.emplace_back(std::map<std::string, ZoneTable>{{"", std::move(table)}});
  return {&sources.back(), ""};
}

// The zones below come in pieces, as those of a host do.
inline constexpr int64_t kPieceLength = 100 * kMillisecondsPerDay;

/// Europe/Berlin in 2026: summer time from March 29, 02:00, to October 25, 03:00.
inline Zone berlin() {
  return zoneOf(
      {kHour, {{at(2026, 3, 29, 1), 2 * kHour}, {at(2026, 10, 25, 1), kHour}}, kPieceLength});
}

/// Australia/Lord_Howe in 2026, whose clocks move by half an hour.
inline Zone lordHowe() {
  return zoneOf(
      {11 * kHour,
       {{at(2026, 4, 4, 15), 10 * kHour + kHour / 2}, {at(2026, 10, 3, 15, 30), 11 * kHour}},
       kPieceLength});
}

/// Pacific/Apia, which had no December 30 in 2011.
inline Zone apia() {
  return zoneOf({-10 * kHour, {{at(2011, 12, 30, 10), 14 * kHour}}, kPieceLength});
}

/// A day that came twice: from +12 to -12 hours.
inline Zone repeatedDay() {
  return zoneOf({12 * kHour, {{at(1900, 1, 1, 12), -12 * kHour}}, kPieceLength});
}

}  // namespace fosterflow

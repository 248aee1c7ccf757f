#include "time/instant.h"

#include "time/civil.h"

namespace fosterflow {
namespace {

void appendPadded(std::string& out, int64_t number, int digits) {
  int64_t power = 1;
  for (int i = 1; i < digits; ++i) power *= 10;
  for (; power > 0; power /= 10) out.push_back(static_cast<char>('0' + number / power % 10));
}

}  // namespace

void appendIsoInstant(std::string& out, Instant instant) {
  const int64_t days = floorDivide(instant, kMillisecondsPerDay);
  const int64_t timeOfDay = instant - days * kMillisecondsPerDay;
  const CivilDate date = civilFromDays(days);
  if (date.year >= 0 && date.year <= 9'999) {
    appendPadded(out, date.year, 4);
  } else {
    out.push_back(date.year < 0 ? '-' : '+');
    appendPadded(out, date.year < 0 ? -int64_t{date.year} : date.year, 6);
  }
  out.push_back('-');
  appendPadded(out, date.month, 2);
  out.push_back('-');
  appendPadded(out, date.day, 2);
  out.push_back('T');
  appendPadded(out, timeOfDay / kMillisecondsPerHour, 2);
  out.push_back(':');
  appendPadded(out, timeOfDay / kMillisecondsPerMinute % 60, 2);
  out.push_back(':');
  appendPadded(out, timeOfDay / kMillisecondsPerSecond % 60, 2);
  out.push_back('.');
  appendPadded(out, timeOfDay % kMillisecondsPerSecond, 3);
  out.push_back('Z');
}

}  // namespace fosterflow

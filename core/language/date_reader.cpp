#include "language/date_reader.h"

#include <cmath>

#include "time/instant.h"
#include "time/iso_date.h"

namespace fosterflow {

namespace {

// The instants that a date may mean, depending on the zone.
struct Moment {
  Instant earliest = 0;
  Instant latest = 0;
  bool isLocal = false;
};

Moment momentOf(const ValueNode& value, const Zone* zone, const Interner& interner) {
  if (value.type == ValueType::kNumber) {
    const Instant instant = static_cast<Instant>(value.number);
    return {instant, instant, false};
  }
  IsoDate date;
  parseIsoDate(interner.text(value.text), date);
  if (date.hasOffset || zone != nullptr) {
    const Zone utc;
    const Instant instant = instantOf(date, zone == nullptr ? utc : *zone);
    return {instant, instant, false};
  }
  // No zone is a day or more away from UTC.
  return {date.local - kMillisecondsPerDay, date.local + kMillisecondsPerDay, true};
}

}  // namespace

bool isDate(const ValueNode& value, const Interner& interner) {
  if (value.type == ValueType::kNumber) {
    return std::trunc(value.number) == value.number &&
           std::fabs(value.number) <= static_cast<double>(kMaxInstant);
  }
  IsoDate date;
  return value.type == ValueType::kText && parseIsoDate(interner.text(value.text), date);
}

DateOrder compareDates(const ValueNode& left, const ValueNode& right, const Zone* zone,
                       const Interner& interner) {
  const Moment first = momentOf(left, zone, interner);
  const Moment second = momentOf(right, zone, interner);
  if (first.isLocal == second.isLocal) {
    return first.latest < second.latest   ? DateOrder::kEarlier
           : first.latest > second.latest ? DateOrder::kLater
                                          : DateOrder::kSame;
  }
  return first.latest < second.earliest   ? DateOrder::kEarlier
         : first.earliest > second.latest ? DateOrder::kLater
                                          : DateOrder::kDependsOnZone;
}

}  // namespace fosterflow

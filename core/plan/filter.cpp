#include "plan/filter.h"

#include "time/civil.h"
#include "values/path.h"

namespace fosterflow {

namespace {

double clockValue(ClockUnit unit, int64_t local) {
  const int64_t day = floorDivide(local, kMillisecondsPerDay);
  switch (unit) {
    case ClockUnit::kHour:
      return static_cast<double>((local - day * kMillisecondsPerDay) / kMillisecondsPerHour);
    case ClockUnit::kWeekday:
      return weekdayOfDays(day);
    case ClockUnit::kDayOfMonth:
      return civilFromDays(day).day;
    case ClockUnit::kMonth:
      return civilFromDays(day).month;
  }
  return 0;
}

bool matchesGroup(const Filter& filter, const ValueNode* properties, Instant time,
                  const ContactView& view) {
  const bool decisive =
      filter.group != GroupKind::kAll;  // the answer of a child that ends the search
  for (const Filter& child : filter.children) {
    if (matches(child, properties, time, view) == decisive) {
      return filter.group == GroupKind::kAny;
    }
  }
  return filter.group != GroupKind::kAny;
}

}  // namespace

bool matches(const Filter& filter, const ValueNode* properties, Instant time,
             const ContactView& view) {
  switch (filter.kind) {
    case PropertyFilter::Kind::kGroup:
      return matchesGroup(filter, properties, time, view);
    case PropertyFilter::Kind::kProperty:
      return holds(filter.predicate, findAtPath(properties, filter.path.data(), filter.path.size()),
                   view);
    case PropertyFilter::Kind::kItem: {
      const ValueNode* items = findAtPath(properties, filter.path.data(), filter.path.size());
      if (items == nullptr || items->type != ValueType::kArray) return false;
      for (const ValueNode& item : ValueChildren(items)) {
        if (matches(filter.children.front(), &item, time, view)) return true;
      }
      return false;
    }
    case PropertyFilter::Kind::kClock: {
      ValueNode observed;
      observed.type = ValueType::kNumber;
      observed.number =
          clockValue(filter.clockUnit, view.resolve(filter.predicate.zone).toLocal(time));
      return holds(filter.predicate, &observed, view);
    }
  }
  return false;
}

}  // namespace fosterflow

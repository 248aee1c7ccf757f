#include "language/window_reader.h"

#include <cmath>
#include <optional>

#include "language/constant_reader.h"
#include "language/date_reader.h"
#include "language/duration_order.h"
#include "language/duration_reader.h"
#include "language/metric_reader.h"
#include "language/vocabulary.h"

namespace fosterflow {

namespace {

constexpr std::string_view kWindowKeys = "last between before from to calendar since";

// Days in the range of time, with some to spare: no window need reach further back.
constexpr double kDaysOfTime = 220'000'000;
// At least so many days are in one unit of a calendar window, in the order of their names.
constexpr double kDaysOfUnit[] = {1, 7, 28, 90, 365};

void readBetween(Reading& reading, const Place& place, Window& out) {
  size_t count = 0;
  bool areRead = true;
  if (place.type() == ValueType::kArray) {
    for (const ValueNode& entry : ValueChildren(&place.node())) {
      Duration& duration = count == 0 ? out.longer : out.shorter;
      areRead = readDuration(reading, Place(place, count, entry), duration) && areRead;
      ++count;
    }
  }
  if (count != 2) {
    reading.reportUnexpected(place, ProblemCode::kInvalidWindow,
                             "a list of two durations, the longer first");
  } else if (areRead && !isAlwaysLonger(out.longer, out.shorter, reading.zone)) {
    reading.reportUnexpected(place, ProblemCode::kReversedRange,
                             "two durations, the first of which is always longer than the second");
  }
}

std::optional<ValueTree> readBound(Reading& reading, const Place& place) {
  if (!place) {
    return std::nullopt;
  }
  const ValueNode* value =
      readConstant(reading, place, {isDate, kDateExpectation, ProblemCode::kInvalidDate});
  if (value == nullptr) {
    return std::nullopt;
  }
  return ValueTree::copyOf(value, reading.interner);
}

void readFromTo(Reading& reading, const ObjectReader& window, Window& out) {
  const Place from = window.find("from");
  out.from = readBound(reading, from);
  out.to = readBound(reading, window.find("to"));
  if (!out.from || !out.to) {
    return;
  }
  const DateOrder order =
      compareDates(*out.from->root(), *out.to->root(), reading.zone, *reading.interner);
  if (order == DateOrder::kLater || order == DateOrder::kSame) {
    reading.warnOfEmptyWindow(from);
  }
}

void readCalendar(Reading& reading, const Place& place, Window& out) {
  const ObjectReader calendar(reading, place);
  calendar.allowOnly("unit count current");
  const std::optional<size_t> unit =
      calendar.name("unit", kCalendarWindowUnitNames, ProblemCode::kUnknownUnit, "unit");
  out.unit = static_cast<CalendarUnit>(unit.value_or(0) + static_cast<size_t>(CalendarUnit::kDay));
  out.current = calendar.boolean("current");
  const Place count = calendar.find("count");
  if (!count) {
    return;
  }
  const auto isCount = [](const ValueNode& value, const Interner& /*interner*/) {
    return value.type == ValueType::kNumber && value.number >= 1 &&
           std::trunc(value.number) == value.number;
  };
  const ValueNode* value = readConstant(
      reading, count, {isCount, "a whole number, 1 or more", ProblemCode::kInvalidValue});
  if (value != nullptr) {
    const double most = kDaysOfTime / kDaysOfUnit[unit.value_or(0)];
    out.count = static_cast<int64_t>(value->number < most ? value->number : most);
  }
}

}  // namespace

void readWindow(Reading& reading, const ObjectReader& owner, uint32_t depth, Window& out) {
  const Place place = owner.find("window");
  if (!place) {
    return;
  }
  const ObjectReader window(reading, place);
  const size_t unknownKeys = window.allowOnly(kWindowKeys);
  size_t forms = 0;
  if (const Place last = window.find("last")) {
    ++forms;
    out.kind = Window::Kind::kLast;
    if (readDuration(reading, last, out.longer) && isEmptyDuration(out.longer)) {
      reading.warnOfEmptyWindow(last);
    }
  }
  if (const Place between = window.find("between")) {
    ++forms;
    out.kind = Window::Kind::kBetween;
    readBetween(reading, between, out);
  }
  if (const Place before = window.find("before")) {
    ++forms;
    out.kind = Window::Kind::kBefore;
    readDuration(reading, before, out.longer);
  }
  if (window.has("from") || window.has("to")) {
    ++forms;
    out.kind = Window::Kind::kFromTo;
    readFromTo(reading, window, out);
  }
  if (const Place calendar = window.find("calendar")) {
    ++forms;
    out.kind = Window::Kind::kCalendar;
    readCalendar(reading, calendar, out);
  }
  if (const Place since = window.find("since")) {
    const ObjectReader selector(reading, since);
    selector.allowOnly("event where");
    readEventSelector(reading, selector, depth, out.since.emplace());
  } else if (window.isObject() && forms == 0 && unknownKeys == 0) {
    reading.reportKeys(place, ProblemCode::kInvalidWindow, kWindowKeys);
  }
  if (forms > 1) {
    reading.report(place, ProblemCode::kInvalidWindow,
                   "\"window\" must have only one of last, between, before, from with to, and "
                   "calendar; \"since\" may stand beside it.");
  }
}

}  // namespace fosterflow

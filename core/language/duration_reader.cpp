#include "language/duration_reader.h"

#include "language/constant_reader.h"
#include "language/object_reader.h"
#include "language/vocabulary.h"
#include "time/instant.h"

namespace fosterflow {

namespace {

constexpr size_t kDaysUnit = 3;
constexpr size_t kMonthsUnit = 5;
constexpr size_t kYearsUnit = 6;

// Of the exact units, in the order of their names.
constexpr int64_t kUnitMilliseconds[] = {kMillisecondsPerSecond, kMillisecondsPerMinute,
                                         kMillisecondsPerHour, kMillisecondsPerDay,
                                         7 * kMillisecondsPerDay};

// From one end of the range of time to the other, and a little more.
constexpr int64_t kLongestMilliseconds = 2 * kMaxInstant;
constexpr int64_t kLongestMonths = 7'000'000;

// From any day on, so many days hold each day of the calendar.
constexpr int64_t kDaysOfAnyYear = 366;

int64_t limitedTo(int64_t limit, double number) {
  return number >= static_cast<double>(limit) ? limit : static_cast<int64_t>(number);
}

// Reads an object of one key, and gives its unit and number.
bool readAmount(Reading& reading, const Place& place, std::string_view units, size_t& unit,
                double& amount) {
  const ObjectReader object(reading, place, ProblemCode::kInvalidDuration,
                            "a duration such as {\"days\": 30}");
  if (!object.isObject()) {
    return false;
  }
  const size_t unknownKeys = object.allowOnly(units);
  size_t count = 0;
  const ValueNode* value = nullptr;
  for (size_t position = 0; !nameAt(units, position).empty(); ++position) {
    const Place found = object.find(nameAt(units, position));
    if (!found) {
      continue;
    }
    ++count;
    unit = position;
    value = readConstant(reading, found, wholeNumberRule(ProblemCode::kInvalidDuration));
  }
  // A key that was taken for a mistyped unit is one.
  if (count > 1 || (count == 0 && unknownKeys == 0)) {
    reading.reportKeys(place, ProblemCode::kInvalidDuration, units);
    return false;
  }
  if (value == nullptr) {
    return false;
  }
  amount = value->number;
  return true;
}

}  // namespace

bool readDuration(Reading& reading, const Place& place, Duration& out) {
  size_t unit = 0;
  double amount = 0;
  if (!readAmount(reading, place, kDurationUnitNames, unit, amount)) {
    return false;
  }
  out = Duration();
  out.isCalendar = unit >= kMonthsUnit;
  if (out.isCalendar) {
    const int64_t months = unit == kYearsUnit ? 12 : 1;
    out.months = limitedTo(kLongestMonths / months, amount) * months;
  } else {
    out.milliseconds =
        limitedTo(kLongestMilliseconds / kUnitMilliseconds[unit], amount) * kUnitMilliseconds[unit];
  }
  return true;
}

bool readDays(Reading& reading, const Place& place, int64_t& out) {
  size_t unit = 0;
  double amount = 0;
  if (!readAmount(reading, place, nameAt(kDurationUnitNames, kDaysUnit), unit, amount)) {
    return false;
  }
  out = limitedTo(kDaysOfAnyYear, amount);
  return true;
}

}  // namespace fosterflow

#include "authoring/sql/standard_dialect.h"

#include "authoring/sql/like_pattern.h"
#include "authoring/sql/sql_text.h"

namespace fosterflow {

namespace {

constexpr Instant kFirstPlainInstant = -62'135'596'800'000;  // 0001-01-01
constexpr Instant kLastPlainInstant = 253'402'300'799'999;   // 9999-12-31T23:59:59.999

std::string_view unitName(CalendarUnit unit) {
  switch (unit) {
    case CalendarUnit::kHour:
      return "hour";
    case CalendarUnit::kDay:
      return "day";
    case CalendarUnit::kWeek:
      return "week";
    case CalendarUnit::kMonth:
      return "month";
    case CalendarUnit::kQuarter:
      return "quarter";
    case CalendarUnit::kYear:
      return "year";
  }
  return "";
}

std::string localTimestamp(const std::string& timestamp, const std::string& zone) {
  if (zone.empty()) return timestamp;
  return "timezone(" + zone + ", timezone('UTC', " + timestamp + "))";
}

std::string interval(int64_t count, CalendarUnit unit) {
  const bool isQuarter = unit == CalendarUnit::kQuarter;
  const std::string_view name = isQuarter ? "month" : unitName(unit);
  std::string result = "INTERVAL '" + std::to_string(isQuarter ? 3 * count : count) + " ";
  result += name;
  result += '\'';
  return result;
}

std::string truncated(CalendarUnit unit, const std::string& timestamp) {
  std::string result = "date_trunc('";
  result += unitName(unit);
  return result + "', " + timestamp + ")";
}

}  // namespace

std::string plainTimestamp(Instant instant) {
  if (instant < kFirstPlainInstant || instant > kLastPlainInstant) return {};
  std::string iso;
  appendIsoInstant(iso, instant);
  iso[10] = ' ';
  iso.pop_back();
  return "TIMESTAMP '" + iso + "'";
}

std::string StandardDialect::asDouble(const std::string& number) const {
  return "CAST(" + number + " AS DOUBLE PRECISION)";
}

std::string StandardDialect::foldAscii(const std::string& text) const {
  return sqlCall("translate", {text, "'ABCDEFGHIJKLMNOPQRSTUVWXYZ\u212A\u017F'",
                               "'abcdefghijklmnopqrstuvwxyzks'"});
}

std::string StandardDialect::like(const std::string& text, std::string_view pattern) const {
  return text + " LIKE " + this->text(likePattern(pattern, '!')) + " ESCAPE '!'";
}

std::string StandardDialect::compareTime(const std::string& timestamp, std::string_view op,
                                         Instant instant) const {
  const std::string plain = plainTimestamp(instant);
  std::string sign = " ";
  sign += op;
  sign += ' ';
  if (!plain.empty()) return timestamp + sign + plain;
  return millisecondsOf(timestamp) + sign + std::to_string(instant);
}

std::string StandardDialect::now() const {
  return millisecondsOf("date_trunc('millisecond', timezone('UTC', now()))");
}

std::string StandardDialect::localOf(const std::string& instant, const std::string& zone) const {
  return millisecondsOf(localTimestamp(timestampOf(instant), zone));
}

std::string StandardDialect::instantOf(const std::string& local, const std::string& zone) const {
  // No two clock changes of a zone are within two days: one of the offsets a day before and a day
  // after is right, or the local time is in a gap and the second at which that ends is looked for.
  const auto minusOffsetAt = [&](const std::string& instant) {
    return "local_time - (" + localOf(instant, zone) + " - (" + instant + "))";
  };
  const std::string found =
      "CASE\n  WHEN " + localOf("by_earlier_offset", zone) +
      " = local_time THEN by_earlier_offset\n  WHEN " + localOf("by_later_offset", zone) +
      " = local_time THEN by_later_offset\n  ELSE " +
      firstSecond(
          "by_later_offset", "by_earlier_offset",
          [&](const std::string& second) { return localOf(second, zone) + " >= local_time"; }) +
      "\nEND";
  return let("local_time", local,
             let("by_earlier_offset", minusOffsetAt("local_time - 86400000"),
                 let("by_later_offset", minusOffsetAt("local_time + 86400000"), found)));
}

std::string StandardDialect::addMonths(const std::string& local, int64_t months) const {
  return millisecondsOf(timestampOf(local) + " + " + interval(months, CalendarUnit::kMonth));
}

std::string StandardDialect::startOfUnit(const std::string& local, CalendarUnit unit,
                                         int64_t back) const {
  std::string start = truncated(unit, timestampOf(local));
  if (back != 0) start += " - " + interval(back, unit);
  return millisecondsOf(start);
}

std::string StandardDialect::clockPart(ClockUnit unit, const std::string& timestamp,
                                       const std::string& zone) const {
  static constexpr std::string_view kFields[] = {"HOUR", "ISODOW", "DAY", "MONTH"};
  std::string result = "extract(";
  result += kFields[static_cast<size_t>(unit)];
  return result + " FROM " + localTimestamp(timestamp, zone) + ")";
}

std::string StandardDialect::unitOf(CalendarUnit unit, const std::string& timestamp,
                                    const std::string& zone) const {
  return truncated(unit, localTimestamp(timestamp, zone));
}

std::string StandardDialect::isAnniversary(const std::string& local, const std::string& today,
                                           int64_t days) const {
  const std::string part = timestampOf(nearLocal("date_of_birth"));
  const auto anniversaryIn = [&](const std::string& year) {
    // In common years the 29th day of February is March 1.
    return "make_date(" + year + ", CAST(extract(MONTH FROM " + part +
           ") AS INTEGER), 1) + (CAST(extract(DAY FROM " + part +
           ") AS INTEGER) - 1) BETWEEN today AND today + " + std::to_string(days);
  };
  const std::string year = "CAST(extract(YEAR FROM today) AS INTEGER)";
  return let(
      "today", "CAST(" + timestampOf(today) + " AS DATE)",
      let("date_of_birth", local, anyOf({anniversaryIn(year), anniversaryIn(year + " + 1")})));
}

std::string StandardDialect::zoneNamed(const std::string& text) const {
  return "CASE WHEN " + text + " IN (SELECT name FROM pg_timezone_names()) THEN " + text +
         " ELSE 'UTC' END";
}

std::string StandardDialect::thousandths(const std::string& groups, int index) const {
  return "CAST(rpad(substr(coalesce(" + group(groups, index) + ", ''), 1, 3), 3, '0') AS BIGINT)";
}

std::string StandardDialect::toWhole(const std::string& number) const {
  return "CAST(" + number + " AS BIGINT)";
}

}  // namespace fosterflow

#include <cmath>

#include "authoring/sql/like_pattern.h"
#include "authoring/sql/sql_dialect.h"
#include "authoring/sql/sql_text.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

constexpr Instant kFirstInstant = -2'208'988'800'000;  // 1900-01-01
constexpr Instant kLastInstant = 10'413'791'999'999;   // 2299-12-31T23:59:59.999
constexpr const char* kCalendarCycle = "12622780800000";
constexpr int64_t kQuarterHour = 15 * kMillisecondsPerMinute;

std::string minusRemainder(const std::string& local, int64_t divisor, int64_t shift = 0) {
  const std::string shifted = shift == 0 ? local : "(" + local + ") + " + std::to_string(shift);
  return "(" + local + ") - positiveModulo(" + shifted + ", " + std::to_string(divisor) + ")";
}

/// ClickHouse: JSON is text with functions of keys; arrays and lambdas stand where other dialects
/// need a subquery. Its calendar is that of the years 1900 to 2299.
class ClickHouseDialect final : public SqlDialect {
 public:
  [[nodiscard]] std::string_view title() const override { return "ClickHouse"; }

  [[nodiscard]] std::string text(std::string_view text) const override {
    std::string result = "'";
    for (const char character : text) {
      if (character == '\'' || character == '\\') {
        result += '\\';
        result += character;
      } else if (static_cast<unsigned char>(character) < ' ' || character == '\x7F') {
        static constexpr const char* kDigits = "0123456789abcdef";
        result += "\\x";
        result += kDigits[character >> 4];
        result += kDigits[character & 15];
      } else {
        result += character;
      }
    }
    return result + "'";
  }

  [[nodiscard]] std::string number(double number) const override {
    std::string result;
    appendJsonNumber(result, number);
    const bool isLarge = std::abs(number) >= 9007199254740992.0;
    if (isLarge && result.find('e') == std::string::npos) result += "e0";
    return result;
  }

  [[nodiscard]] std::string asDouble(const std::string& number) const override {
    return "CAST(" + number + " AS Nullable(Float64))";
  }

  [[nodiscard]] std::string isSet(const SqlJson& json) const override {
    return typeOf(json) + " <> 'Null'";
  }
  [[nodiscard]] std::string isArray(const SqlJson& json) const override {
    return typeOf(json) + " = 'Array'";
  }
  [[nodiscard]] std::string textOf(const SqlJson& json) const override {
    return sqlWhen(typeOf(json) + " = 'String'", extract("JSONExtractString", json));
  }
  [[nodiscard]] std::string numberOf(const SqlJson& json) const override {
    return sqlWhen(typeOf(json) + " IN ('Int64', 'UInt64', 'Double')",
                   extract("JSONExtractFloat", json));
  }
  [[nodiscard]] std::string booleanOf(const SqlJson& json) const override {
    return sqlWhen(typeOf(json) + " = 'Bool'", extract("JSONExtractBool", json));
  }
  [[nodiscard]] std::string valueOf(const SqlJson& json) const override {
    return json.keys.empty() ? json.root : extract("JSONExtractRaw", json);
  }
  [[nodiscard]] std::string rootOf(const std::string& column) const override {
    return "ifNull(" + column + ", 'null')";
  }

  [[nodiscard]] std::string anyElement(const SqlJson& json, const std::string& name,
                                       const ElementTest& test) const override {
    return sqlCall("arrayExists", {name + " -> " + settled(test(name)), elementsOf(json)});
  }

  [[nodiscard]] std::string lengthOf(const SqlJson& json) const override {
    return extract("JSONLength", json);
  }

  [[nodiscard]] SqlJson elementOf(const SqlJson& json, int index) const override {
    return {elementsOf(json) + "[" + std::to_string(index + 1) + "]", {}};
  }

  [[nodiscard]] std::vector<std::string> orderOf(const SqlJson& json,
                                                 bool withArrays) const override {
    std::vector<std::string> order = {rankOf(json), numberOf(json), textOf(json)};
    if (!withArrays) return order;
    const SqlJson element{"element", {}};
    order.push_back("arrayMap(element -> (" + rankOf(element) + ", ifNull(" + numberOf(element) +
                    ", 0), ifNull(" + textOf(element) + ", element)), " + elementsOf(json) + ")");
    const std::string isMixed = "length(arrayDistinct(arrayMap(element -> " + typeOf(element) +
                                " IN ('Array', 'Object'), " + elementsOf(json) + "))) > 1";
    order.push_back(sqlCall("throwIf", {isMixed, text(kMixedArray)}));
    return order;
  }

  [[nodiscard]] std::string distinctKey(const SqlJson& json) const override {
    return "CASE " + typeOf(json) + "\n  WHEN 'Null' THEN NULL\n  WHEN 'Array' THEN NULL\n" +
           "  WHEN 'Object' THEN NULL\n  WHEN 'String' THEN concat('t', " +
           extract("JSONExtractString", json) + ")\n  WHEN 'Bool' THEN concat('b', " +
           valueOf(json) + ")\n  ELSE concat('n', toString(0 + " +
           extract("JSONExtractFloat", json) + "))\nEND";
  }

  [[nodiscard]] std::string contains(const std::string& text,
                                     const std::string& part) const override {
    return sqlCall("position", {text, part}) + " > 0";
  }
  [[nodiscard]] std::string startsWith(const std::string& text,
                                       const std::string& part) const override {
    return sqlCall("startsWith", {text, part});
  }
  [[nodiscard]] std::string endsWith(const std::string& text,
                                     const std::string& part) const override {
    return sqlCall("endsWith", {text, part});
  }
  [[nodiscard]] std::string like(const std::string& text, std::string_view pattern) const override {
    return text + " LIKE " + this->text(likePattern(pattern, '\\'));
  }
  [[nodiscard]] std::string foldAscii(const std::string& text) const override {
    return sqlCall("translateUTF8", {text, "'ABCDEFGHIJKLMNOPQRSTUVWXYZ\u212A\u017F'",
                                     "'abcdefghijklmnopqrstuvwxyzks'"});
  }

  [[nodiscard]] std::string compareTime(const std::string& timestamp, std::string_view op,
                                        Instant instant) const override {
    if (instant < kFirstInstant) return std::string(op.front() == '>' ? kSqlTrue : kSqlFalse);
    if (instant > kLastInstant) return std::string(op.front() == '<' ? kSqlTrue : kSqlFalse);
    std::string iso;
    appendIsoInstant(iso, instant);
    iso[10] = ' ';
    iso.pop_back();
    std::string result = timestamp + " ";
    result += op;
    return result + " toDateTime64('" + iso + "', 3, 'UTC')";
  }

  [[nodiscard]] std::string millisecondsOf(const std::string& timestamp) const override {
    return "toUnixTimestamp64Milli(" + timestamp + ")";
  }

  [[nodiscard]] std::string now() const override {
    // Equal subqueries are asked once, so that there is one now.
    return "(SELECT toUnixTimestamp64Milli(now64(3, 'UTC')))";
  }

  [[nodiscard]] std::string localOf(const std::string& instant,
                                    const std::string& zone) const override {
    return let("instant", instant,
               "instant + " + offsetAt("instant", zone) + " + throwIf(instant NOT BETWEEN " +
                   std::to_string(kFirstInstant) + " AND " + std::to_string(kLastInstant) +
                   ", 'ClickHouse knows local times of 1900 to 2299 only')");
  }

  [[nodiscard]] std::string instantOf(const std::string& local,
                                      const std::string& zone) const override {
    // No two clock changes of a zone are within two days: one of the offsets a day before and a
    // day after is right, or the local time is in a gap and the second at which that ends is
    // looked for.
    const auto minusOffsetAt = [&](const std::string& instant) {
      return "local_time - (" + localOf(instant, zone) + " - (" + instant + "))";
    };
    const std::string found =
        "CASE\n  WHEN " + localOf("by_earlier_offset", zone) +
        " = local_time THEN by_earlier_offset\n  WHEN " + localOf("by_later_offset", zone) +
        " = local_time THEN by_later_offset\n  ELSE arrayFirst(\n    second -> ifNull(" +
        localOf("second", zone) +
        " >= local_time, FALSE),\n    range(assumeNotNull(by_later_offset) - "
        "positiveModulo(assumeNotNull(by_later_offset), 1000), assumeNotNull(by_earlier_offset) + "
        "1000, 1000)\n  )\nEND";
    return let("local_time", local,
               let("by_earlier_offset", minusOffsetAt("local_time - 86400000"),
                   let("by_later_offset", minusOffsetAt("local_time + 86400000"), found)));
  }

  [[nodiscard]] std::string addMonths(const std::string& local, int64_t months) const override {
    return millisecondsOf("addMonths(" + utc(local) + ", " + std::to_string(months) + ")");
  }

  [[nodiscard]] std::string startOfUnit(const std::string& local, CalendarUnit unit,
                                        int64_t back) const override {
    constexpr int64_t kWeek = 7 * kMillisecondsPerDay;
    // The epoch was a Thursday.
    constexpr int64_t kSinceMonday = 3 * kMillisecondsPerDay;
    switch (unit) {
      case CalendarUnit::kHour:
        return minusRemainder(local, kMillisecondsPerHour) + " - " +
               std::to_string(back * kMillisecondsPerHour);
      case CalendarUnit::kDay:
        return minusRemainder(local, kMillisecondsPerDay) + " - " +
               std::to_string(back * kMillisecondsPerDay);
      case CalendarUnit::kWeek:
        return minusRemainder(local, kWeek, kSinceMonday) + " - " + std::to_string(back * kWeek);
      default:
        break;
    }
    const std::string year = "toYear(" + utc(local) + ")";
    const std::string month = "toMonth(" + utc(local) + ")";
    const int64_t length = unit == CalendarUnit::kMonth     ? 1
                           : unit == CalendarUnit::kQuarter ? 3
                                                            : 12;
    std::string first = "1";
    if (unit == CalendarUnit::kMonth) first = month;
    if (unit == CalendarUnit::kQuarter) first = "intDiv(" + month + " - 1, 3) * 3 + 1";
    return "toInt64(toInt32(addMonths(makeDate32(" + year + ", " + first + ", 1), " +
           std::to_string(-back * length) + "))) * 86400000";
  }

  [[nodiscard]] std::string clockPart(ClockUnit unit, const std::string& timestamp,
                                      const std::string& zone) const override {
    static constexpr std::string_view kFunctions[] = {"toHour(", "toDayOfWeek(", "toDayOfMonth(",
                                                      "toMonth("};
    std::string result(kFunctions[static_cast<size_t>(unit)]);
    if (zone.empty()) return result + timestamp + ")";
    return result + utc(localOf(millisecondsOf(timestamp), zone)) + ")";
  }

  [[nodiscard]] std::string unitOf(CalendarUnit unit, const std::string& timestamp,
                                   const std::string& zone) const override {
    const std::string instant = millisecondsOf(timestamp);
    return startOfUnit(zone.empty() ? instant : localOf(instant, zone), unit, 0);
  }

  [[nodiscard]] std::string isAnniversary(const std::string& local, const std::string& today,
                                          int64_t days) const override {
    const std::string near = "positiveModulo(date_of_birth - " + std::to_string(kFirstInstant) +
                             ", " + kCalendarCycle + ") + " + std::to_string(kFirstInstant);
    const auto anniversaryIn = [&](const std::string& year) {
      // In common years the 29th day of February is March 1.
      return "toInt32(makeDate32(" + year + ", toMonth(" + utc(near) + "), 1)) + toDayOfMonth(" +
             utc(near) + ") - 1 BETWEEN intDiv(today, 86400000) AND intDiv(today, 86400000) + " +
             std::to_string(days);
    };
    const std::string year = "toYear(" + utc("today") + ")";
    return let(
        "today", today,
        let("date_of_birth", local, anyOf({anniversaryIn(year), anniversaryIn(year + " + 1")})));
  }

  [[nodiscard]] std::string zoneNamed(const std::string& /*text*/) const override {
    return "'UTC'";  // where the zone matters, it is refused
  }

  [[nodiscard]] std::optional<std::string> zoneTable(const Zone& zone) const override {
    if (isExact(zone)) return std::nullopt;
    std::string stretches;
    int64_t offset = 0;
    for (Instant at = kFirstInstant - kMillisecondsPerDay; at <= kLastInstant;
         at = zone.steadyUntil(at)) {
      const int64_t next = zone.offsetAt(at);
      if (!stretches.empty() && next == offset) continue;
      if (!stretches.empty()) stretches += ", ";
      stretches += "(" + std::to_string(at) + ", " + std::to_string(next) + ")";
      offset = next;
    }
    return "-- ClickHouse keeps clock changes to the quarter of an hour, which this zone's are "
           "not.\n-- Each stretch is where it starts, and how far local time is ahead of UTC, in "
           "milliseconds.\nSELECT [" +
           stretches + "] AS stretches";
  }

  [[nodiscard]] std::optional<std::string> whyNoLocalTime(const Zone* zone) const override {
    if (zone != nullptr) return std::nullopt;
    return "a time zone that is the contact's own is not a constant";
  }

  [[nodiscard]] int64_t longestMonths() const override { return 12 * 100; }

  [[nodiscard]] std::optional<std::string> whyNotAt(Instant at) const override {
    if (at >= kFirstInstant && at <= kLastInstant) return std::nullopt;
    return "its timestamps are of the years 1900 to 2299";
  }

  [[nodiscard]] std::string let(const std::string& name, const std::string& value,
                                const std::string& body) const override {
    return sqlCall("arrayMap", {name + " -> " + body, "[" + value + "]"}) + "[1]";
  }

  [[nodiscard]] std::string divideWhole(const std::string& dividend,
                                        const std::string& divisor) const override {
    return sqlCall("intDiv", {dividend, divisor});
  }

  [[nodiscard]] std::string finite(const std::string& number) const override {
    return "nullIf(nullIf(" + number + ", inf), -inf)";
  }

  [[nodiscard]] std::string groupsOf(const std::string& text,
                                     std::string_view expression) const override {
    return sqlCall("extractGroups", {"ifNull(" + text + ", '')", this->text(expression)});
  }
  [[nodiscard]] std::string group(const std::string& groups, int index) const override {
    return "nullIf(" + groups + "[" + std::to_string(index) + "], '')";
  }
  [[nodiscard]] std::string wholeGroup(const std::string& groups, int index) const override {
    return "toInt64OrZero(" + groups + "[" + std::to_string(index) + "])";
  }
  [[nodiscard]] std::string thousandths(const std::string& groups, int index) const override {
    return "toInt64OrZero(rightPad(substring(" + groups + "[" + std::to_string(index) +
           "], 1, 3), 3, '0'))";
  }
  [[nodiscard]] std::string toWhole(const std::string& number) const override {
    return "CAST(" + number + " AS Nullable(Int64))";
  }

  [[nodiscard]] std::string hashOf(const std::string& text) const override {
    return "toFloat64(reinterpretAsUInt32(reverse(substring(SHA256(" + text + "), 1, 4))))";
  }

  [[nodiscard]] std::string optional(const std::string& value) const override {
    return "toNullable(" + value + ")";
  }

 private:
  // ClickHouse keeps the clock changes of a day as one, to the quarter of an hour.
  [[nodiscard]] static bool isExact(const Zone& zone) {
    for (Instant at = zone.steadyUntil(kFirstInstant); at <= kLastInstant;
         at = zone.steadyUntil(at)) {
      const int64_t before = zone.offsetAt(at - 1);
      const int64_t change = zone.offsetAt(at) - before;
      if (change == 0) continue;
      if (at % kQuarterHour != 0 || before % kQuarterHour != 0 || change % kQuarterHour != 0 ||
          std::abs(change) >= kMillisecondsPerDay / 2) {
        return false;
      }
    }
    return true;
  }

  [[nodiscard]] static std::string offsetAt(const std::string& instant, const std::string& zone) {
    if (zone.front() == '\'') {
      const std::string local = "fromUnixTimestamp64Milli(toInt64(" + instant + "), " + zone + ")";
      // Before 1970 timezoneOffset() is a day too much in some zones, London among them.
      return "if(" + instant + " >= 0, 1000 * timezoneOffset(" + local +
             "), toUnixTimestamp64Milli(toDateTime64(toString(" + local + "), 3, 'UTC')) - " +
             instant + ")";
    }
    return "arrayLast(stretch -> ifNull(stretch.1 <= " + instant + ", FALSE), " + zone + ").2";
  }

  [[nodiscard]] std::string extract(std::string_view function, const SqlJson& json) const {
    std::vector<std::string> parameters = {json.root};
    for (const std::string& key : json.keys) parameters.push_back(text(key));
    return sqlCall(function, parameters);
  }
  [[nodiscard]] std::string typeOf(const SqlJson& json) const { return extract("JSONType", json); }
  [[nodiscard]] std::string elementsOf(const SqlJson& json) const {
    return extract("JSONExtractArrayRaw", json);
  }
  [[nodiscard]] std::string rankOf(const SqlJson& json) const {
    return "CASE " + typeOf(json) + " WHEN 'Null' THEN 0 WHEN 'Bool' THEN 1 + " +
           extract("JSONExtractBool", json) +
           " WHEN 'String' THEN 4 WHEN 'Array' THEN 5 WHEN 'Object' THEN 6 ELSE 3 END";
  }
  [[nodiscard]] static std::string utc(const std::string& local) {
    return "fromUnixTimestamp64Milli(toInt64(" + local + "), 'UTC')";
  }
};

}  // namespace

std::unique_ptr<const SqlDialect> clickHouseDialect() {
  return std::make_unique<ClickHouseDialect>();
}

}  // namespace fosterflow

#include "authoring/sql/sql_text.h"
#include "authoring/sql/sql_writer.h"
#include "language/vocabulary.h"
#include "plan/predicate.h"
#include "time/iso_date.h"

namespace fosterflow {

namespace {

// The groups: year, month, day, hour, minute, second, digits of the fraction, offset, its sign,
// hours and minutes.
constexpr std::string_view kDatePattern =
    "^([0-9]{4}|[+-][0-9]{6})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    "(?:T([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:[.]([0-9]+))?)?"
    "(Z|([+-])([01][0-9]|2[0-3])(?::?([0-5][0-9]))?)?)?$";
enum Group {
  kYear = 1,
  kMonth,
  kDay,
  kHour,
  kMinute,
  kSecond,
  kFraction,
  kOffset,
  kSign,
  kOffsetHours,
  kOffsetMinutes
};

// Whole cycles of the calendar, so that years are positive: 2,500 times 400 years.
constexpr const char* kYearShift = "1000000";
constexpr const char* kDaysOfYearShift = "365961969";  // and from 0000-03-01 to 1970-01-01

constexpr const char* kParts = "date_parts";

}  // namespace

// The instant of `date_parts`, the groups of a date; NULL when there are none.
std::string SqlWriter::dateOfParts(const std::string& path, Operator op) {
  const auto whole = [&](int group) { return dialect_.wholeGroup(kParts, group); };
  const auto divided = [&](const std::string& number, const char* divisor) {
    return dialect_.divideWhole(number, divisor);
  };
  // Years start in March, so that the leap day is the last.
  const std::string year = whole(kYear) + " + " + kYearShift + " - CASE WHEN " + whole(kMonth) +
                           " <= 2 THEN 1 ELSE 0 END";
  const std::string monthFromMarch = "CASE WHEN " + whole(kMonth) + " <= 2 THEN " + whole(kMonth) +
                                     " + 9 ELSE " + whole(kMonth) + " - 3 END";
  const std::string days =
      joined({"365 * march_year + " + divided("march_year", "4") + " - " +
                  divided("march_year", "100") + " + " + divided("march_year", "400"),
              "+ " + divided("(153 * (" + monthFromMarch + ") + 2)", "5") + " + " + whole(kDay) +
                  " - " + kDaysOfYearShift},
             "\n");
  const std::string local = "((((" + days + ") * 24 + " + whole(kHour) + ") * 60 + " +
                            whole(kMinute) + ") * 60 + " + whole(kSecond) + ") * 1000 + " +
                            dialect_.thousandths(kParts, kFraction);
  const std::string offset = "(" + whole(kOffsetHours) + " * 60 + " + whole(kOffsetMinutes) +
                             ") * CASE WHEN " + dialect_.group(kParts, kSign) +
                             " = '-' THEN -60000 ELSE 60000 END";
  const std::string isLeap =
      "(whole_year % 4 = 0 AND (whole_year % 100 <> 0 OR whole_year % 400 = 0))";
  const std::string isDay = allOf(
      {dialect_.group(kParts, kYear) + " <> '-000000'",
       anyOf({whole(kDay) + " <= 28", "(" + whole(kMonth) + " <> 2 AND " + whole(kDay) + " <= 30)",
              "(" + whole(kMonth) + " = 2 AND " + whole(kDay) + " = 29 AND " +
                  dialect_.let("whole_year", whole(kYear) + " + " + kYearShift, isLeap) + ")",
              whole(kMonth) + " IN (1, 3, 5, 7, 8, 10, 12)"})});
  const std::string zone = zoneExpression();
  if (const auto reason = dialect_.whyNoLocalTime(frame_.zone)) {
    return refuse(path, operatorName(op), *reason);
  }
  const std::string instant =
      "CASE\n  WHEN written_local - written_offset NOT BETWEEN " + std::to_string(kMinInstant) +
      " AND " + std::to_string(kMaxInstant) + " THEN NULL\n" +
      (zone.empty() ? "  ELSE written_local - written_offset"
                    : "  WHEN " + dialect_.group(kParts, kOffset) +
                          " IS NOT NULL THEN written_local - written_offset\n  ELSE " +
                          instantOf("written_local", zone)) +
      "\nEND";
  return sqlWhen(isDay,
                 dialect_.let("march_year", year,
                              dialect_.let("written_local", local,
                                           dialect_.let("written_offset", offset, instant))));
}

// The instant that a JSON value means as a date; NULL when it means none.
std::string SqlWriter::dateOf(const SqlJson& json, const std::string& path, Operator op) {
  const std::string number = dialect_.numberOf(json);
  const std::string ofNumber =
      dialect_.let("date_number", number,
                   sqlWhen(allOf({"date_number = floor(date_number)",
                                  "abs(date_number) <= " + std::to_string(kMaxInstant)}),
                           dialect_.toWhole("date_number")));
  const std::string ofText = dialect_.let(
      kParts, dialect_.groupsOf(dialect_.textOf(json), kDatePattern), dateOfParts(path, op));
  return sqlCall("coalesce", {ofNumber, ofText});
}

// The instant of a date in the definition; "" when it is none.
std::string SqlWriter::dateOfLiteral(const ValueNode& literal) {
  static const Zone kUtc;
  Instant instant = 0;
  const Zone& zone = frame_.zone == nullptr ? kUtc : *frame_.zone;
  if (!fosterflow::dateOf(&literal, zone, *request_.interner, instant)) return {};
  IsoDate date;
  const bool isLocal =
      literal.type == ValueType::kText && parseIsoDate(textIn(literal), date) && !date.hasOffset;
  if (frame_.zone != nullptr || !isLocal) return std::to_string(instant);
  return instantOf(std::to_string(date.local), zoneExpression());
}

std::string SqlWriter::holdsForDate(const SqlJson& observed, Operator op,
                                    const Comparison& comparison, const std::string& path) {
  const bool isOfAttribute = comparison.value.kind == Operand::Kind::kAttribute;
  const SqlJson wanted{"c.attributes", comparison.value.attribute};
  const auto dateOfWanted = [&](const SqlJson& json, const ValueNode* literal) {
    return isOfAttribute ? dateOf(json, path, comparison.op) : dateOfLiteral(*literal);
  };
  const std::string date = dateOf(observed, path, comparison.op);
  const ValueNode* literal = comparison.value.literal.root();
  if (op != Operator::kDateBetween) {
    const std::string bound = dateOfWanted(wanted, literal);
    if (bound.empty()) return std::string(kSqlFalse);
    return date + (op == Operator::kDateBefore ? " < " : " > ") + bound;
  }
  std::string from;
  std::string to;
  std::vector<std::string> parts;
  if (isOfAttribute) {
    parts.push_back(sqlWhen(dialect_.isArray(wanted), dialect_.lengthOf(wanted)) + " = 2");
    from = dateOfWanted(dialect_.elementOf(wanted, 0), nullptr);
    to = dateOfWanted(dialect_.elementOf(wanted, 1), nullptr);
  } else {
    std::vector<const ValueNode*> ends;
    for (const ValueNode& end : ValueChildren(literal)) ends.push_back(&end);
    if (ends.size() != 2) return std::string(kSqlFalse);
    from = dateOfWanted(wanted, ends[0]);
    to = dateOfWanted(wanted, ends[1]);
  }
  if (from.empty() || to.empty()) return std::string(kSqlFalse);
  parts.push_back(date + " BETWEEN " + from + " AND " + to);
  return allOf(parts);
}

std::string SqlWriter::holdsRelativeToNow(const SqlJson& observed, const Comparison& comparison,
                                          const std::string& path) {
  const std::string_view what = operatorName(comparison.op);
  const std::string date = dateOf(observed, path, comparison.op);
  usesContact_ = true;
  if (comparison.op == Operator::kDateAnniversaryInNext) {
    const std::string zone = zoneExpression();
    if (const auto reason = dialect_.whyNoLocalTime(frame_.zone); reason && !zone.empty()) {
      return refuse(path, what, *reason);
    }
    const std::string today = request_.at && frame_.zone != nullptr
                                  ? std::to_string(frame_.zone->toLocal(*request_.at))
                                  : localOf(nowExpression(), zone);
    return dialect_.let(
        "born", date,
        dialect_.isAnniversary(localOf("born", zone), today, comparison.anniversaryDays));
  }
  const WindowEdges edges = edgesOf(comparison.op, comparison.duration);
  const auto valueOf = [](const SqlBound& bound) {
    return bound.instant ? std::to_string(*bound.instant) : bound.expression;
  };
  const SqlBound lower = boundOf(edges.lower, path, what);
  if (comparison.op == Operator::kDateMoreThanAhead) return date + " > " + valueOf(lower);
  const SqlBound upper = boundOf(edges.upper, path, what);
  if (lower.isNone) return date + " <= " + valueOf(upper);
  return "(" + date + " BETWEEN " + valueOf(lower) + " + 1 AND " + valueOf(upper) + ")";
}

}  // namespace fosterflow

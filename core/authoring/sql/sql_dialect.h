#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language/definition.h"

namespace fosterflow {

enum class SqlDialectName : uint8_t { kDuckDb, kPostgres, kClickHouse };

/// A JSON value of a query: the member of the JSON expression `root` at `keys`, walking objects
/// only.
struct SqlJson {
  std::string root;
  Path keys;
};

/// Why a query stops.
inline constexpr std::string_view kMixedArray =
    "an array of the data has both nested and other elements: which is first or last of its "
    "instant would take an order that this database does not have";

/// What differs between the dialects: each call writes an expression of one. Instants and local
/// times are whole milliseconds since 1970 (a local time as if its clock were UTC), unless a
/// *timestamp* is named: that is a value of the type of `events.time`, in UTC.
///
/// Expressions that ask for a type give NULL when the value is missing or of another type. Those
/// that answer yes or no may give NULL for no, unless they say otherwise.
class SqlDialect {
 public:
  virtual ~SqlDialect() = default;

  /// As people write it.
  [[nodiscard]] virtual std::string_view title() const = 0;

  // Literals.

  /// A text literal that nothing in the text can end, on one line.
  [[nodiscard]] virtual std::string text(std::string_view text) const = 0;
  /// False for a text that no value of this dialect can be equal to, and that has no literal.
  [[nodiscard]] virtual bool canHold(std::string_view /*text*/) const { return true; }
  /// A number that compares as a double.
  [[nodiscard]] virtual std::string number(double number) const = 0;
  [[nodiscard]] virtual std::string asDouble(const std::string& number) const = 0;

  // JSON.

  [[nodiscard]] virtual std::string isSet(const SqlJson& json) const = 0;
  [[nodiscard]] virtual std::string isArray(const SqlJson& json) const = 0;
  [[nodiscard]] virtual std::string textOf(const SqlJson& json) const = 0;
  [[nodiscard]] virtual std::string numberOf(const SqlJson& json) const = 0;
  [[nodiscard]] virtual std::string booleanOf(const SqlJson& json) const = 0;
  /// The value itself as an expression that can be a `root`.
  [[nodiscard]] virtual std::string valueOf(const SqlJson& json) const = 0;
  /// A column of such values, which may be NULL, as a root.
  [[nodiscard]] virtual std::string rootOf(const std::string& column) const { return column; }
  using ElementTest = std::function<std::string(const std::string& root)>;
  /// True when the test of one element holds, false (not NULL) else, also for what is no array.
  [[nodiscard]] virtual std::string anyElement(const SqlJson& json, const std::string& name,
                                               const ElementTest& test) const = 0;
  /// Elements of an array.
  [[nodiscard]] virtual std::string lengthOf(const SqlJson& json) const = 0;
  [[nodiscard]] virtual SqlJson elementOf(const SqlJson& json, int index) const = 0;
  /// Expressions by which values sort in the language's order, the first one first; objects never,
  /// since no operator tells two of them apart. Arrays only if wanted: of scalars by their
  /// elements; of arrays and objects as texts, since no operator looks into these; one that has
  /// both stops the query with `kMixedArray`, since it would take the order of what is nested.
  [[nodiscard]] virtual std::vector<std::string> orderOf(const SqlJson& json,
                                                         bool withArrays) const = 0;
  /// A text that two scalars share exactly when they are equal; NULL for what is no scalar.
  [[nodiscard]] virtual std::string distinctKey(const SqlJson& json) const = 0;

  // Texts.

  [[nodiscard]] virtual std::string contains(const std::string& text,
                                             const std::string& part) const = 0;
  [[nodiscard]] virtual std::string startsWith(const std::string& text,
                                               const std::string& part) const = 0;
  [[nodiscard]] virtual std::string endsWith(const std::string& text,
                                             const std::string& part) const = 0;
  /// `pattern` as the language has it (values/text_match.h).
  [[nodiscard]] virtual std::string like(const std::string& text,
                                         std::string_view pattern) const = 0;
  /// The text as far as one of ASCII can tell it apart from others that fold to the same.
  [[nodiscard]] virtual std::string foldAscii(const std::string& text) const = 0;

  // Time.

  /// A condition on a timestamp: `op` is one of < <= > >=.
  [[nodiscard]] virtual std::string compareTime(const std::string& timestamp, std::string_view op,
                                                Instant instant) const = 0;
  [[nodiscard]] virtual std::string millisecondsOf(const std::string& timestamp) const = 0;
  [[nodiscard]] virtual std::string now() const = 0;
  /// `zone`: an expression of a zone's name that the dialect knows.
  [[nodiscard]] virtual std::string localOf(const std::string& instant,
                                            const std::string& zone) const = 0;
  /// The smallest instant whose local time is not earlier.
  [[nodiscard]] virtual std::string instantOf(const std::string& local,
                                              const std::string& zone) const = 0;
  /// A local time moved by months, clamped to the month's last day.
  [[nodiscard]] virtual std::string addMonths(const std::string& local, int64_t months) const = 0;
  /// The start of the calendar unit of a local time, `back` units before.
  [[nodiscard]] virtual std::string startOfUnit(const std::string& local, CalendarUnit unit,
                                                int64_t back) const = 0;
  /// A timestamp's hour, weekday (Monday 1), day of the month or month in a zone ("": UTC).
  [[nodiscard]] virtual std::string clockPart(ClockUnit unit, const std::string& timestamp,
                                              const std::string& zone) const = 0;
  /// What names the calendar unit of a timestamp in a zone ("": UTC).
  [[nodiscard]] virtual std::string unitOf(CalendarUnit unit, const std::string& timestamp,
                                           const std::string& zone) const = 0;
  /// Whether the month and day of a local time come again within `days` of the day of another.
  [[nodiscard]] virtual std::string isAnniversary(const std::string& local,
                                                  const std::string& today, int64_t days) const = 0;
  /// The name of the zone in a text, when it is one, else UTC's.
  [[nodiscard]] virtual std::string zoneNamed(const std::string& text) const = 0;
  /// A table with one array `stretches` in its one row, where the dialect's own knowledge of a zone
  /// is not exact; zones are then the expression of that array.
  [[nodiscard]] virtual std::optional<std::string> zoneTable(const Zone& /*zone*/) const {
    return std::nullopt;
  }
  /// Why local time of a zone cannot be had; a nullptr zone is the contact's.
  [[nodiscard]] virtual std::optional<std::string> whyNoLocalTime(const Zone* /*zone*/) const {
    return std::nullopt;
  }
  /// The most months by which it moves an instant of our time without leaving what it can hold.
  [[nodiscard]] virtual int64_t longestMonths() const { return 12'000; }
  /// Why nothing can be asked about an instant.
  [[nodiscard]] virtual std::optional<std::string> whyNotAt(Instant /*at*/) const {
    return std::nullopt;
  }

  // Numbers.

  /// `value` under a name, for a body that names it more than once.
  [[nodiscard]] virtual std::string let(const std::string& name, const std::string& value,
                                        const std::string& body) const = 0;
  /// Of whole numbers that are not negative.
  [[nodiscard]] virtual std::string divideWhole(const std::string& dividend,
                                                const std::string& divisor) const = 0;
  /// Arithmetic of doubles whose result is NULL unless it is finite; here for databases that
  /// compute as IEEE 754 says, and do not stop where a result is none.
  [[nodiscard]] virtual std::string arithmetic(Expression::Kind kind, const std::string& left,
                                               const std::string& right) const;
  [[nodiscard]] virtual std::string finite(const std::string& number) const = 0;
  /// The groups of a regular expression in a text, and one of them as text or whole number; NULL
  /// or 0 where it is absent.
  [[nodiscard]] virtual std::string groupsOf(const std::string& text,
                                             std::string_view expression) const = 0;
  [[nodiscard]] virtual std::string group(const std::string& groups, int index) const = 0;
  [[nodiscard]] virtual std::string wholeGroup(const std::string& groups, int index) const = 0;
  /// The first three digits of a fraction, filled with zeros, as a whole number.
  [[nodiscard]] virtual std::string thousandths(const std::string& groups, int index) const = 0;
  [[nodiscard]] virtual std::string toWhole(const std::string& number) const = 0;
  /// The first 32 bits of the SHA-256 of a text, as a double.
  [[nodiscard]] virtual std::string hashOf(const std::string& text) const = 0;
  /// A value that stays missing where a join finds no row.
  [[nodiscard]] virtual std::string optional(const std::string& value) const { return value; }
};

std::unique_ptr<const SqlDialect> duckDbDialect();
std::unique_ptr<const SqlDialect> postgresDialect();
std::unique_ptr<const SqlDialect> clickHouseDialect();

}  // namespace fosterflow

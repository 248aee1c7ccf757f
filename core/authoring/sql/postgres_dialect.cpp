#include <algorithm>

#include "authoring/sql/sql_text.h"
#include "authoring/sql/standard_dialect.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

// Timestamps begin in 4713 BC. Before, every zone keeps the offset that it has then.
constexpr const char* kFirstInstant = "-200000000000000";
// The calendar repeats itself every 400 years.
constexpr const char* kCalendarCycle = "12622780800000";

bool isSimple(std::string_view expression) {
  return std::all_of(expression.begin(), expression.end(), [](char character) {
    return character == '_' || character == '.' || (character >= '0' && character <= '9') ||
           (character >= 'a' && character <= 'z');
  });
}

/// PostgreSQL 15 and newer: columns of jsonb, and subqueries wherever there is something to walk.
class PostgresDialect final : public StandardDialect {
 public:
  [[nodiscard]] std::string_view title() const override { return "PostgreSQL"; }

  [[nodiscard]] bool canHold(std::string_view text) const override {
    return text.find('\0') == std::string_view::npos;
  }

  [[nodiscard]] std::string text(std::string_view text) const override {
    // The form with E means the same under every setting of the server.
    std::string result;
    bool isEscaped = false;
    for (const char character : text) {
      if (character == '\'') {
        result += "''";
      } else if (character == '\\') {
        result += "\\\\";
        isEscaped = true;
      } else if (static_cast<unsigned char>(character) < ' ' || character == '\x7F') {
        static constexpr const char* kDigits = "0123456789abcdef";
        result += "\\x";
        result += kDigits[character >> 4];
        result += kDigits[character & 15];
        isEscaped = true;
      } else {
        result += character;
      }
    }
    return (isEscaped ? "E'" : "'") + result + "'";
  }

  [[nodiscard]] std::string number(double number) const override {
    std::string result;
    appendJsonNumber(result, number);
    return result;
  }

  [[nodiscard]] std::string isSet(const SqlJson& json) const override {
    return typeOf(json) + " <> 'null'";
  }

  [[nodiscard]] std::string isArray(const SqlJson& json) const override {
    return typeOf(json) + " = 'array'";
  }

  [[nodiscard]] std::string textOf(const SqlJson& json) const override {
    return sqlWhen(typeOf(json) + " = 'string'", bareTextOf(json));
  }

  [[nodiscard]] std::string numberOf(const SqlJson& json) const override {
    return sqlWhen(typeOf(json) + " = 'number'",
                   "CAST(" + memberOf(json) + " AS DOUBLE PRECISION)");
  }

  [[nodiscard]] std::string booleanOf(const SqlJson& json) const override {
    return sqlWhen(typeOf(json) + " = 'boolean'", "CAST(" + memberOf(json) + " AS BOOLEAN)");
  }

  [[nodiscard]] std::string valueOf(const SqlJson& json) const override {
    return json.keys.empty() ? json.root : "(" + memberOf(json) + ")";
  }

  [[nodiscard]] std::string anyElement(const SqlJson& json, const std::string& name,
                                       const ElementTest& test) const override {
    return "EXISTS (\n" +
           indented("SELECT 1 FROM jsonb_array_elements(" + arrayOf(json) + ") AS " + name +
                    "(value)\nWHERE " + test(name + ".value")) +
           "\n)";
  }

  [[nodiscard]] std::string lengthOf(const SqlJson& json) const override {
    return "jsonb_array_length(" + valueOf(json) + ")";
  }

  [[nodiscard]] SqlJson elementOf(const SqlJson& json, int index) const override {
    const std::string element = "(" + arrayOf(json) + " -> " + std::to_string(index) + ")";
    return {element, {}};
  }

  [[nodiscard]] std::vector<std::string> orderOf(const SqlJson& json,
                                                 bool withArrays) const override {
    std::vector<std::string> order = {rankOf(json), numberOf(json),
                                      textOf(json) + " COLLATE \"C\""};
    if (!withArrays) return order;
    const SqlJson element{"element.value", {}};
    const std::string elements =
        "ARRAY(\n" +
        indented("SELECT ROW(" + rankOf(element) + ", " + numberOf(element) + ", coalesce(" +
                 textOf(element) + ", CAST(element.value AS TEXT)) COLLATE \"C\")" +
                 "\nFROM jsonb_array_elements(" + arrayOf(json) +
                 ") WITH ORDINALITY AS element(value, place)\nORDER BY place") +
        "\n)";
    // A cast that fails is how PostgreSQL stops a query; of a constant it would fail when planned.
    order.push_back(
        "CASE WHEN (SELECT count(DISTINCT jsonb_typeof(element) IN ('array', 'object'))"
        " FROM jsonb_array_elements(" +
        arrayOf(json) + ") AS element) > 1 THEN CAST(" + text(kMixedArray) +
        " || '; contact ' || e.contact_id AS INTEGER) END");
    order.push_back(elements);
    return order;
  }

  [[nodiscard]] std::string distinctKey(const SqlJson& json) const override {
    return "CASE " + typeOf(json) + "\n  WHEN 'string' THEN 't' || " + bareTextOf(json) +
           "\n  WHEN 'boolean' THEN 'b' || CAST(" + memberOf(json) +
           " AS TEXT)\n  WHEN 'number' THEN 'n' || CAST(0 + CAST(" + memberOf(json) +
           " AS DOUBLE PRECISION) AS TEXT)\nEND";
  }

  [[nodiscard]] std::string contains(const std::string& text,
                                     const std::string& part) const override {
    return sqlCall("strpos", {text, part}) + " > 0";
  }
  [[nodiscard]] std::string startsWith(const std::string& text,
                                       const std::string& part) const override {
    return sqlCall("starts_with", {text, part});
  }
  [[nodiscard]] std::string endsWith(const std::string& text,
                                     const std::string& part) const override {
    return sqlCall("right", {text, "char_length(" + part + ")"}) + " = " + part;
  }

  [[nodiscard]] std::string millisecondsOf(const std::string& timestamp) const override {
    return "CAST(extract(EPOCH FROM " + timestamp + ") * 1000 AS BIGINT)";
  }

  [[nodiscard]] std::string localOf(const std::string& instant,
                                    const std::string& zone) const override {
    return let("instant", instant,
               let("near_instant", std::string("greatest(instant, ") + kFirstInstant + ")",
                   "instant - near_instant + " + StandardDialect::localOf("near_instant", zone)));
  }

  [[nodiscard]] std::string let(const std::string& name, const std::string& value,
                                const std::string& body) const override {
    // OFFSET 0 keeps the value from being computed wherever it is named.
    return "(\n" +
           indented("SELECT " + body + "\nFROM (SELECT " + value + " AS " + name +
                    " OFFSET 0) AS of_" + name) +
           "\n)";
  }

  [[nodiscard]] std::string divideWhole(const std::string& dividend,
                                        const std::string& divisor) const override {
    return dividend + " / " + divisor;
  }

  [[nodiscard]] std::string arithmetic(Expression::Kind kind, const std::string& left,
                                       const std::string& right) const override {
    // Where other databases give infinity or zero, this one stops the query.
    std::string body;
    switch (kind) {
      case Expression::Kind::kAdd:
      case Expression::Kind::kSubtract: {
        const std::string sign = kind == Expression::Kind::kAdd ? " + " : " - ";
        // Half of the smallest number is no number.
        body =
            "CASE\n"
            "  WHEN abs(a) <= 8.988465674311579e307 AND abs(b) <= 8.988465674311579e307\n"
            "    OR abs(a) < 1 OR abs(b) < 1 THEN a" +
            sign + "b\n  WHEN abs(a / 2" + sign + "b / 2) <= 8.988465674311579e307 THEN a" + sign +
            "b\nEND";
        break;
      }
      default: {
        const bool isProduct = kind == Expression::Kind::kMultiply;
        const std::string sign = isProduct ? " * " : " / ";
        const std::string exact =
            isProduct ? "abs(CAST(CAST(a AS TEXT) AS NUMERIC) * CAST(CAST(b AS TEXT) AS NUMERIC))"
                      : "abs(CAST(CAST(a AS TEXT) AS NUMERIC)) / abs(CAST(CAST(b AS TEXT) AS "
                        "NUMERIC))";
        // Times 2^1075, which is exact here: what is less than 1 would be rounded to 0, and so
        // would 1 itself. A product is 1 when both are powers of two, a quotient when they are
        // equal.
        const std::string vanishes =
            isProduct
                ? "CASE WHEN abs(a) <= 1 AND abs(b) <= 1 THEN\n"
                  "    abs(a * 4.4989137945431964e+161 * (b * 8.997827589086393e+161)) < 1\n"
                  "    OR abs(a * 4.4989137945431964e+161 * (b * 8.997827589086393e+161)) = 1\n"
                  "    AND encode(float8send(a * 4.4989137945431964e+161), 'hex') LIKE "
                  "'%0000000000000'\n"
                  "    AND encode(float8send(b * 8.997827589086393e+161), 'hex') LIKE "
                  "'%0000000000000'\n"
                  "  END"
                : "CASE WHEN abs(a) <= 1 AND abs(b) >= 1 THEN\n"
                  "    abs(a * 8.997827589086393e+161 / (b * 2.2227587494850775e-162)) < 1\n"
                  "    OR abs(a * 8.997827589086393e+161) = abs(b * 2.2227587494850775e-162)\n"
                  "  END";
        body = std::string("CASE\n  WHEN a IS NULL OR b IS NULL") + (isProduct ? "" : " OR b = 0") +
               " THEN NULL\n"
               "  WHEN a = 0 OR b = 0 THEN 0\n"
               "  WHEN abs(a) BETWEEN 1e-150 AND 1e150 AND abs(b) BETWEEN 1e-150 AND 1e150 THEN a" +
               sign + "b\n  WHEN " + vanishes + " THEN 0\n  WHEN " + exact +
               " >= 1.7976931348623158e308 THEN NULL\n  ELSE a" + sign + "b\nEND";
        break;
      }
    }
    return let("a", left, let("b", right, body));
  }

  [[nodiscard]] std::string finite(const std::string& number) const override {
    return "nullif(nullif(" + number + ", 'Infinity'), '-Infinity')";
  }

  [[nodiscard]] std::string groupsOf(const std::string& text,
                                     std::string_view expression) const override {
    return sqlCall("regexp_match", {text, this->text(expression)});
  }
  [[nodiscard]] std::string group(const std::string& groups, int index) const override {
    return groups + "[" + std::to_string(index) + "]";
  }
  [[nodiscard]] std::string wholeGroup(const std::string& groups, int index) const override {
    return "coalesce(CAST(" + group(groups, index) + " AS BIGINT), 0)";
  }

  [[nodiscard]] std::string hashOf(const std::string& text) const override {
    return asDouble("CAST(CAST('x' || left(encode(sha256(convert_to(" + text +
                    ", 'UTF8')), 'hex'), 8) AS BIT(32)) AS BIGINT)");
  }

 protected:
  [[nodiscard]] std::string timestampOf(const std::string& milliseconds) const override {
    if (!isSimple(milliseconds)) {
      return let("milliseconds", milliseconds, timestampOf("milliseconds"));
    }
    return "(TIMESTAMP 'epoch' + " + milliseconds + " / 86400000 * INTERVAL '1 day' + " +
           milliseconds + " % 86400000 * INTERVAL '1 millisecond')";
  }

  [[nodiscard]] std::string firstSecond(const std::string& from, const std::string& until,
                                        const ElementTest& test) const override {
    return "(\n" +
           indented("SELECT min(second) FROM generate_series(" + from + " - " + from + " % 1000, " +
                    until + " + 1000, 1000) AS seconds(second)\nWHERE " + test("second")) +
           "\n)";
  }

  [[nodiscard]] std::string nearLocal(const std::string& local) const override {
    return "((" + local + " % " + kCalendarCycle + " + " + kCalendarCycle + ") % " +
           kCalendarCycle + ")";
  }

 private:
  // No object of jsonb has a key with U+0000, and no other text reads like this one.
  [[nodiscard]] std::string keyLiteral(const std::string& key) const {
    return canHold(key) ? text(key) : "CAST(NULL AS TEXT)";
  }

  // Without parentheses, for where there are some.
  [[nodiscard]] std::string memberOf(const SqlJson& json) const {
    std::string member = json.root;
    for (const std::string& key : json.keys) member += " -> " + keyLiteral(key);
    return member;
  }

  [[nodiscard]] std::string typeOf(const SqlJson& json) const {
    return "jsonb_typeof(" + memberOf(json) + ")";
  }

  [[nodiscard]] std::string bareTextOf(const SqlJson& json) const {
    return "(" + memberOf(json) + " #>> '{}')";
  }

  [[nodiscard]] std::string arrayOf(const SqlJson& json) const {
    return sqlWhen(isArray(json), valueOf(json));
  }

  [[nodiscard]] std::string rankOf(const SqlJson& json) const {
    return "CASE " + typeOf(json) + " WHEN 'null' THEN 0 WHEN 'boolean' THEN 1 + CAST(CAST(" +
           memberOf(json) +
           " AS BOOLEAN) AS INTEGER) WHEN 'number' THEN 3 WHEN 'string' THEN 4 WHEN 'array' THEN "
           "5 ELSE 6 END";
  }
};

}  // namespace

std::unique_ptr<const SqlDialect> postgresDialect() { return std::make_unique<PostgresDialect>(); }

}  // namespace fosterflow

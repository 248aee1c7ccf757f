#include <cmath>

#include "authoring/sql/sql_text.h"
#include "authoring/sql/standard_dialect.h"
#include "language/place.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

bool isControl(char character) {
  return static_cast<unsigned char>(character) < ' ' || character == '\x7F';
}

/// DuckDB: JSON is a type with functions of paths; lambdas stand where other dialects need a
/// subquery.
class DuckDbDialect final : public StandardDialect {
 public:
  [[nodiscard]] std::string_view title() const override { return "DuckDB"; }

  [[nodiscard]] std::string text(std::string_view text) const override {
    std::vector<std::string> parts;
    std::string run;
    const auto endRun = [&] {
      if (!run.empty()) parts.push_back("'" + run + "'");
      run.clear();
    };
    for (const char character : text) {
      if (isControl(character)) {
        endRun();
        parts.push_back("chr(" + std::to_string(character) + ")");
      } else {
        if (character == '\'') run += '\'';
        run += character;
      }
    }
    endRun();
    if (parts.empty()) return "''";
    return parts.size() == 1 ? parts.front() : "(" + joined(parts, " || ") + ")";
  }

  [[nodiscard]] std::string number(double number) const override {
    std::string result;
    appendJsonNumber(result, number);
    // Without an exponent it would be a decimal, which is converted with a rounding of its own.
    const bool isWhole = std::abs(number) < 9007199254740992.0 && std::trunc(number) == number;
    if (!isWhole && result.find('e') == std::string::npos) result += "e0";
    return result;
  }

  [[nodiscard]] std::string isSet(const SqlJson& json) const override {
    return typeOf(json) + " <> 'NULL'";
  }

  [[nodiscard]] std::string isArray(const SqlJson& json) const override {
    return typeOf(json) + " = 'ARRAY'";
  }

  [[nodiscard]] std::string textOf(const SqlJson& json) const override {
    return sqlWhen(typeOf(json) + " = 'VARCHAR'", extract("json_extract_string", json));
  }

  [[nodiscard]] std::string numberOf(const SqlJson& json) const override {
    return sqlWhen(typeOf(json) + " IN ('BIGINT', 'UBIGINT', 'HUGEINT', 'UHUGEINT', 'DOUBLE')",
                   "CAST(" + valueOf(json) + " AS DOUBLE)");
  }

  [[nodiscard]] std::string booleanOf(const SqlJson& json) const override {
    return sqlWhen(typeOf(json) + " = 'BOOLEAN'", "CAST(" + valueOf(json) + " AS BOOLEAN)");
  }

  [[nodiscard]] std::string valueOf(const SqlJson& json) const override {
    return json.keys.empty() ? json.root : extract("json_extract", json);
  }

  [[nodiscard]] std::string anyElement(const SqlJson& json, const std::string& name,
                                       const ElementTest& test) const override {
    return sqlCall("coalesce",
                   {sqlCall("list_bool_or",
                            {sqlCall("list_transform",
                                     {elementsOf(json), "lambda " + name + ": " + test(name)})}),
                    std::string(kSqlFalse)});
  }

  [[nodiscard]] std::string lengthOf(const SqlJson& json) const override {
    return "json_array_length(" + valueOf(json) + ")";
  }

  [[nodiscard]] SqlJson elementOf(const SqlJson& json, int index) const override {
    return {"json_extract(" + valueOf(json) + ", '$[" + std::to_string(index) + "]')", {}};
  }

  [[nodiscard]] std::vector<std::string> orderOf(const SqlJson& json,
                                                 bool withArrays) const override {
    std::vector<std::string> order = {rankOf(json), numberOf(json), textOf(json)};
    if (!withArrays) return order;
    const std::string elements = "list_transform(" + elementsOf(json) +
                                 ", lambda element: {'rank': " + rankOf({"element", {}}) +
                                 ", 'number': " + numberOf({"element", {}}) +
                                 ", 'text': coalesce(" + textOf({"element", {}}) +
                                 ", CAST(element AS VARCHAR))})";
    const std::string isMixed = "len(list_distinct(list_transform(" + elementsOf(json) +
                                ", lambda element: " + typeOf({"element", {}}) +
                                " IN ('ARRAY', 'OBJECT')))) > 1";
    order.push_back("CASE WHEN " + isArray(json) + " THEN CASE WHEN " + isMixed + " THEN error(" +
                    text(kMixedArray) + ") ELSE " + elements + " END END");
    return order;
  }

  [[nodiscard]] std::string distinctKey(const SqlJson& json) const override {
    return "CASE " + typeOf(json) + "\n  WHEN 'VARCHAR' THEN 't' || " +
           extract("json_extract_string", json) + "\n  WHEN 'BOOLEAN' THEN 'b' || CAST(" +
           valueOf(json) + " AS VARCHAR)\n  ELSE 'n' || CAST(0 + " + numberOf(json) +
           " AS VARCHAR)\nEND";
  }

  [[nodiscard]] std::string contains(const std::string& text,
                                     const std::string& part) const override {
    return sqlCall("contains", {text, part});
  }
  [[nodiscard]] std::string startsWith(const std::string& text,
                                       const std::string& part) const override {
    return sqlCall("starts_with", {text, part});
  }
  [[nodiscard]] std::string endsWith(const std::string& text,
                                     const std::string& part) const override {
    return sqlCall("ends_with", {text, part});
  }

  [[nodiscard]] std::string millisecondsOf(const std::string& timestamp) const override {
    return "epoch_ms(" + timestamp + ")";
  }

  [[nodiscard]] std::string let(const std::string& name, const std::string& value,
                                const std::string& body) const override {
    return sqlCall("list_transform", {"[" + value + "]", "lambda " + name + ": " + body}) + "[1]";
  }

  [[nodiscard]] std::string divideWhole(const std::string& dividend,
                                        const std::string& divisor) const override {
    return dividend + " // " + divisor;
  }

  [[nodiscard]] std::string finite(const std::string& number) const override {
    return "nullif(nullif(" + number +
           ", CAST('Infinity' AS DOUBLE)), CAST('-Infinity' AS DOUBLE))";
  }

  [[nodiscard]] std::string groupsOf(const std::string& text,
                                     std::string_view expression) const override {
    // Struct fields are as short as they are since each part of a date names one.
    return sqlCall("regexp_extract", {text, this->text(expression),
                                      "['g1', 'g2', 'g3', 'g4', 'g5', 'g6', 'g7', 'g8', 'g9', "
                                      "'g10', 'g11']"});
  }

  [[nodiscard]] std::string group(const std::string& groups, int index) const override {
    return "nullif(" + groups + ".g" + std::to_string(index) + ", '')";
  }

  [[nodiscard]] std::string wholeGroup(const std::string& groups, int index) const override {
    return "coalesce(CAST(" + group(groups, index) + " AS BIGINT), 0)";
  }

  [[nodiscard]] std::string hashOf(const std::string& text) const override {
    return "CAST(CAST('0x' || left(sha256(" + text + "), 8) AS UBIGINT) AS DOUBLE)";
  }

 protected:
  [[nodiscard]] std::string timestampOf(const std::string& milliseconds) const override {
    return "epoch_ms(CAST(" + milliseconds + " AS BIGINT))";
  }

  [[nodiscard]] std::string firstSecond(const std::string& from, const std::string& until,
                                        const ElementTest& test) const override {
    return "list_min(list_filter(range(" + from + " - " + from + " % 1000, " + until +
           " + 1000, 1000), lambda second: " + test("second") + "))";
  }

 private:
  // The functions take a path or a pointer of a key. A path cannot have every key; a pointer can,
  // but would also count the elements of an array.
  [[nodiscard]] static bool isPlainKey(std::string_view key) {
    for (const char character : key) {
      if (isControl(character) || character == '"' || character == '*' || character == '\\') {
        return false;
      }
    }
    return !key.empty();
  }

  [[nodiscard]] std::string extract(std::string_view function, const SqlJson& json) const {
    std::string root = json.root;
    std::string path = "$";
    const auto apply = [&](std::string_view name) {
      root = std::string(name) + "(" + root + ", " + text(path) + ")";
      path = "$";
    };
    for (const std::string& key : json.keys) {
      if (isPlainKey(key)) {
        path += ".\"" + key + "\"";
        continue;
      }
      if (path != "$") apply("json_extract");
      std::string pointer;
      appendPointerKey(pointer, key);
      root = let("object", root,
                 "CASE WHEN json_type(object) = 'OBJECT' THEN json_extract(object, " +
                     text(pointer) + ") END");
    }
    if (path != "$" || function != "json_extract") apply(function);
    return root;
  }

  [[nodiscard]] std::string typeOf(const SqlJson& json) const {
    return json.keys.empty() ? "json_type(" + json.root + ")" : extract("json_type", json);
  }

  [[nodiscard]] std::string elementsOf(const SqlJson& json) const {
    return "json_extract(" + valueOf(json) + ", '$[*]')";
  }

  [[nodiscard]] std::string rankOf(const SqlJson& json) const {
    return "CASE " + typeOf(json) + " WHEN 'NULL' THEN 0 WHEN 'BOOLEAN' THEN 1 + CAST(CAST(" +
           valueOf(json) +
           " AS BOOLEAN) AS INTEGER) WHEN 'VARCHAR' THEN 4 WHEN 'ARRAY' THEN 5 WHEN 'OBJECT' THEN "
           "6 ELSE 3 END";
  }
};

}  // namespace

std::unique_ptr<const SqlDialect> duckDbDialect() { return std::make_unique<DuckDbDialect>(); }

}  // namespace fosterflow

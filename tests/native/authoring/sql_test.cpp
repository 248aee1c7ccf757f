#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "authoring/sql/like_pattern.h"
#include "authoring/sql/sql_query.h"
#include "authoring/sql/sql_text.h"
#include "language/checking.h"
#include "time/zones.h"

namespace fosterflow {
namespace {

const Instant kNoon = at(2026, 11, 23, 12);

std::vector<std::unique_ptr<const SqlDialect>> everyDialect() {
  std::vector<std::unique_ptr<const SqlDialect>> dialects;
  dialects.push_back(duckDbDialect());
  dialects.push_back(postgresDialect());
  dialects.push_back(clickHouseDialect());
  return dialects;
}

// What is left of a query without its text literals, as its dialect reads them.
std::string withoutLiterals(const std::string& sql, const SqlDialect& dialect) {
  std::string rest;
  for (size_t index = 0; index < sql.size(); ++index) {
    if (sql[index] != '\'') {
      rest += sql[index];
      continue;
    }
    const bool isEscaped = dialect.title() == "ClickHouse" || (index > 0 && sql[index - 1] == 'E');
    for (++index; index < sql.size(); ++index) {
      if (isEscaped && sql[index] == '\\') {
        ++index;
      } else if (sql[index] == '\'') {
        if (index + 1 == sql.size() || sql[index + 1] != '\'') break;
        ++index;
      }
    }
    if (isEscaped && !rest.empty() && rest.back() == 'E') rest.pop_back();
    rest += "?";
  }
  return rest;
}

class SqlTest : public Checking {
 protected:
  SqlQuery query(const std::string& json, const SqlDialect& dialect,
                 std::optional<Instant> instant = kNoon, size_t segment = 0) {
    const DefinitionSet set = check(json);
    for (const Problem& problem : set.problems) {
      EXPECT_EQ(problem.severity, Severity::kWarning) << problem.path << ": " << problem.message;
    }
    SqlRequest request;
    request.set = &set;
    request.isList = json.front() == '[';
    request.at = instant;
    request.interner = &interner_;
    request.zones = &zones_;
    return sqlQuery(request, dialect, segment);
  }

  std::string sql(const std::string& condition, const SqlDialect& dialect,
                  std::string_view more = "") {
    const SqlQuery found = query(segment(condition, more), dialect);
    EXPECT_TRUE(found.refusals.empty()) << condition;
    return found.sql;
  }
};

TEST_F(SqlTest, WritesOneReadableQuery) {
  const std::string text = sql(
      R"({"kind":"all","of":[
        {"kind":"event","event":"Order Completed","op":"gte","value":2,"window":{"last":{"days":7}}},
        {"kind":"list","list":"vip","op":"not_in"}]})",
      *duckDbDialect());
  EXPECT_EQ(text.substr(text.find('\n') + 1), R"(WITH
  metric_1 AS (  -- /when/of/0
    SELECT e.contact_id,
      count(*) AS value
    FROM events AS e
    WHERE e.name = 'Order Completed'
      AND e.time > TIMESTAMP '2026-11-16 12:00:00.000'
      AND e.time <= TIMESTAMP '2026-11-23 12:00:00.000'
    GROUP BY e.contact_id
  )
SELECT c.id AS contact_id
FROM contacts AS c
LEFT JOIN metric_1 ON metric_1.contact_id = c.id
WHERE (
  coalesce(metric_1.value, 0) >= 2
  AND NOT coalesce(c.id IN (SELECT contact_id FROM lists WHERE list = 'vip'), FALSE)
)
)");
  EXPECT_EQ(text.substr(0, text.find(' ', 11)), "-- Segment s");
}

TEST_F(SqlTest, WritesInstantsOfAFixedZoneAsTheCoreKnowsThem) {
  const std::string condition =
      R"({"kind":"event","event":"A","window":{"calendar":{"unit":"month","count":1}}})";
  const std::string text = sql(condition, *postgresDialect(), R"("timezone":"Europe/Berlin",)");
  EXPECT_NE(text.find("e.time >= TIMESTAMP '2026-09-30 22:00:00.000'"), std::string::npos) << text;
  EXPECT_NE(text.find("e.time < TIMESTAMP '2026-10-31 23:00:00.000'"), std::string::npos) << text;
}

TEST_F(SqlTest, EqualPartsAreOneTable) {
  const std::string text = sql(
      R"({"kind":"all","of":[{"kind":"event","event":"A","op":"gte","value":1},
        {"kind":"event","event":"A","op":"lt","value":9}]})",
      *duckDbDialect());
  EXPECT_NE(text.find("metric_1"), std::string::npos);
  EXPECT_EQ(text.find("metric_2"), std::string::npos);
}

TEST_F(SqlTest, NestedSegmentsAreTables) {
  const std::string json = R"([
    {"version":1,"id":"a","when":{"kind":"segment","segment":"b","op":"in"}},
    {"version":1,"id":"b","when":{"kind":"channel","channel":"email","op":"reachable"}}])";
  const SqlQuery found = query(json, *clickHouseDialect());
  EXPECT_NE(found.sql.find("segment_1 AS (  -- Segment b\n"), std::string::npos) << found.sql;
  EXPECT_NE(found.sql.find("c.id IN (SELECT contact_id FROM segment_1)"), std::string::npos);
}

TEST_F(SqlTest, NothingOfADefinitionEscapesIntoTheQuery) {
  // JSON texts; a query of each must be that of a plain one but for what is in its literals.
  const std::vector<std::string> hostile = {R"('; DROP TABLE contacts; --)",
                                            R"('')",
                                            R"(\\')",
                                            R"(\\)",
                                            R"(\\\\')",
                                            R"(*/ -- /*)",
                                            R"(${a} {{b}} :c $1 ? %s @d {e:String})",
                                            R"($$ $q$ E'\\x27')",
                                            R"(100%_!)",
                                            R"(`t` [b])",
                                            "\u2028 \u212A \u017F"};
  const std::vector<std::string> conditions = {
      R"({"kind":"event","event":"@"})",
      R"({"kind":"event","event":["@","b"],"measure":{"fn":"sum","property":"@"},"value":1,"op":"gt"})",
      R"({"kind":"event","event":"e","where":{"kind":"property","property":"p","op":"contains","value":"@"}})",
      R"({"kind":"attribute","attribute":"p","op":"eq","value":"@"})",
      R"({"kind":"attribute","attribute":"p","op":"in","value":["@",1,true]})",
      R"({"kind":"attribute","attribute":"p","op":"like","value":"@"})",
      R"({"kind":"attribute","attribute":"p","op":"includes_all","value":["@"]})",
      R"({"kind":"channel","channel":"@","op":"reachable"})",
      R"({"kind":"list","list":"@","op":"in"})",
      R"({"kind":"sample","percent":5,"salt":"@"})"};
  for (const auto& dialect : everyDialect()) {
    for (const std::string& condition : conditions) {
      const size_t place = condition.find('@');
      const auto filled = [&](const std::string& text) {
        std::string result = condition;
        for (size_t at = place; at != std::string::npos; at = result.find('@', at + text.size())) {
          result.replace(at, 1, text);
        }
        const std::string query = sql(result, *dialect);
        return withoutLiterals(query.substr(query.find('\n')), *dialect);
      };
      // DuckDB reads a key that no path can have in another way.
      const std::vector<std::string> plain = {filled("x"), filled("*")};
      for (const std::string& text : hostile) {
        const bool isPlain = filled(text) == plain[0] || filled(text) == plain[1];
        EXPECT_TRUE(isPlain) << dialect->title() << ": " << condition << " " << text;
      }
    }
  }
}

TEST_F(SqlTest, LiteralsAreOnOneLine) {
  std::string everything = "'\\\"%_ \x7F\xC3\xA9";
  for (char control = 1; control < ' '; ++control) everything += control;
  for (const auto& dialect : everyDialect()) {
    const std::string literal = dialect->text(everything);
    for (const char character : literal) {
      EXPECT_GE(static_cast<unsigned char>(character), 0x20) << dialect->title();
    }
  }
  EXPECT_EQ(duckDbDialect()->text(std::string("a\0b", 3)), "('a' || chr(0) || 'b')");
  EXPECT_EQ(clickHouseDialect()->text(std::string("a\0'\\", 4)), R"('a\x00\'\\')");
  EXPECT_EQ(postgresDialect()->text("it's\n"), R"(E'it''s\x0a')");
  EXPECT_EQ(postgresDialect()->text("it's"), "'it''s'");
}

TEST_F(SqlTest, NoTextOfPostgresHasANull) {
  const std::string text = sql(
      R"({"kind":"attribute","attribute":"p","op":"ne","value":"a\u0000b"})", *postgresDialect());
  EXPECT_NE(text.find("WHERE TRUE"), std::string::npos) << text;
}

TEST_F(SqlTest, OddKeysOfDuckDbArePointers) {
  const std::string text =
      sql(R"({"kind":"attribute","attribute":"a/b*.c","op":"is_set"})", *duckDbDialect());
  EXPECT_NE(text.find("CASE WHEN json_type(object) = 'OBJECT' THEN json_extract(object, '/a~1b*') "
                      "END"),
            std::string::npos)
      << text;
}

TEST_F(SqlTest, QueriesGrowWithTheirPathsAndNoFaster) {
  const auto condition = [](const std::string& key, size_t count) {
    std::string path = key;
    for (size_t index = 1; index < count; ++index) path += "." + key;
    return R"({"kind":"attribute","op":"eq","value":1,"attribute":")" + path + "\"}";
  };
  for (const auto& dialect : everyDialect()) {
    const size_t half = sql(condition("*", 32), *dialect).size();
    EXPECT_LT(sql(condition("*", 64), *dialect).size(), 6 * half) << dialect->title();
    const SqlQuery tooLong = query(segment(condition("a", 65)), *dialect);
    ASSERT_EQ(tooLong.refusals.size(), 1U);
    EXPECT_EQ(tooLong.refusals[0].path, "/when");
    EXPECT_EQ(tooLong.refusals[0].what, "path");
  }
}

TEST_F(SqlTest, NumbersAreDoubles) {
  EXPECT_EQ(duckDbDialect()->number(0.1), "0.1e0");
  EXPECT_EQ(duckDbDialect()->number(200), "200");
  EXPECT_EQ(duckDbDialect()->number(9007199254740992.0), "9007199254740992e0");
  EXPECT_EQ(postgresDialect()->number(5e-324), "5e-324");
  EXPECT_EQ(clickHouseDialect()->number(1e20), "100000000000000000000e0");
}

TEST_F(SqlTest, WhatADialectCannotSayIsNamedWithItsPlace) {
  const std::string json = R"([{"version":1,"id":"s","when":{"kind":"any","of":[
    {"kind":"attribute","attribute":"p","op":"eq","value":"\u00e9","ignoreCase":true},
    {"kind":"event","event":"e","where":{"kind":"all","of":[
      {"kind":"property","property":"p","op":"like","value":{"attribute":"q"}}]}},
    {"kind":"sequence","steps":[{"event":"a"},{"event":"b",
      "where":{"kind":"property","property":"p","op":"not_in","value":["\u00c9"],"ignoreCase":true}}]}]}}])";
  for (const auto& dialect : everyDialect()) {
    const SqlQuery found = query(json, *dialect);
    EXPECT_EQ(found.sql, "");
    ASSERT_EQ(found.refusals.size(), 3U);
    EXPECT_EQ(found.refusals[0].path, "/0/when/of/0");
    EXPECT_EQ(found.refusals[0].what, "eq");
    EXPECT_EQ(found.refusals[1].path, "/0/when/of/1/where/of/0");
    EXPECT_EQ(found.refusals[1].what, "like");
    EXPECT_EQ(found.refusals[2].path, "/0/when/of/2/steps/1/where");
    EXPECT_EQ(found.refusals[2].what, "not_in");
    EXPECT_EQ(found.refusals[2].dialect, dialect->title());
  }
}

TEST_F(SqlTest, ClickHouseSaysWhatItsTimesCannotHold) {
  const std::string contactZone = R"({"version":1,"id":"s","timezone":"contact",
    "when":{"kind":"event","event":"e","window":{"last":{"months":1}}}})";
  const SqlQuery found = query(contactZone, *clickHouseDialect());
  ASSERT_EQ(found.refusals.size(), 1U);
  EXPECT_EQ(found.refusals[0].path, "/when/window");
  EXPECT_TRUE(query(contactZone, *duckDbDialect()).refusals.empty());

  const SqlQuery old = query(segment(kHappened), *clickHouseDialect(), at(1899, 12, 31));
  ASSERT_EQ(old.refusals.size(), 1U);
  EXPECT_EQ(old.refusals[0].what, "at");
}

TEST_F(SqlTest, NowIsTheDatabasesClock) {
  const std::string json =
      segment(R"({"kind":"event","event":"e","window":{"calendar":{"unit":"week"}}})");
  for (const auto& dialect : everyDialect()) {
    const SqlQuery found = query(json, *dialect, std::nullopt);
    EXPECT_TRUE(found.refusals.empty());
    EXPECT_NE(found.sql.find("now"), std::string::npos);
    EXPECT_EQ(found.sql.find("2026"), std::string::npos) << found.sql;
  }
}

TEST(SqlText, LogicKeepsConstantsOut) {
  EXPECT_EQ(allOf({"a", "TRUE", "b"}), "(a AND b)");
  EXPECT_EQ(allOf({"a", "FALSE"}), "FALSE");
  EXPECT_EQ(anyOf({"FALSE"}), "FALSE");
  EXPECT_EQ(anyOf({"a", "TRUE"}), "TRUE");
  EXPECT_EQ(negationOf("a"), "NOT coalesce(a, FALSE)");
  EXPECT_EQ(negationOf("FALSE"), "TRUE");
}

TEST(SqlText, CommentsStayOnTheirLine) { EXPECT_EQ(sqlComment("a\nb\r\xC3\xA9"), "-- a?b???"); }

TEST(LikePattern, IsThatOfSql) {
  EXPECT_EQ(likePattern("a*b?", '!'), "a%b_");
  EXPECT_EQ(likePattern(R"(50%_!\*\?\\)", '!'), R"(50!%!_!!*?\)");
  EXPECT_EQ(likePattern("a\\", '\\'), R"(a\\)");
}

}  // namespace
}  // namespace fosterflow

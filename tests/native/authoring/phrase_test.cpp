#include "authoring/phrase.h"

#include <set>

#include "authoring/explaining.h"
#include "language/vocabulary.h"

namespace fosterflow {

namespace {

class PhraseTest : public Planning {
 protected:
  std::string say(std::string_view when, std::string_view parameters = "{}") {
    const DefinitionSet set =
        check(R"({"version":1,"id":"s","parameters":)" + std::string(parameters) + R"(,"when":)" +
              std::string(when) + "}");
    EXPECT_FALSE(hasErrors(set.problems)) << when << ": " << set.problems.front().message;
    if (set.definitions.empty()) return "";
    return Phrases(englishCatalogue(), interner_).condition(set.definitions.front().when);
  }

  std::string sayWindow(std::string_view window) {
    return say(R"({"kind":"event","event":"X","window":)" + std::string(window) + "}")
        .substr(std::string("\"X\" happened at least once ").size());
  }

  std::string sayWhere(std::string_view where) {
    const std::string text =
        say(R"({"kind":"event","event":"X","where":)" + std::string(where) + "}");
    const std::string before = "\"X\" (where ";
    const std::string after = ") happened at least once";
    return text.substr(before.size(), text.size() - before.size() - after.size());
  }

  std::string sayAttribute(std::string_view comparison) {
    return say(R"({"kind":"attribute","attribute":"a.b",)" + std::string(comparison) + "}");
  }
};

TEST_F(PhraseTest, HowOftenSomethingHappened) {
  const auto often = [this](std::string_view comparison) {
    return say(R"({"kind":"event","event":"X")" + std::string(comparison) + "}");
  };
  EXPECT_EQ(often(""), "\"X\" happened at least once");
  EXPECT_EQ(often(R"(,"op":"gt","value":0)"), "\"X\" happened at least once");
  EXPECT_EQ(often(R"(,"value":2)"), "\"X\" happened at least 2 times");
  EXPECT_EQ(often(R"(,"op":"gt","value":1)"), "\"X\" happened more than 1 time");
  EXPECT_EQ(often(R"(,"op":"lt","value":3)"), "\"X\" happened less than 3 times");
  EXPECT_EQ(often(R"(,"op":"lte","value":3)"), "\"X\" happened at most 3 times");
  EXPECT_EQ(often(R"(,"op":"eq","value":3)"), "\"X\" happened exactly 3 times");
  EXPECT_EQ(often(R"(,"op":"ne","value":3)"), "\"X\" did not happen exactly 3 times");
  EXPECT_EQ(often(R"(,"op":"eq","value":0)"), "\"X\" did not happen");
  EXPECT_EQ(often(R"(,"op":"lt","value":1)"), "\"X\" did not happen");
  EXPECT_EQ(often(R"(,"op":"lte","value":0)"), "\"X\" did not happen");
  EXPECT_EQ(often(R"(,"op":"between","value":[1,3])"), "\"X\" happened 1 to 3 times");
  EXPECT_EQ(often(R"(,"op":"not_between","value":[1,3])"), "\"X\" did not happen 1 to 3 times");
  EXPECT_EQ(often(R"(,"op":"in","value":[1,3])"),
            "the number of times that \"X\" happened is 1 or 3");
  EXPECT_EQ(often(R"(,"value":{"attribute":"n"})"),
            "the number of times that \"X\" happened is at least the contact's n");
  EXPECT_EQ(often(R"(,"op":"between","value":{"attribute":"n"})"),
            "the number of times that \"X\" happened is between the two in the contact's n");
}

TEST_F(PhraseTest, ParametersAreTheirValues) {
  EXPECT_EQ(say(R"({"kind":"event","event":"X","value":{"parameter":"n"},)"
                R"("window":{"last":{"days":{"parameter":"d"}}}})",
                R"({"n":4,"d":7})"),
            "\"X\" happened at least 4 times in the last 7 days");
}

TEST_F(PhraseTest, Measures) {
  const auto measured = [this](std::string_view measure) {
    return say(R"({"kind":"event","event":["Y","X","Z"],"measure":)" + std::string(measure) +
               R"(,"op":"gte","value":2,"window":{"last":{"days":30}}})");
  };
  const std::string rest = " \"X\", \"Y\" or \"Z\" in the last 30 days is at least 2";
  EXPECT_EQ(measured(R"({"fn":"sum","property":"p.q"})"), "the sum of p.q over" + rest);
  EXPECT_EQ(measured(R"({"fn":"avg","property":"p"})"), "the average p of" + rest);
  EXPECT_EQ(measured(R"({"fn":"min","property":"p"})"), "the smallest p of" + rest);
  EXPECT_EQ(measured(R"({"fn":"max","property":"p"})"), "the largest p of" + rest);
  EXPECT_EQ(measured(R"({"fn":"distinct","property":"p"})"),
            "the number of different values of p of" + rest);
  EXPECT_EQ(measured(R"({"fn":"first","property":"p"})"), "the first p of" + rest);
  EXPECT_EQ(measured(R"({"fn":"last","property":"p"})"), "the latest p of" + rest);
  EXPECT_EQ(measured(R"({"fn":"active","unit":"hour"})"), "the number of hours with" + rest);
  EXPECT_EQ(measured(R"({"fn":"active","unit":"day"})"), "the number of days with" + rest);
  EXPECT_EQ(measured(R"({"fn":"active","unit":"week"})"), "the number of weeks with" + rest);
  EXPECT_EQ(measured(R"({"fn":"active","unit":"month"})"), "the number of months with" + rest);
}

TEST_F(PhraseTest, Windows) {
  EXPECT_EQ(sayWindow(R"({"last":{"days":30}})"), "in the last 30 days");
  EXPECT_EQ(sayWindow(R"({"last":{"days":1}})"), "in the last 24 hours");
  EXPECT_EQ(sayWindow(R"({"last":{"hours":1}})"), "in the last 1 hour");
  EXPECT_EQ(sayWindow(R"({"last":{"minutes":90}})"), "in the last 90 minutes");
  EXPECT_EQ(sayWindow(R"({"last":{"seconds":61}})"), "in the last 61 seconds");
  EXPECT_EQ(sayWindow(R"({"last":{"weeks":2}})"), "in the last 14 days");
  EXPECT_EQ(sayWindow(R"({"last":{"months":18}})"), "in the last 18 months");
  EXPECT_EQ(sayWindow(R"({"last":{"years":2}})"), "in the last 2 years");
  EXPECT_EQ(sayWindow(R"({"between":[{"days":30},{"days":7}]})"), "between 30 days and 7 days ago");
  EXPECT_EQ(sayWindow(R"({"before":{"days":7}})"), "more than 7 days ago");
  EXPECT_EQ(sayWindow(R"({"from":"2026-01-01","to":"2026-02-01"})"),
            "from 2026-01-01 until before 2026-02-01");
  EXPECT_EQ(sayWindow(R"({"from":1767225600000})"), "from 2026-01-01T00:00:00.000Z on");
  EXPECT_EQ(sayWindow(R"({"to":"2026-02-01"})"), "before 2026-02-01");
  EXPECT_EQ(sayWindow(R"({"calendar":{"unit":"month"}})"), "in the previous month");
  EXPECT_EQ(sayWindow(R"({"calendar":{"unit":"week","count":3}})"), "in the previous 3 weeks");
  EXPECT_EQ(sayWindow(R"({"calendar":{"unit":"quarter","current":true}})"),
            "in the current quarter");
  EXPECT_EQ(sayWindow(R"({"calendar":{"unit":"day","count":2,"current":true}})"),
            "in the current day and the 1 day before it");
  EXPECT_EQ(sayWindow(R"({"calendar":{"unit":"year","count":3,"current":true}})"),
            "in the current year and the 2 years before it");
  EXPECT_EQ(sayWindow(R"({"since":{"event":"Y"}})"), "since the latest \"Y\"");
  EXPECT_EQ(sayWindow(R"({"last":{"days":9},"since":{"event":"Y","where":)"
                      R"({"kind":"property","property":"p","op":"is_set"}}})"),
            "in the last 9 days and since the latest \"Y\" (where p is known)");
}

TEST_F(PhraseTest, Filters) {
  EXPECT_EQ(sayWhere(R"({"kind":"property","property":"a\\.b.c","op":"eq","value":"v"})"),
            R"(a\.b.c is "v")");
  EXPECT_EQ(
      sayWhere(R"({"kind":"property","property":"p","op":"eq","value":{"attribute":"home"}})"),
      "p is the contact's home");
  const std::string p = R"({"kind":"property","property":"p","op":"gt","value":1})";
  const std::string q = R"({"kind":"property","property":"q","op":"lt","value":2})";
  const auto group = [](std::string_view kind, const std::string& members) {
    return "{\"kind\":\"" + std::string(kind) + "\",\"of\":[" + members + "]}";
  };
  EXPECT_EQ(sayWhere(group("all", p + "," + q)), "p is more than 1 and q is less than 2");
  EXPECT_EQ(sayWhere(group("any", group("all", p + "," + q) + "," + q + "," + p)),
            "(p is more than 1 and q is less than 2) or q is less than 2 or p is more than 1");
  EXPECT_EQ(sayWhere(group("all", group("none", p + "," + q) + "," + q)),
            "not (p is more than 1 or q is less than 2) and q is less than 2");
  EXPECT_EQ(
      sayWhere(R"({"kind":"item","items":"products","where":)" + group("all", p + "," + q) + "}"),
      "in one entry of products, p is more than 1 and q is less than 2");
  const auto clock = [](std::string_view unit) {
    return R"({"kind":"clock","unit":")" + std::string(unit) + R"(","op":"lte","value":6})";
  };
  EXPECT_EQ(sayWhere(clock("hour")), "the hour of the day is at most 6");
  EXPECT_EQ(sayWhere(clock("weekday")), "the weekday (Monday is 1) is at most 6");
  EXPECT_EQ(sayWhere(clock("day_of_month")), "the day of the month is at most 6");
  EXPECT_EQ(sayWhere(clock("month")), "the month (January is 1) is at most 6");
}

TEST_F(PhraseTest, EveryOperator) {
  const struct {
    const char* comparison;
    const char* phrase;
  } cases[] = {
      {R"("op":"eq","value":"US")", R"(is "US")"},
      {R"("op":"eq","value":"US","ignoreCase":true)", R"(is "US" (in upper or lower case))"},
      {R"("op":"ne","value":true)", "is not true"},
      {R"("op":"in","value":["a",1,false])", R"(is "a", 1 or false)"},
      {R"("op":"not_in","value":["a"])", R"(is not "a")"},
      {R"("op":"is_set")", "is known"},
      {R"("op":"is_not_set")", "is not known"},
      {R"("op":"gt","value":1.5)", "is more than 1.5"},
      {R"("op":"gte","value":1)", "is at least 1"},
      {R"("op":"lt","value":1)", "is less than 1"},
      {R"("op":"lte","value":1)", "is at most 1"},
      {R"("op":"between","value":[1,2])", "is between 1 and 2"},
      {R"("op":"not_between","value":[1,2])", "is not between 1 and 2"},
      {R"("op":"between","value":{"attribute":"c"})", "is between the two in the contact's c"},
      {R"("op":"not_between","value":{"attribute":"c"})",
       "is not between the two in the contact's c"},
      {R"("op":"contains","value":"a")", R"(contains "a")"},
      {R"("op":"not_contains","value":"a")", R"(does not contain "a")"},
      {R"("op":"starts_with","value":"a")", R"(starts with "a")"},
      {R"("op":"ends_with","value":"a")", R"(ends with "a")"},
      {R"("op":"like","value":"a*")", R"(looks like "a*")"},
      {R"("op":"not_like","value":"a*")", R"(does not look like "a*")"},
      {R"("op":"includes_any","value":["a","b"])", R"(includes "a" or "b")"},
      {R"("op":"includes_all","value":["a","b"])", R"(includes "a" and "b")"},
      {R"("op":"includes_none","value":["a","b"])", R"(does not include "a" or "b")"},
      {R"("op":"date_before","value":"2026-01-01")", "is before 2026-01-01"},
      {R"("op":"date_after","value":0)", "is after 1970-01-01T00:00:00.000Z"},
      {R"("op":"date_between","value":["2026-01-01","2026-02-01"])",
       "is between 2026-01-01 and 2026-02-01"},
      {R"("op":"date_in_last","value":{"days":3})", "is in the last 3 days"},
      {R"("op":"date_more_than_ago","value":{"months":3})", "is more than 3 months ago"},
      {R"("op":"date_in_next","value":{"years":1})", "is in the next 1 year"},
      {R"("op":"date_more_than_ahead","value":{"hours":3})", "is more than 3 hours ahead"},
      {R"("op":"date_anniversary_in_next","value":{"days":7})",
       "has its anniversary today or in the next 7 days"},
      {R"("op":"date_anniversary_in_next","value":{"days":0})", "has its anniversary today"},
  };
  std::set<Operator> said;
  for (const auto& [comparison, phrase] : cases) {
    EXPECT_EQ(sayAttribute(comparison), "the contact's a.b " + std::string(phrase)) << comparison;
    const std::string text = comparison;
    const size_t start = text.find(":\"") + 2;
    said.insert(*findOperator(text.substr(start, text.find('"', start) - start)));
  }
  EXPECT_EQ(said.size(), kOperatorCount);
}

TEST_F(PhraseTest, Sequences) {
  EXPECT_EQ(
      say(R"({"kind":"sequence","window":{"last":{"days":7}},"steps":[{"event":"A"},
              {"event":"N","absent":true},{"event":"B","within":{"hours":2}},
              {"event":["C","D"],"absent":true,"within":{"days":1}}]})"),
      "first \"A\", then no \"N\", then \"B\" within 2 hours, then no \"C\" or \"D\" within 24 "
      "hours, all in the last 7 days");
  EXPECT_EQ(say(R"({"kind":"sequence","steps":[{"event":"A"},{"event":"B"}]})"),
            "first \"A\", then \"B\"");
}

TEST_F(PhraseTest, TheOtherConditions) {
  EXPECT_EQ(say(R"({"kind":"channel","channel":"email","op":"reachable"})"),
            "the contact can be reached by \"email\"");
  EXPECT_EQ(say(R"({"kind":"channel","channel":"email","op":"unreachable"})"),
            "the contact cannot be reached by \"email\"");
  EXPECT_EQ(say(R"({"kind":"list","list":"vip","op":"in"})"), "the contact is on the list \"vip\"");
  EXPECT_EQ(say(R"({"kind":"list","list":"vip","op":"not_in"})"),
            "the contact is not on the list \"vip\"");
  EXPECT_EQ(say(R"({"kind":"sample","percent":12.5,"salt":"q"})"),
            "the contact is in the sample of 12.5 % called \"q\"");
}

TEST_F(PhraseTest, Comparisons) {
  const std::string x = R"({"metric":{"event":"X","window":{"last":{"days":3}}}})";
  EXPECT_EQ(
      say(R"({"kind":"compare","left":)" + x + R"(,"op":"gt","right":{"attribute":"a"}})"),
      "the number of times that \"X\" happened in the last 3 days is more than the contact's a");
  EXPECT_EQ(say(R"({"kind":"compare","left":{"div":[{"add":[1,{"mul":[2,3]}]},)" + x +
                R"(]},"op":"ne","right":{"sub":[{"attribute":"p"},4]}})"),
            "(1 + (2 × 3)) ÷ (the number of times that \"X\" happened in the last 3 days) is not "
            "the contact's p − 4");
}

TEST_F(PhraseTest, Groups) {
  const std::string a = R"({"kind":"attribute","attribute":"a","op":"is_set"})";
  const std::string b = R"({"kind":"attribute","attribute":"b","op":"is_set","meta":{"x":1}})";
  const auto group = [](std::string_view kind, const std::string& members) {
    return "{\"kind\":\"" + std::string(kind) + "\",\"meta\":1,\"of\":[" + members + "]}";
  };
  EXPECT_EQ(say(group("all", a + "," + group("any", a + "," + b))),
            "the contact's a is known and (the contact's a is known or the contact's b is known)");
  EXPECT_EQ(say(group("none", a + "," + b)),
            "not (the contact's a is known or the contact's b is known)");
  const DefinitionSet set = check(R"({"version":1,"id":"s","when":)" + group("any", a) + "}");
  EXPECT_EQ(Phrases(englishCatalogue(), interner_).heading(set.definitions.front().when),
            "at least one of these holds");
}

TEST_F(PhraseTest, LongOnesAreCut) {
  std::string names;
  for (int index = 10; index < 30; ++index) {
    names += (names.empty() ? "\"n" : ",\"n") + std::to_string(index) + "\"";
  }
  EXPECT_EQ(say(R"({"kind":"event","event":[)" + names + "]}"),
            "\"n10\", \"n11\", \"n12\", \"n13\", \"n14\", \"n15\", \"n16\", \"n17\" and 12 more "
            "happened at least once");
  std::string text;
  for (int index = 0; index < 40; ++index) text += "é";
  const std::string said = sayAttribute(R"("op":"eq","value":")" + text + "\"");
  EXPECT_EQ(said, "the contact's a.b is \"" + text.substr(0, 60) + "…\"");
}

TEST(CatalogueTest, PlacesAlternativesAndSentences) {
  constexpr Catalogue::Entry kEntries[] = {{Text::kDecimalSign, "%2 {one|%1} of %3 %1 100 % %"}};
  const Catalogue catalogue(kEntries);
  EXPECT_EQ(catalogue.say(Text::kDecimalSign, 1, {"a", "b"}), "b one of %3 a 100 % %");
  EXPECT_EQ(catalogue.say(Text::kDecimalSign, 2, {"a", "%1"}), "%1 a of %3 a 100 % %");
  EXPECT_EQ(catalogue.sentence("all of it"), "All of it.");
  EXPECT_EQ(catalogue.sentence(""), ".");
  EXPECT_EQ(catalogue.sentence("été"), "été.");
}

}  // namespace

}  // namespace fosterflow

#include "authoring/lint/lint.h"

#include <limits>

#include "authoring/authoring_fixture.h"
#include "authoring/lint/number_set.h"
#include "authoring/lint/value_set.h"

namespace fosterflow {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

class Lint : public AuthoringFixture {
 protected:
  // Each finding as `code path`, then the paths of the others.
  Found lint(std::string_view when, std::string_view options = "{}") {
    std::string out;
    appendLint(out, rules(segment(when)), false, document(options), english(), tools_);
    const Document report = document(out);
    Found found;
    for (const Document& finding : report.find("findings")->items) {
      std::string text =
          std::string(finding.textAt("code")) + " " + std::string(finding.textAt("path"));
      if (const Document* related = finding.find("related")) {
        for (const Document& path : related->items) text += " " + path.text;
      }
      found.push_back(text);
    }
    return found;
  }

  static std::string age(std::string_view comparison) {
    return R"({"kind":"attribute","attribute":"age",)" + std::string(comparison) + "}";
  }
  static std::string count(std::string_view comparison) {
    return R"({"kind":"event","event":"X",)" + std::string(comparison) + "}";
  }
};

TEST_F(Lint, NumbersOutsideOfTheirRange) {
  EXPECT_EQ(lint(count(R"("op":"lt","value":0)")), (Found{"always_false /when", "nobody /when"}));
  EXPECT_EQ(lint(count(R"("op":"gte","value":0)")),
            (Found{"always_true /when", "everybody /when"}));
  EXPECT_EQ(lint(count(R"("op":"eq","value":1.5)")), (Found{"always_false /when", "nobody /when"}));
  // No more events of a contact are kept.
  EXPECT_EQ(lint(count(R"("op":"gt","value":10000)")),
            (Found{"always_false /when", "nobody /when"}));
  EXPECT_EQ(lint(count(R"("op":"gte","value":10000)")), Found{});
  EXPECT_EQ(lint(count(R"("op":"lt","value":0,"measure":{"fn":"sum","property":"p"})")), Found{});
  EXPECT_EQ(lint(R"({"kind":"event","event":"X","where":
                    {"kind":"clock","unit":"hour","op":"gt","value":23}})"),
            (Found{"always_false /when", "nobody /when", "always_false /when/where"}));
}

TEST_F(Lint, WhatExcludesEachOther) {
  EXPECT_EQ(lint(group("all", age(R"("op":"gt","value":3)") + "," + age(R"("op":"lt","value":3)"))),
            (Found{"always_false /when /when/of/0 /when/of/1", "nobody /when"}));
  EXPECT_EQ(
      lint(group("all", age(R"("op":"gte","value":3)") + "," + age(R"("op":"lte","value":3)"))),
      Found{});
  EXPECT_EQ(
      lint(group("all", age(R"("op":"eq","value":"a")") + "," + age(R"("op":"gt","value":3)"))),
      (Found{"always_false /when /when/of/0 /when/of/1", "nobody /when"}));
  // In upper or lower case it may be both.
  EXPECT_EQ(lint(group("all", age(R"("op":"eq","value":"a","ignoreCase":true)") + "," +
                                  age(R"("op":"eq","value":"A")"))),
            Found{});
  EXPECT_EQ(
      lint(group("all", age(R"("op":"in","value":[1,2])") + "," + age(R"("op":"ne","value":1)") +
                            "," + age(R"("op":"ne","value":2)"))),
      (Found{"always_false /when /when/of/0 /when/of/1 /when/of/2", "nobody /when"}));
  EXPECT_EQ(lint(group("any", age(R"("op":"is_set")") + "," + age(R"("op":"is_not_set")"))),
            (Found{"always_true /when /when/of/0 /when/of/1", "everybody /when"}));
  // A missing age is neither.
  EXPECT_EQ(
      lint(group("any", age(R"("op":"gt","value":3)") + "," + age(R"("op":"lte","value":3)"))),
      Found{});
}

TEST_F(Lint, CountsOfWhatContainsTheOther) {
  const auto both = [this](std::string_view first, std::string_view second) {
    return lint(group("all", count(first) + "," + count(second)));
  };
  const std::string many = R"("op":"gte","value":3,"window":{"last":{"days":7}})";
  EXPECT_EQ(both(many, R"("op":"lte","value":2,"window":{"last":{"days":8}})").size(), 2U);
  EXPECT_EQ(both(many, R"("op":"lte","value":2,"window":{"last":{"days":6}})"), Found{});
  EXPECT_EQ(both(many, R"("op":"lte","value":2)").size(), 2U);
  EXPECT_EQ(both(many, R"("op":"gte","value":3)"), (Found{"redundant /when/of/1 /when/of/0"}));
  EXPECT_EQ(both(many, R"("op":"lte","value":2,"window":{"last":{"months":1}})"), Found{});
  EXPECT_EQ(both(many, R"("op":"lte","value":2,"window":{"last":{"days":8}},
                          "where":{"kind":"property","property":"p","op":"is_set"})"),
            Found{});
}

TEST_F(Lint, RepetitionAndAbsorption) {
  const std::string adult = age(R"("op":"gte","value":18)");
  const std::string old = age(R"("op":"gt","value":80)");
  EXPECT_EQ(lint(group("all", adult + "," + adult)), (Found{"duplicate /when/of/1 /when/of/0"}));
  EXPECT_EQ(lint(group("all", adult + "," + old)), (Found{"redundant /when/of/0 /when/of/1"}));
  EXPECT_EQ(lint(group("any", adult + "," + old)), (Found{"redundant /when/of/1 /when/of/0"}));
  EXPECT_EQ(lint(group("all", old + "," + group("any", adult + "," + count(R"("value":2)")))),
            (Found{"redundant /when/of/1 /when/of/0"}));
}

TEST_F(Lint, StrangersAndImpossibleEvents) {
  EXPECT_EQ(lint(group("none", count(R"("value":2)"))), (Found{"admits_unknown /when /when/of/0"}));
  EXPECT_EQ(lint(R"({"kind":"compare","left":{"metric":{"event":"X"}},"op":"lt","right":2})"),
            (Found{"admits_unknown /when /when"}));
  // Nothing divided by nothing is no number.
  EXPECT_EQ(lint(R"({"kind":"compare","left":{"div":[{"metric":{"event":"X"}},
                     {"metric":{"event":"Y"}}]},"op":"lt","right":2})"),
            Found{});
  const std::string impossible =
      R"("where":{"kind":"all","of":[{"kind":"property","property":"p","op":"lt","value":1},
                                     {"kind":"property","property":"p","op":"gt","value":2}]})";
  EXPECT_EQ(lint(R"({"kind":"sequence","steps":[{"event":"Y"},{"event":"X",)" + impossible + "}]}"),
            (Found{"always_false /when", "nobody /when",
                   "always_false /when/steps/1/where /when/steps/1/where/of/0 "
                   "/when/steps/1/where/of/1"}));
  EXPECT_EQ(lint(R"({"kind":"sequence","steps":[{"event":"Y"},{"event":"X","absent":true,)" +
                 impossible + "}]}")
                .size(),
            1U);
}

TEST_F(Lint, WindowsBeyondTheRetention) {
  const auto windows = [this](std::string_view window) {
    return lint(R"({"kind":"event","event":"X","window":)" + std::string(window) + "}",
                R"({"retentionDays":30})");
  };
  EXPECT_EQ(windows(R"({"last":{"days":30}})"), Found{});
  EXPECT_EQ(windows(R"({"last":{"hours":721}})"), (Found{"window_beyond_retention /when/window"}));
  EXPECT_EQ(windows(R"({"last":{"months":1}})"), Found{});
  EXPECT_EQ(windows(R"({"last":{"months":2}})"), (Found{"window_beyond_retention /when/window"}));
  EXPECT_EQ(windows(R"({"before":{"days":1}})"), (Found{"window_unbounded /when/window"}));
  EXPECT_EQ(lint(count(R"("value":2)"), R"({"retentionDays":30})"),
            (Found{"window_unbounded /when"}));
}

TEST(NumberSets, ComplementIntersectionUnionAndWholeNumbers) {
  const NumberSet low({-kInfinity, 3, false, true});
  const NumberSet high({3, kInfinity});
  EXPECT_TRUE(low.intersected(high).isEmpty());
  EXPECT_TRUE(low.united(high).complement().isEmpty());
  EXPECT_TRUE(low.complement().has(3));
  EXPECT_FALSE(low.has(3));
  const NumberSet gap = NumberSet({1, 2}).united(NumberSet({4, 5, true, false}));
  EXPECT_FALSE(gap.has(3));
  EXPECT_FALSE(gap.has(4));
  EXPECT_TRUE(gap.has(4.5));
  EXPECT_TRUE(gap.wholeOnly().has(5));
  EXPECT_FALSE(gap.wholeOnly().has(4.5));
  // Whole numbers that follow one another leave no gap.
  EXPECT_TRUE(NumberSet({0, 2})
                  .united(NumberSet({3, 5}))
                  .wholeOnly()
                  .complement()
                  .intersected(NumberSet({0, 5}))
                  .isEmpty());
  EXPECT_TRUE(NumberSet({2, 1}).isEmpty());
  EXPECT_TRUE(NumberSet({1, 1, true, false}).isEmpty());
}

}  // namespace

}  // namespace fosterflow

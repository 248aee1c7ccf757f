#include "plan/planning.h"

namespace fosterflow {

namespace {

class Sharing : public Planning {
 protected:
  /// Whether two segments come down to one node.
  bool areOne(std::string_view first, std::string_view second, std::string_view firstZone = "UTC",
              std::string_view secondZone = "UTC") {
    const auto both = planOfTwo(first, firstZone, second, secondZone);
    return both->segments[0].root == both->segments[1].root;
  }
};

constexpr std::string_view kDay = R"({"kind":"event","event":"X","window":{"last":{"days":1}}})";

TEST_F(Sharing, EqualConditionsAreOneNode) {
  EXPECT_TRUE(areOne(kDay, kDay));
  EXPECT_TRUE(
      areOne(R"({"kind":"event","event":"X"})",
             R"({"value":1,"op":"gte","event":["X"],"kind":"event","measure":{"fn":"count"}})"));
  EXPECT_TRUE(
      areOne(R"({"kind":"event","event":["X","Y"]})", R"({"kind":"event","event":["Y","X","Y"]})"));
  EXPECT_TRUE(areOne(R"({"kind":"attribute","attribute":"a","op":"eq","value":1})",
                     R"({"kind":"attribute","attribute":"a","op":"eq","value":1.0,"meta":{}})"));
  EXPECT_TRUE(areOne(R"({"kind":"sample","percent":10,"salt":"s"})",
                     R"({"kind":"sample","percent":10,"salt":"s"})"));
}

TEST_F(Sharing, DifferentConditionsAreNot) {
  EXPECT_FALSE(areOne(kDay, R"({"kind":"event","event":"X","window":{"last":{"days":2}}})"));
  EXPECT_FALSE(areOne(kDay, R"({"kind":"event","event":"X","window":{"before":{"days":1}}})"));
  EXPECT_FALSE(areOne(R"({"kind":"attribute","attribute":"a.b","op":"is_set"})",
                      R"({"kind":"attribute","attribute":"a\\.b","op":"is_set"})"));
  EXPECT_FALSE(areOne(R"({"kind":"attribute","attribute":"a","op":"eq","value":1})",
                      R"({"kind":"attribute","attribute":"a","op":"eq","value":"1"})"));
  EXPECT_FALSE(
      areOne(R"({"kind":"attribute","attribute":"a","op":"eq","value":"x"})",
             R"({"kind":"attribute","attribute":"a","op":"eq","value":{"attribute":"x"}})"));
  EXPECT_FALSE(
      areOne(R"({"kind":"attribute","attribute":"a","op":"eq","value":"x"})",
             R"({"kind":"attribute","attribute":"a","op":"eq","value":"x","ignoreCase":true})"));
  EXPECT_FALSE(areOne(R"({"kind":"channel","channel":"c","op":"reachable"})",
                      R"({"kind":"channel","channel":"c","op":"unreachable"})"));
  EXPECT_FALSE(areOne(R"({"kind":"channel","channel":"c","op":"reachable"})",
                      R"({"kind":"list","list":"c","op":"in"})"));
  EXPECT_FALSE(areOne(R"({"kind":"sample","percent":10,"salt":"s"})",
                      R"({"kind":"sample","percent":10,"salt":"t"})"));
}

TEST_F(Sharing, TheOrderAndRepetitionOfGroupMembersDoNotMatter) {
  const std::string y = R"({"kind":"event","event":"Y"})";
  const std::string x(kDay);
  const auto group = [](std::string_view kind, std::string_view members) {
    return R"({"kind":")" + std::string(kind) + R"(","of":[)" + std::string(members) + "]}";
  };
  EXPECT_TRUE(areOne(group("all", x + "," + y), group("all", y + "," + x + "," + y)));
  EXPECT_FALSE(areOne(group("all", x + "," + y), group("any", x + "," + y)));
  EXPECT_TRUE(areOne(group("all", x), x));
  EXPECT_TRUE(areOne(group("any", x + "," + x), x));
  EXPECT_FALSE(areOne(group("none", x), x));
}

TEST_F(Sharing, AZoneMattersOnlyWhereLocalTimeIsRead) {
  const std::string_view berlin = "Europe/Berlin";
  const std::string_view tokyo = "Asia/Tokyo";
  const auto isShared = [&](std::string_view when) { return areOne(when, when, berlin, tokyo); };
  EXPECT_TRUE(isShared(kDay));
  EXPECT_TRUE(isShared(
      R"({"kind":"event","event":"X","where":{"kind":"property","property":"p","op":"gt","value":1}})"));
  EXPECT_TRUE(isShared(R"({"kind":"attribute","attribute":"a","op":"is_set"})"));
  EXPECT_TRUE(
      isShared(R"({"kind":"sequence","steps":[{"event":"X"},{"event":"Y","within":{"days":1}}]})"));
  EXPECT_FALSE(isShared(R"({"kind":"event","event":"X","window":{"last":{"months":1}}})"));
  EXPECT_FALSE(
      isShared(R"({"kind":"event","event":"X","window":{"between":[{"years":1},{"days":1}]}})"));
  EXPECT_FALSE(isShared(R"({"kind":"event","event":"X","window":{"calendar":{"unit":"day"}}})"));
  EXPECT_FALSE(isShared(R"({"kind":"event","event":"X","window":{"from":"2026-01-01"}})"));
  EXPECT_FALSE(isShared(R"({"kind":"event","event":"X","measure":{"fn":"active","unit":"day"}})"));
  EXPECT_FALSE(isShared(
      R"({"kind":"event","event":"X","where":{"kind":"clock","unit":"hour","op":"eq","value":9}})"));
  EXPECT_FALSE(isShared(
      R"({"kind":"event","event":"X","where":{"kind":"property","property":"p","op":"date_before","value":"2026-01-01"}})"));
  EXPECT_FALSE(
      isShared(R"({"kind":"attribute","attribute":"a","op":"date_after","value":"2026-01-01"})"));
  EXPECT_FALSE(isShared(
      R"({"kind":"attribute","attribute":"a","op":"date_anniversary_in_next","value":{"days":1}})"));
  EXPECT_FALSE(isShared(
      R"({"kind":"sequence","steps":[{"event":"X"},{"event":"Y","within":{"months":1}}]})"));
}

TEST_F(Sharing, APartIsSharedWhereTheWholeIsNot) {
  const auto both = planOfTwo(R"({"kind":"event","event":"X","op":"gte","value":2})", "UTC",
                              R"({"kind":"event","event":"X","op":"lt","value":9})", "UTC");
  EXPECT_EQ(both->streams.size(), 1U);
  EXPECT_EQ(both->metrics.size(), 1U);
  EXPECT_EQ(both->metrics[0].tests.size(), 2U);
  EXPECT_EQ(both->nodes.size(), 2U);
}

TEST_F(Sharing, ANestedSegmentIsItsRoot) {
  const auto both =
      plan("[" + definition("a", R"({"kind":"segment","segment":"b","op":"in"})") + "," +
           definition("b", kDay) + "," +
           definition("c", R"({"kind":"segment","segment":"b","op":"not_in"})") + "]");
  EXPECT_EQ(both->segments[0].root, both->segments[1].root);
  EXPECT_NE(both->segments[2].root, both->segments[1].root);
  EXPECT_EQ(both->nodes[both->segments[2].root].inputs,
            std::vector<uint32_t>{both->segments[1].root});
  EXPECT_EQ(both->segments[0].segmentsUsed, std::vector<std::string>{"b"});
  EXPECT_TRUE(both->segments[0].events.empty());
}

TEST_F(Sharing, ASegmentTellsWhatItReadsAlsoWhenItIsShared) {
  const std::string when =
      R"({"kind":"event","event":"X","where":{"kind":"property","property":"p","op":"eq","value":{"attribute":"a.b"}}})";
  const auto both = planOfTwo(when, "UTC", when, "UTC");
  for (const SegmentPlan& segment : both->segments) {
    EXPECT_EQ(segment.events, std::vector<std::string>{"X"});
    EXPECT_EQ(segment.attributes, std::vector<std::string>{"a.b"});
  }
}

TEST_F(Sharing, InputsLieBeforeTheGatesThatReadThem) {
  const auto one =
      plan("[" +
           definition("a",
                      R"({"kind":"all","of":[{"kind":"any","of":[{"kind":"event","event":"A"},
                                         {"kind":"none","of":[{"kind":"event","event":"B"}]}]},
                                         {"kind":"event","event":"A"}]})") +
           "]");
  for (uint32_t index = 0; index < one->nodes.size(); ++index) {
    for (const uint32_t input : one->nodes[index].inputs) {
      EXPECT_LT(input, index);
      const std::vector<uint32_t>& parents = one->nodes[input].parents;
      EXPECT_NE(std::find(parents.begin(), parents.end(), index), parents.end());
    }
  }
}

TEST_F(Sharing, APlanGivesItsTextsBack) {
  const size_t before = interner_.size();
  {
    const auto one = plan("[" + definition("a", kDay) + "]");
    EXPECT_GT(interner_.size(), before);
  }
  EXPECT_EQ(interner_.size(), before);
}

class CountCuts : public Planning {
 protected:
  std::vector<uint32_t> cutsOf(std::string_view first,
                               std::string_view second = "\"op\":\"is_set\"") {
    const auto condition = [](std::string_view comparison) {
      return R"({"kind":"event","event":"X",)" + std::string(comparison) + "}";
    };
    const auto both = planOfTwo(condition(first), "UTC", condition(second), "UTC");
    EXPECT_TRUE(both->metrics.at(0).hasCuts);
    return both->metrics.at(0).cuts;
  }
};

using Cuts = std::vector<uint32_t>;

TEST_F(CountCuts, AreWhereATestCanFlip) {
  EXPECT_EQ(cutsOf(R"("op":"gte","value":3)"), (Cuts{3, 4}));
  EXPECT_EQ(cutsOf(R"("op":"gte","value":2.5)"), (Cuts{3}));
  EXPECT_EQ(cutsOf(R"("op":"between","value":[2,5])"), (Cuts{2, 3, 5, 6}));
  EXPECT_EQ(cutsOf(R"("op":"in","value":[0,"x",true])"), (Cuts{1}));
  EXPECT_EQ(cutsOf(R"("op":"gte","value":3)", R"("op":"lt","value":7)"), (Cuts{3, 4, 7, 8}));
}

TEST_F(CountCuts, LeaveOutWhatNoContactCanHave) {
  EXPECT_EQ(cutsOf(R"("op":"lt","value":-3)"), Cuts{});
  EXPECT_EQ(cutsOf(R"("op":"gte","value":1e300)"), Cuts{});
  EXPECT_EQ(cutsOf(R"("op":"gte","value":10000)"), (Cuts{10'000}));
}

TEST_F(CountCuts, AreOnlyForCountsComparedWithLiterals) {
  for (const std::string_view other :
       {R"({"kind":"event","event":"X","op":"gte","value":{"attribute":"a"}})",
        R"({"kind":"compare","left":{"metric":{"event":"X"}},"op":"gt","right":1})"}) {
    const auto both = planOfTwo(R"({"kind":"event","event":"X"})", "UTC", other, "UTC");
    EXPECT_FALSE(both->metrics.at(0).hasCuts);
  }
  const auto sum = plan(
      "[" +
      definition("a", R"({"kind":"event","event":"X","measure":{"fn":"sum","property":"p"}})") +
      "]");
  EXPECT_FALSE(sum->metrics.at(0).hasCuts);
}

}  // namespace

}  // namespace fosterflow

#include "authoring/explanation.h"

#include "authoring/explaining.h"
#include "language/limits.h"

namespace fosterflow {

namespace {

using Explanation = Explaining;

std::string counted(std::string_view more) {
  return R"({"kind":"event","event":"X","where":{"kind":"property","property":"total","op":"gte","value":50})" +
         std::string(more) + "}";
}

std::string measured(std::string_view function, std::string_view comparison) {
  return R"({"kind":"event","event":"X","measure":{"fn":")" + std::string(function) +
         R"(","property":"p"},)" + std::string(comparison) + "}";
}

TEST_F(Explanation, SaysWhatItIsAbout) {
  happened(kDay);
  explain(R"({"kind":"event","event":"X","window":{"last":{"days":3}}})");
  EXPECT_EQ(value("segment"), "\"s\"");
  EXPECT_EQ(value("contact"), "\"u\"");
  EXPECT_EQ(value("at"), std::to_string(kNow));
  EXPECT_EQ(value("holds"), "true");
  EXPECT_EQ(value("changesAt"), std::to_string(kNow + 2 * kDay));
  EXPECT_EQ(value("lookedUntil"), std::to_string(kNow + 400 * kDay));
  EXPECT_EQ(value("exists"), "true");
  EXPECT_EQ(value("partialHistorySince"), "null");
  EXPECT_EQ(value("notes"), "[]");
}

TEST_F(Explanation, AContactBeforeItsFirstMessageIsInNothing) {
  explain(R"({"kind":"event","event":"X","op":"eq","value":0})");
  EXPECT_EQ(value("holds"), "false");
  EXPECT_EQ(value("exists"), "false");
  EXPECT_EQ(value("changesAt"), "null");
  EXPECT_EQ(of("holds"), "true");
  EXPECT_EQ(value("notes/0"), "\"Nothing is known of this contact, so it is in no segment.\"");
}

TEST_F(Explanation, EventsThatAreCounted) {
  for (int day = 1; day <= 7; ++day) happened(day * kDay, R"({"total":60,"other":1})");
  happened(kHour, R"({"total":40})");
  happened(-kHour, R"({"total":70})");
  explain(counted(R"(,"value":9,"window":{"last":{"days":6}})"));
  EXPECT_EQ(of("kind"), "event");
  EXPECT_EQ(of("path"), "/when");
  EXPECT_EQ(of("holds"), "false");
  EXPECT_EQ(of("needed"), "true");
  EXPECT_EQ(of("sentence"),
            "\"X\" (where total is at least 50) happened at least 9 times in the last 6 days.");
  EXPECT_EQ(of("finding"), "It happened 5 times.");
  EXPECT_EQ(of("missing"), "4 more \"X\" (where total is at least 50) in the last 6 days");
  EXPECT_EQ(of("observed"), "5");
  EXPECT_EQ(of("wanted"), R"({"op":"gte","value":9})");
  EXPECT_EQ(of("window/after"), std::to_string(kNow - 6 * kDay));
  EXPECT_EQ(of("window/until"), std::to_string(kNow));
  EXPECT_EQ(of("eventCount"), "5");
  EXPECT_EQ(of("events/0"), R"({"at":)" + std::to_string(kNow - kDay) +
                                R"(,"event":"X","properties":{"total":60}})");
  EXPECT_EQ(of("events/5"), "");
}

TEST_F(Explanation, ShowsTheNewestEventsAndHowManyThereAre) {
  for (int day = 1; day <= 9; ++day) happened(day * kDay);
  explain(R"({"kind":"event","event":"X"})");
  EXPECT_EQ(of("eventCount"), "9");
  EXPECT_EQ(of("events/0"), R"({"at":)" + std::to_string(kNow - kDay) + R"(,"event":"X"})");
  EXPECT_NE(of("events/4"), "");
  EXPECT_EQ(of("events/5"), "");
  EXPECT_EQ(of("window/after"), "null");
}

TEST_F(Explanation, WhatCountsAreShortOf) {
  happened(kDay);
  happened(2 * kDay);
  const auto missing = [this](std::string_view comparison) {
    explain(R"({"kind":"event","event":"X",)" + std::string(comparison) + "}");
    return of("missing");
  };
  EXPECT_EQ(missing(R"("value":2)"), "null");
  EXPECT_EQ(missing(R"("value":2.5)"), "1 more \"X\"");
  EXPECT_EQ(missing(R"("op":"gt","value":2)"), "1 more \"X\"");
  EXPECT_EQ(missing(R"("op":"eq","value":3)"), "1 more \"X\"");
  EXPECT_EQ(missing(R"("op":"eq","value":1)"), "1 too many of \"X\"");
  EXPECT_EQ(missing(R"("op":"lt","value":2)"), "1 too many of \"X\"");
  EXPECT_EQ(missing(R"("op":"lte","value":0)"), "2 too many of \"X\"");
  EXPECT_EQ(missing(R"("op":"between","value":[4,5])"), "2 more \"X\"");
  EXPECT_EQ(missing(R"("op":"between","value":[0,1])"), "1 too many of \"X\"");
  EXPECT_EQ(missing(R"("op":"ne","value":2)"),
            "that \"X\" did not happen exactly 2 times (now: 2)");
  EXPECT_EQ(missing(R"("op":"eq","value":1.5)"), "that \"X\" happened exactly 1.5 times (now: 2)");
  EXPECT_EQ(missing(R"("op":"lt","value":-3)"), "that \"X\" happened less than -3 times (now: 2)");
  EXPECT_EQ(missing(R"("value":{"attribute":"n"})"),
            "that the number of times that \"X\" happened is at least the contact's n (now: 2)");
  apply(identify(1, R"({"n":4})"));
  EXPECT_EQ(missing(R"("value":{"attribute":"n"})"), "2 more \"X\"");
  EXPECT_EQ(of("wanted"), R"({"attribute":"n","op":"gte","value":4})");
}

TEST_F(Explanation, AmountsAndWhatTheyAreShortOf) {
  happened(kDay, R"({"p":49.9})");
  happened(2 * kDay, R"({"p":"a"})");
  explain(measured("sum", R"("op":"gte","value":50)"));
  EXPECT_EQ(of("finding"), "It is 49.9.");
  EXPECT_EQ(of("missing"), "0.1 more in the sum of p over \"X\"");
  EXPECT_EQ(of("eventCount"), "1");
  explain(measured("sum", R"("op":"lte","value":40)"));
  EXPECT_EQ(of("missing"), "9.9 too much in the sum of p over \"X\"");
  explain(measured("sum", R"("op":"gt","value":49.9)"));
  EXPECT_EQ(of("missing"), "that the sum of p over \"X\" is more than 49.9 (now: 49.9)");
  explain(measured("distinct", R"("value":4)"));
  EXPECT_EQ(of("finding"), "It is 2.");
  EXPECT_EQ(of("missing"), "2 more in the number of different values of p of \"X\"");
  explain(R"({"kind":"event","event":"X","measure":{"fn":"active","unit":"day"},"value":3})");
  EXPECT_EQ(of("missing"), "1 more in the number of days with \"X\"");
}

TEST_F(Explanation, ValuesAndTheEventsThatHaveThem) {
  happened(kDay, R"({"p":3})");
  happened(2 * kDay, R"({"p":1})");
  happened(3 * kDay, R"({"p":1})");
  happened(4 * kDay, R"({"p":9})");
  explain(measured("min", R"("op":"gt","value":1)"));
  EXPECT_EQ(of("missing"), "that the smallest p of \"X\" is more than 1 (now: 1)");
  EXPECT_EQ(of("eventCount"), "2");
  explain(measured("max", R"("op":"gt","value":9)"));
  EXPECT_EQ(of("events/0/at"), std::to_string(kNow - 4 * kDay));
  EXPECT_EQ(of("eventCount"), "1");
  explain(measured("avg", R"("op":"eq","value":3.5)"));
  EXPECT_EQ(of("eventCount"), "4");
  EXPECT_EQ(of("missing"), "null");
  explain(measured("first", R"("op":"eq","value":9)"));
  EXPECT_EQ(of("events/0/properties"), R"({"p":9})");
  EXPECT_EQ(of("eventCount"), "1");
  explain(measured("last", R"("op":"is_set")"));
  EXPECT_EQ(of("observed"), "3");
  EXPECT_EQ(of("wanted"), R"({"op":"is_set"})");
  EXPECT_EQ(of("eventCount"), "1");
  explain(measured("last", R"("op":"eq","value":3)") + "");
  explain(
      R"({"kind":"event","event":"Y","measure":{"fn":"max","property":"p"},"op":"gt","value":1})");
  EXPECT_EQ(of("finding"), "There is no such event.");
  EXPECT_EQ(of("missing"), "that the largest p of \"Y\" is more than 1 (now: no such event)");
  EXPECT_EQ(of("observed"), "null");
}

TEST_F(Explanation, ASumBeyondAllNumbersIsShownAsTheLargest) {
  happened(kDay, R"({"p":1.7e308})");
  happened(2 * kDay, R"({"p":1.7e308})");
  explain(measured("sum", R"("op":"lte","value":1)"));
  EXPECT_EQ(of("observed"), "1.7976931348623157e+308");
  EXPECT_EQ(of("holds"), "false");
}

TEST_F(Explanation, ItemsAreShownAsFarAsTheyMatch) {
  happened(kDay, R"({"items":[{"sku":"a","price":1},{"sku":"b","price":2,"size":3},{"sku":"a"}]})");
  explain(R"({"kind":"event","event":"X","where":{"kind":"item","items":"items","where":
      {"kind":"property","property":"sku","op":"eq","value":"a"}}})");
  EXPECT_EQ(of("events/0/properties"), R"({"items":[{"sku":"a"},{"sku":"a"}]})");
}

TEST_F(Explanation, LongValuesAreCut) {
  happened(kDay, R"({"p":")" + repeated("x", 500) + R"(","a":[1,2,[3],{"b":1},5,6],"o":{"a":1}})");
  explain(R"({"kind":"event","event":"X","where":{"kind":"all","of":[
      {"kind":"property","property":"p","op":"is_set"},
      {"kind":"property","property":"a","op":"is_set"},
      {"kind":"property","property":"o","op":"is_set"},
      {"kind":"property","property":"n","op":"is_not_set"}]}})");
  EXPECT_EQ(of("events/0/properties/p"), repeated("x", 100) + "…");
  EXPECT_EQ(of("events/0/properties/a"), "[1,2,[],{},5]");
  EXPECT_EQ(of("events/0/properties/o"), "{}");
  EXPECT_EQ(of("events/0/properties/n"), "null");
}

constexpr std::string_view kSequence =
    R"({"kind":"sequence","window":{"last":{"days":7}},"steps":[{"event":"A"},{"event":"B","within":{"hours":2}},
    {"event":"C","absent":true,"within":{"hours":24}}]})";

TEST_F(Explanation, ASequenceThatIsNotFarYet) {
  happened(9 * kDay, "{}", "A");
  explain(kSequence);
  EXPECT_EQ(of("finding"), "0 of 2 steps are there.");
  EXPECT_EQ(of("missing"), "the next step: \"A\"");
  EXPECT_EQ(of("observed"), R"({"state":"incomplete","steps":0})");
  EXPECT_EQ(of("events"), "[]");
  happened(3 * kDay, "{}", "A");
  explain(kSequence);
  EXPECT_EQ(of("finding"), "1 of 2 steps is there.");
  EXPECT_EQ(of("missing"), "the next step: \"B\" within 2 hours");
  EXPECT_EQ(of("events"),
            R"([{"at":)" + std::to_string(kNow - 3 * kDay) + R"(,"event":"A","step":0}])");
  EXPECT_EQ(of("changesAt"), "null");
}

TEST_F(Explanation, ASequenceThatIsCertainLater) {
  happened(4 * kHour, "{}", "A");
  happened(3 * kHour, "{}", "B");
  explain(kSequence);
  EXPECT_EQ(of("holds"), "false");
  EXPECT_EQ(
      of("finding"),
      "All events are there; that nothing else follows is certain on 2026-11-23T21:00:00.000Z.");
  EXPECT_EQ(of("missing"), "nothing but time, until 2026-11-23T21:00:00.000Z");
  EXPECT_EQ(of("observed"), R"({"state":"waiting","steps":2})");
  EXPECT_EQ(of("changesAt"), std::to_string(kNow + 21 * kHour));
  EXPECT_EQ(of("eventCount"), "2");
  explain(kSequence, kNow + 21 * kHour);
  EXPECT_EQ(of("holds"), "true");
  EXPECT_EQ(of("missing"), "null");
  EXPECT_EQ(of("observed"), R"({"state":"complete","steps":2})");
  EXPECT_EQ(of("changesAt"), std::to_string(kNow - 4 * kHour + 7 * kDay));
}

TEST_F(Explanation, ASequenceThatWasUndone) {
  happened(40 * kHour, "{}", "A");
  happened(39 * kHour, "{}", "B");
  happened(20 * kHour, "{}", "C");
  explain(kSequence);
  EXPECT_EQ(of("finding"), "All events were there, but then came \"C\".");
  EXPECT_EQ(of("missing"), "all steps again, since \"C\" came");
  EXPECT_EQ(of("observed/state"), "undone");
  EXPECT_EQ(of("events/0"),
            R"({"at":)" + std::to_string(kNow - 20 * kHour) + R"(,"event":"C","step":2})");
  EXPECT_EQ(of("events/1/step"), "1");
  EXPECT_EQ(of("eventCount"), "3");
}

TEST_F(Explanation, ASequenceWithoutSpansAndWithMonths) {
  happened(50 * kDay, "{}", "A");
  happened(25 * kDay, "{}", "B");
  const std::string steps =
      R"({"kind":"sequence","steps":[{"event":"A"},{"event":"N","absent":true},{"event":"B","within":{"months":1}},{"event":"C","absent":true}]})";
  explain(steps);
  EXPECT_EQ(of("observed"), R"({"state":"complete","steps":2})");
  happened(30 * kDay, "{}", "N");
  explain(steps);
  EXPECT_EQ(of("observed"), R"({"state":"incomplete","steps":1})");
  happened(29 * kDay, "{}", "A");
  explain(steps);
  EXPECT_EQ(of("observed/state"), "complete");
  EXPECT_EQ(of("events/1/at"), std::to_string(kNow - 29 * kDay));
  happened(kDay, "{}", "C");
  explain(steps);
  EXPECT_EQ(of("observed/state"), "undone");
}

TEST_F(Explanation, Attributes) {
  const std::string_view country =
      R"({"kind":"attribute","attribute":"address.country","op":"in","value":["US","GB"]})";
  apply(identify(1, R"({"a":1})"));
  explain(country);
  EXPECT_EQ(of("kind"), "attribute");
  EXPECT_EQ(of("attribute"), "address.country");
  EXPECT_EQ(of("finding"), "It is not known.");
  EXPECT_EQ(of("missing"),
            "that the contact's address.country is \"US\" or \"GB\" (now: not known)");
  EXPECT_EQ(of("observed"), "null");
  apply(identify(2, R"({"address":{"country":"DE"}})"));
  explain(country);
  EXPECT_EQ(of("finding"), "It is \"DE\".");
  EXPECT_EQ(of("missing"), "that the contact's address.country is \"US\" or \"GB\" (now: \"DE\")");
  EXPECT_EQ(of("wanted"), R"({"op":"in","value":["US","GB"]})");
  explain(
      R"({"kind":"attribute","attribute":"a","op":"eq","value":{"attribute":"b"},"ignoreCase":true})");
  EXPECT_EQ(of("wanted"), R"({"attribute":"b","ignoreCase":true,"op":"eq","value":null})");
}

TEST_F(Explanation, DatesThatTimeMoves) {
  apply(identify(1, R"({"renewal":"2026-12-01"})"));
  explain(R"({"kind":"attribute","attribute":"renewal","op":"date_in_next","value":{"days":5}})");
  EXPECT_EQ(of("holds"), "false");
  EXPECT_EQ(of("changesAt"), std::to_string(kNow + 3 * kDay));
  EXPECT_EQ(of("wanted"), R"({"op":"date_in_next","value":{"days":5}})");
  explain(R"({"kind":"attribute","attribute":"renewal","op":"date_in_last","value":{"years":1}})");
  EXPECT_EQ(of("wanted/value"), R"({"years":1})");
  explain(
      R"({"kind":"attribute","attribute":"renewal","op":"date_more_than_ago","value":{"months":5}})");
  EXPECT_EQ(of("wanted/value"), R"({"months":5})");
  explain(
      R"({"kind":"attribute","attribute":"renewal","op":"date_anniversary_in_next","value":{"days":7}})");
  EXPECT_EQ(of("wanted/value"), R"({"days":7})");
  EXPECT_EQ(of("changesAt"), std::to_string(kNow + kDay));
}

TEST_F(Explanation, ChannelsListsAndSamples) {
  apply(R"({"type":"channel","userId":"u","channel":"email","reachable":true,"timestamp":1})");
  explain(R"({"kind":"channel","channel":"email","op":"unreachable"})");
  EXPECT_EQ(of("finding"), "It can be reached.");
  EXPECT_EQ(of("missing"), "that the contact cannot be reached by \"email\"");
  EXPECT_EQ(of("observed"), "reachable");
  EXPECT_EQ(of("wanted"), "unreachable");
  explain(R"({"kind":"channel","channel":"sms","op":"reachable"})");
  EXPECT_EQ(of("finding"), "It cannot be reached.");
  EXPECT_EQ(of("missing"), "that the contact can be reached by \"sms\"");
  explain(R"({"kind":"list","list":"vip","op":"in"})");
  EXPECT_EQ(of("finding"), "It is not on the list.");
  EXPECT_EQ(of("missing"), "that the contact is on the list \"vip\"");
  EXPECT_EQ(of("observed"), "not_in");
  explain(R"({"kind":"list","list":"vip","op":"not_in"})");
  EXPECT_EQ(of("missing"), "null");
  explain(R"({"kind":"sample","percent":0,"salt":"a"})");
  EXPECT_EQ(of("missing"), "nothing can be done: the draw of a sample never changes");
  EXPECT_EQ(of("finding").substr(0, 13), "Its place is ");
  EXPECT_EQ(of("wanted"), R"({"percent":0})");
}

TEST_F(Explanation, Comparisons) {
  for (int day = 1; day <= 3; ++day) happened(day * kDay);
  const std::string compare =
      R"({"kind":"compare","left":{"div":[{"metric":{"event":"X","window":{"last":{"days":2}}}},
      {"metric":{"event":"Y"}}]},"op":"gt","right":{"add":[1,{"metric":{"event":"X"}}]}})";
  explain(compare);
  EXPECT_EQ(of("finding"), "The sides are no number and 4.");
  EXPECT_EQ(of("observed"), R"({"left":null,"right":4})");
  EXPECT_EQ(of("wanted"), R"({"op":"gt"})");
  EXPECT_EQ(of("measures/0/sentence"),
            "The number of times that \"X\" happened in the last 2 days.");
  EXPECT_EQ(of("measures/0/observed"), "1");
  EXPECT_EQ(of("measures/0/window/after"), std::to_string(kNow - 2 * kDay));
  EXPECT_EQ(of("measures/1/eventCount"), "0");
  EXPECT_EQ(of("measures/2/eventCount"), "3");
  EXPECT_EQ(of("missing").substr(of("missing").size() - 23), " (now: no number and 4)");
  const auto missing = [this](std::string_view op, std::string_view right) {
    explain(R"({"kind":"compare","left":{"metric":{"event":"X"}},"op":")" + std::string(op) +
            R"(","right":)" + std::string(right) + "}");
    return of("missing");
  };
  EXPECT_EQ(missing("gte", "3"), "null");
  EXPECT_EQ(missing("gte", "5.5"), "2.5 more on the left side");
  EXPECT_EQ(missing("gt", "3"), "more than 0 more on the left side");
  EXPECT_EQ(missing("lte", "1"), "2 less on the left side");
  EXPECT_EQ(missing("lt", "1"), "more than 2 less on the left side");
  EXPECT_EQ(missing("eq", "1"), "2 less on the left side");
  EXPECT_EQ(missing("eq", "4"), "1 more on the left side");
  EXPECT_EQ(missing("ne", "3"),
            "that the number of times that \"X\" happened is not 3 (now: 3 and 3)");
}

TEST_F(Explanation, GroupsSayHowManyHold) {
  happened(kDay);
  const std::string x = R"({"kind":"event","event":"X"})";
  const std::string y = R"({"kind":"event","event":"Y"})";
  const auto group = [&](std::string_view kind, const std::string& members) {
    return "{\"kind\":\"" + std::string(kind) + "\",\"of\":[" + members + "]}";
  };
  explain(group("all", group("any", y + "," + y) + "," + x + "," + group("none", x + "," + y)));
  EXPECT_EQ(of("sentence"), "All of these hold.");
  EXPECT_EQ(of("finding"), "1 of 3 holds.");
  EXPECT_EQ(of("missing"), "2 of 3 conditions do not hold");
  EXPECT_EQ(of("of/0/missing"), "none of 2 conditions holds; one is enough");
  EXPECT_EQ(of("of/0/of/1/path"), "/when/of/0/of/1");
  EXPECT_EQ(of("of/2/missing"), "1 condition holds that must not");
  EXPECT_EQ(of("of/2/of/0/needed"), "false");
  EXPECT_EQ(of("of/2/of/0/missing"), "this must not be so: \"X\" happened at least once");
  EXPECT_EQ(of("of/2/of/1/missing"), "null");
}

TEST_F(Explanation, WhatMustNotBeIsToldOnlyWhereItHurts) {
  happened(kDay);
  const std::string both =
      R"({"kind":"all","of":[{"kind":"event","event":"X"},{"kind":"event","event":"Y"}]})";
  explain(R"({"kind":"none","of":[)" + both + "]}");
  EXPECT_EQ(of("holds"), "true");
  EXPECT_EQ(of("of/0/needed"), "false");
  EXPECT_EQ(of("of/0/of/0/missing"), "null");
  happened(kDay, "{}", "Y");
  explain(R"({"kind":"none","of":[)" + both + "]}");
  EXPECT_EQ(of("of/0/missing"), "this must not be so: all of these hold");
  EXPECT_EQ(of("of/0/of/0/missing"), "this must not be so: \"X\" happened at least once");
}

TEST_F(Explanation, AGroupOfOneIsAConditionOfItsOwn) {
  explain(R"({"kind":"all","of":[{"kind":"any","of":[{"kind":"event","event":"X"}]}]})");
  EXPECT_EQ(of("kind"), "all");
  EXPECT_EQ(of("of/0/kind"), "any");
  EXPECT_EQ(of("of/0/of/0/path"), "/when/of/0/of/0");
  EXPECT_EQ(of("of/0/of/0/holds"), "false");
}

TEST_F(Explanation, NestedSegmentsAreShownOnce) {
  happened(kDay);
  const std::string in = R"({"kind":"segment","segment":"n","op":"in"})";
  const std::string out = R"({"kind":"segment","segment":"n","op":"not_in"})";
  const std::string set =
      R"([{"version":1,"id":"other","parameters":{"q":1},"when":{"kind":"event","event":"Q"}},)" +
      definition("s", R"({"kind":"all","of":[)" + out + "," + in + "]}") +
      R"(,{"version":1,"id":"n","name":"Nested","timezone":"Europe/Berlin","parameters":{"p":2},)"
      R"("when":{"kind":"any","of":[{"kind":"event","event":"X","value":{"parameter":"p"}}]}}])";
  explainSet(set, "s", kNow, R"({"p":1,"q":3})");
  EXPECT_EQ(of("of/0/finding"), "It is in the segment.");
  EXPECT_EQ(of("of/0/missing"), "that the contact is not in the segment \"n\"");
  EXPECT_EQ(of("of/0/name"), "Nested");
  EXPECT_EQ(of("of/0/observed"), "in");
  EXPECT_EQ(of("of/0/wanted"), "not_in");
  EXPECT_EQ(of("of/0/condition/path"), "/when");
  EXPECT_EQ(of("of/0/condition/needed"), "false");
  EXPECT_EQ(of("of/0/condition/of/0/wanted/value"), "1");
  EXPECT_EQ(of("of/1/condition"), "null");
  EXPECT_EQ(of("of/1/missing"), "null");
  EXPECT_EQ(explained_->set.definitions.size(), 2U);
}

TEST_F(Explanation, TreesOfManyLevelsEnd) {
  std::string set = "[";
  const auto deep = [](const std::string& inner) {
    std::string text = inner;
    for (int level = 0; level < 20; ++level) text = R"({"kind":"all","of":[)" + text + "]}";
    return text;
  };
  set += definition("s0", deep(R"({"kind":"event","event":"X"})"));
  for (int index = 1; index < 30; ++index) {
    const std::string used = "s" + std::to_string(index - 1);
    set += "," + definition("s" + std::to_string(index),
                            deep(R"({"kind":"segment","segment":")" + used + R"(","op":"in"})"));
  }
  explainSet(set + "]", "s29");
  EXPECT_EQ(value("holds"), "false");
  EXPECT_LT(json_.size(), 40'000U);
}

TEST_F(Explanation, LargeRulesHaveAnEnd) {
  std::string nested = R"({"kind":"any","of":[)";
  for (int index = 0; index < 1'000; ++index) {
    nested += std::string(index == 0 ? "" : ",") + R"({"kind":"event","event":"E)" +
              std::to_string(index) + "\"}";
  }
  nested += "]}";
  explainSet("[" + definition("n", nested) + "," +
                 definition("s", R"({"kind":"segment","segment":"n","op":"in"})") + "]",
             "s");
  EXPECT_EQ(of("condition"), "null");
  std::string many = R"({"kind":"any","of":[)";
  for (int index = 0; index < 4'000; ++index) {
    many += std::string(index == 0 ? "" : ",") + R"({"kind":"event","event":"X","value":)" +
            std::to_string(index) + "}";
  }
  for (int hour = 0; hour < 20; ++hour) happened(hour * kHour, R"({"p":1})");
  explain(many + "]}");
  EXPECT_EQ(of("of/3999/eventCount"), "20");
  EXPECT_LT(json_.size(), 2 * kMaxBytesWithEvents);
}

TEST_F(Explanation, SaysUpToWhenItHasLooked) {
  for (Instant index = 0; index < 9'000; ++index) happened(index * 1'000, R"({"p":1})");
  const auto sum = [](int days) {
    return R"({"kind":"event","event":"X","measure":{"fn":"sum","property":"p"},"op":"gte","value":1e9,"window":{"last":{"days":)" +
           std::to_string(days) + "}}}";
  };
  const std::string all =
      R"({"kind":"all","of":[)" + sum(10) + "," + sum(20) + "," + sum(30) + "]}";
  explain(all);
  EXPECT_EQ(value("changesAt"), "null");
  // The first instants at which there was no time left to look are those of the third window.
  EXPECT_EQ(value("lookedUntil"),
            std::to_string(kNow + 30 * kDay - (9'000 - 2'001) * 1'000 - 1));
  explain(R"({"kind":"all","of":[)" + sum(10) + "," + sum(20) + "]}");
  EXPECT_EQ(value("lookedUntil"), std::to_string(kNow + 400 * kDay));
}

TEST_F(Explanation, PastAndFutureInstants) {
  happened(kDay);
  happened(-2 * kDay);
  const std::string two = R"({"kind":"event","event":"X","value":2})";
  explain(two);
  EXPECT_EQ(of("observed"), "1");
  EXPECT_EQ(of("changesAt"), std::to_string(kNow + 2 * kDay));
  explain(two, kNow + 2 * kDay);
  EXPECT_EQ(of("holds"), "true");
  explain(two, kNow - 5 * kDay);
  EXPECT_EQ(of("observed"), "0");
  explain(two, kMaxInstant);
  EXPECT_EQ(of("observed"), "2");
  explain(two, kMinInstant);
  EXPECT_EQ(of("observed"), "0");
  EXPECT_EQ(of("changesAt"), "null");
}

TEST_F(Explanation, LocalTimeIsThatOfTheSegment) {
  happened(kHour);
  const std::string today =
      R"({"kind":"event","event":"X","window":{"calendar":{"unit":"day","current":true}}})";
  explain(today, kNow, "Europe/Berlin");
  EXPECT_EQ(of("holds"), "true");
  EXPECT_EQ(of("window/after"), std::to_string(kNow - kHour - 1));
  EXPECT_EQ(of("changesAt"), std::to_string(kNow + 23 * kHour));
  explain(today);
  EXPECT_EQ(of("holds"), "false");
}

TEST_F(Explanation, SaysWhenTheHistoryIsPartial) {
  for (size_t index = 0; index < kMaxEvents + 5; ++index) {
    happened(20 * kDay - static_cast<Instant>(index) * 1'000);
  }
  const Instant since = kNow - 20 * kDay + 5'000;
  const auto within = [](int days) {
    return R"({"kind":"event","event":"Y","window":{"last":{"days":)" + std::to_string(days) +
           "}}}";
  };
  explain(within(19));
  EXPECT_EQ(value("partialHistorySince"), "null");
  EXPECT_EQ(of("partialHistory"), "");
  explain(R"({"kind":"all","of":[)" + within(19) + "," + within(21) + "]}");
  EXPECT_EQ(value("partialHistorySince"), std::to_string(since));
  EXPECT_EQ(value("notes/0"),
            "\"The history is complete only for events later than 2026-11-03T00:00:05.000Z, so the "
            "answer rests on a part of it.\"");
  EXPECT_EQ(of("of/0/partialHistory"), "");
  EXPECT_EQ(of("of/1/partialHistory"), "true");
  explain(R"({"kind":"event","event":"Y","window":{"since":{"event":"X"}}})");
  EXPECT_EQ(value("partialHistorySince"), "null");
  explain(R"({"kind":"sequence","steps":[{"event":"Y"},{"event":"X"}]})");
  EXPECT_EQ(of("partialHistory"), "true");
  explain(R"({"kind":"compare","left":1,"op":"gt","right":{"metric":{"event":"Y"}}})");
  EXPECT_EQ(of("partialHistory"), "true");
}

}  // namespace

}  // namespace fosterflow

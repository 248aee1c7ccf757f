#include "authoring/explaining.h"
#include "authoring/explanation.h"

namespace fosterflow {

namespace {

using ExplainedLeaves = Explaining;

std::string counted(std::string_view more) {
  return R"({"kind":"event","event":"X","where":{"kind":"property","property":"total","op":"gte","value":50})" +
         std::string(more) + "}";
}

std::string measured(std::string_view function, std::string_view comparison) {
  return R"({"kind":"event","event":"X","measure":{"fn":")" + std::string(function) +
         R"(","property":"p"},)" + std::string(comparison) + "}";
}

TEST_F(ExplainedLeaves, EventsThatAreCounted) {
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

TEST_F(ExplainedLeaves, ShowsTheNewestEventsAndHowManyThereAre) {
  for (int day = 1; day <= 9; ++day) happened(day * kDay);
  explain(R"({"kind":"event","event":"X"})");
  EXPECT_EQ(of("eventCount"), "9");
  EXPECT_EQ(of("events/0"), R"({"at":)" + std::to_string(kNow - kDay) + R"(,"event":"X"})");
  EXPECT_NE(of("events/4"), "");
  EXPECT_EQ(of("events/5"), "");
  EXPECT_EQ(of("window/after"), "null");
}

TEST_F(ExplainedLeaves, WhatCountsAreShortOf) {
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

TEST_F(ExplainedLeaves, AmountsAndWhatTheyAreShortOf) {
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

TEST_F(ExplainedLeaves, ValuesAndTheEventsThatHaveThem) {
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

TEST_F(ExplainedLeaves, ASumBeyondAllNumbersIsShownAsTheLargest) {
  happened(kDay, R"({"p":1.7e308})");
  happened(2 * kDay, R"({"p":1.7e308})");
  explain(measured("sum", R"("op":"lte","value":1)"));
  EXPECT_EQ(of("observed"), "1.7976931348623157e+308");
  EXPECT_EQ(of("holds"), "false");
}

TEST_F(ExplainedLeaves, ItemsAreShownAsFarAsTheyMatch) {
  happened(kDay, R"({"items":[{"sku":"a","price":1},{"sku":"b","price":2,"size":3},{"sku":"a"}]})");
  explain(R"({"kind":"event","event":"X","where":{"kind":"item","items":"items","where":
      {"kind":"property","property":"sku","op":"eq","value":"a"}}})");
  EXPECT_EQ(of("events/0/properties"), R"({"items":[{"sku":"a"},{"sku":"a"}]})");
}

TEST_F(ExplainedLeaves, LongValuesAreCut) {
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

TEST_F(ExplainedLeaves, ASequenceThatIsNotFarYet) {
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

TEST_F(ExplainedLeaves, ASequenceThatIsCertainLater) {
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

TEST_F(ExplainedLeaves, ASequenceThatWasUndone) {
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

TEST_F(ExplainedLeaves, ASequenceWithoutSpansAndWithMonths) {
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

TEST_F(ExplainedLeaves, Attributes) {
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

TEST_F(ExplainedLeaves, DatesThatTimeMoves) {
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

TEST_F(ExplainedLeaves, ChannelsListsAndSamples) {
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

TEST_F(ExplainedLeaves, Comparisons) {
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

}  // namespace

}  // namespace fosterflow

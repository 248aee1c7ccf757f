#include "authoring/explanation.h"

#include "authoring/explaining.h"
#include "language/limits.h"

namespace fosterflow {

namespace {

using Explanation = Explaining;

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
    return repeated(R"({"kind":"all","of":[)", 20) + inner + repeated("]}", 20);
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
  const auto average = [](int days) {
    return R"({"kind":"event","event":"X","measure":{"fn":"avg","property":"p"},"op":"gte","value":1e9,"window":{"last":{"days":)" +
           std::to_string(days) + "}}}";
  };
  const std::string all =
      R"({"kind":"all","of":[)" + average(10) + "," + average(20) + "," + average(30) + "]}";
  explain(all);
  EXPECT_EQ(value("changesAt"), "null");
  // The first instants at which there was no time left to look are those of the third window.
  EXPECT_EQ(value("lookedUntil"),
            std::to_string(kNow + 30 * kDay - Instant{9'000 - 2'001} * 1'000 - 1));
  explain(R"({"kind":"all","of":[)" + average(10) + "," + average(20) + "]}");
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
  const Instant since = kNow - 20 * kDay + 4'000;
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
            "\"The history is complete only for events later than 2026-11-03T00:00:04.000Z, so the "
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

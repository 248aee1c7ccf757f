#include "bridge.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "bridge/bridge_host.h"
#include "delta_row.h"

namespace fosterflow {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::string segment(std::string_view id, std::string_view when) {
  return R"({"version":1,"id":")" + std::string(id) + R"(","when":)" + std::string(when) + "}";
}

std::string track(int64_t time, std::string_view contact = "u") {
  return R"({"type":"track","event":"X","userId":")" + std::string(contact) + R"(","timestamp":)" +
         std::to_string(time) + "}";
}

constexpr std::string_view kHappened = R"({"kind":"event","event":"X"})";
constexpr std::string_view kLately =
    R"({"kind":"event","event":"X","window":{"last":{"seconds":1}}})";

class Bridges : public testing::Test {
 protected:
  bool tells(std::string_view text) { return host_.response().find(text) != std::string::npos; }
  bool tellsDelta(std::string_view text) {
    return host_.deltas("edge", "e").find(text) != std::string::npos;
  }
  const DeltaRow& row(size_t index) {
    return reinterpret_cast<const DeltaRow*>(bridge_.deltaAddress())[index];
  }

  NoZones zones_;
  BridgeHost host_{&zones_};
  Bridge& bridge_ = host_.bridge();
};

TEST_F(Bridges, DefineTellsWhatIsInForce) {
  ASSERT_EQ(host_.define("[" + segment("b", kHappened) + "," +
                         segment("a", R"({"kind":"segment","segment":"b","op":"in"})") + "]"),
            BridgeStatus::kOk);
  EXPECT_TRUE(tells(R"("problems":[],"changed":{"added":["a","b"],"updated":[],"removed":[]})"));
  EXPECT_TRUE(tells(R"("usedBy":["a"])"));
  ASSERT_EQ(host_.define("[" + segment("b", kLately) + "," + segment("c", kHappened) + "]"),
            BridgeStatus::kOk);
  EXPECT_TRUE(tells(R"("changed":{"added":["c"],"updated":["b"],"removed":["a"]})"));
}

TEST_F(Bridges, ARefusedSetChangesNothing) {
  ASSERT_EQ(host_.define(segment("a", kHappened)), BridgeStatus::kOk);
  const int32_t contact = host_.openContact("u");
  host_.apply(contact, track(1), 5);
  EXPECT_EQ(host_.define(segment("a", R"({"kind":"all","of":[]})")), BridgeStatus::kRefused);
  EXPECT_TRUE(tells(R"("path":"/when/of","code":"empty_list","severity":"error")"));
  EXPECT_FALSE(tells("changed"));
  EXPECT_EQ(bridge_.has(contact, 0), 1);
  EXPECT_EQ(host_.define(segment("a", kHappened), R"({"none":1})"), BridgeStatus::kRefused);
  EXPECT_TRUE(tells(R"("path":"/none","code":"unknown_parameter")"));
  EXPECT_EQ(host_.apply(contact, track(2), 6), BridgeStatus::kOk);
  EXPECT_EQ(host_.response(), "");
  EXPECT_EQ(bridge_.deltaCount(), 0U);
}

TEST_F(Bridges, AContactTellsItsDeltas) {
  host_.define(segment("a", kLately));
  const int32_t contact = host_.openContact("u");
  ASSERT_GE(contact, 0);
  ASSERT_EQ(host_.apply(contact, track(1'000) + "\noops\n" + track(2'000, "v"), 1'000),
            BridgeStatus::kOk);
  EXPECT_TRUE(tellsDelta(R"("id":"edge:e:u:1")"));
  EXPECT_TRUE(tells(R"("refused":[{"line":2,"code":"invalid_json",)"));
  EXPECT_TRUE(tells(R"({"line":3,"code":"other_contact",)"));
  EXPECT_EQ(bridge_.nextChangeAt(contact), 2'000);
  ASSERT_EQ(bridge_.memberships(contact), BridgeStatus::kOk);
  EXPECT_EQ(host_.response(), R"([{"segment":"a","since":1000}])");
  ASSERT_EQ(bridge_.advanceTo(contact, 9'000), BridgeStatus::kOk);
  EXPECT_TRUE(tellsDelta(
      R"("change":"exited","at":"1970-01-01T00:00:02.000Z","decidedAt":"1970-01-01T00:00:09.000Z")"));
  EXPECT_TRUE(std::isnan(bridge_.nextChangeAt(contact)));
  bridge_.memberships(contact);
  EXPECT_EQ(host_.response(), "[]");
}

TEST_F(Bridges, WhatDefineChangesIsToldWithTheNextCall) {
  host_.define(segment("a", kHappened));
  const int32_t contact = host_.openContact("u");
  host_.apply(contact, track(1), 10);
  host_.define("[" + segment("b", kHappened) + "]");
  EXPECT_EQ(bridge_.has(contact, 0), 1);  // takes the new set up
  bridge_.advanceTo(contact, 20);
  ASSERT_EQ(bridge_.deltaCount(), 2U);
  EXPECT_TRUE(tellsDelta(R"("segment":"a")"));
  EXPECT_TRUE(tellsDelta(R"("cause":"definition")"));
  EXPECT_TRUE(tellsDelta(R"("cause":"first")"));
  EXPECT_EQ(row(0).segmentIndex, -1) << "of the set before, which nothing else holds any more";
  EXPECT_EQ(row(1).segmentIndex, 0);
  bridge_.advanceTo(contact, 30);
  EXPECT_EQ(host_.response(), "");
  EXPECT_EQ(bridge_.deltaCount(), 0U);
}

TEST_F(Bridges, DeltasThatWaitOutliveTheSetsThatDecided) {
  host_.define("[" + segment("a", kHappened) + "," + segment("b", kLately) + "]");
  const int32_t contact = host_.openContact("u");
  host_.apply(contact, track(1), 1);
  EXPECT_EQ(row(1).segmentIndex, 1);
  for (const char* id : {"c", "d"}) {
    host_.define(segment(id, kHappened));
    EXPECT_EQ(bridge_.has(contact, 0), 1);  // takes the new set up
  }
  bridge_.advanceTo(contact, 20);
  ASSERT_EQ(bridge_.deltaCount(), 5U);
  EXPECT_TRUE(tellsDelta(R"("id":"edge:e:u:7")"));
  EXPECT_EQ(row(0).segmentIndex, -1);
  EXPECT_EQ(row(4).segmentIndex, 0);
}

TEST_F(Bridges, HandlesAreCheckedAndUsedAgain) {
  host_.define(segment("a", kHappened));
  EXPECT_EQ(host_.openContact(""), -1);
  const int32_t first = host_.openContact("u");
  const int32_t second = host_.openContact("u");
  EXPECT_NE(first, second);
  EXPECT_EQ(bridge_.openContactCount(), 2);
  host_.apply(first, track(1), 5);
  EXPECT_EQ(bridge_.has(first, 0), 1);
  EXPECT_EQ(bridge_.has(second, 0), 0);
  EXPECT_EQ(bridge_.closeContact(first), BridgeStatus::kOk);
  for (const int32_t unknown : {first, -1, 2, 1'000'000, INT32_MIN, INT32_MAX}) {
    EXPECT_EQ(bridge_.closeContact(unknown), BridgeStatus::kUnknownHandle);
    EXPECT_EQ(host_.apply(unknown, track(1), 5), BridgeStatus::kUnknownHandle);
    EXPECT_EQ(bridge_.advanceTo(unknown, 5), BridgeStatus::kUnknownHandle);
    EXPECT_EQ(bridge_.memberships(unknown), BridgeStatus::kUnknownHandle);
    EXPECT_TRUE(std::isnan(bridge_.nextChangeAt(unknown)));
    EXPECT_EQ(bridge_.has(unknown, 0), -1);
    EXPECT_EQ(host_.response(), "");
  }
  for (const int32_t index : {-1, 1, INT32_MAX}) EXPECT_EQ(bridge_.has(second, index), -1);
  const int32_t third = host_.openContact("w");
  EXPECT_EQ(third, first);
  EXPECT_EQ(bridge_.has(third, 0), 0);
  EXPECT_EQ(bridge_.openContactCount(), 2);
}

TEST_F(Bridges, ExplainsTheSetInForce) {
  const int32_t contact = host_.openContact("u");
  EXPECT_EQ(bridge_.explain(contact, 0, kNone, 5, 0), BridgeStatus::kUnknownHandle);
  // The order of the text is not that of the segments.
  ASSERT_EQ(host_.define(" [" + segment("b", kHappened) + " ,\n" +
                         segment("a", R"({"kind":"segment","segment":"b","op":"not_in"})") + "]"),
            BridgeStatus::kOk);
  ASSERT_EQ(bridge_.explain(contact, 0, kNone, 5, 0), BridgeStatus::kOk);
  EXPECT_TRUE(tells(R"({"segment":"a","name":"","contact":"u","at":5,"holds":false)"));
  EXPECT_TRUE(tells(R"("exists":false)"));
  host_.apply(contact, track(1), 7);
  ASSERT_EQ(bridge_.explain(contact, 1, kNone, 5, 0), BridgeStatus::kOk);
  EXPECT_TRUE(tells(R"({"segment":"b","name":"","contact":"u","at":7,"holds":true)"));
  ASSERT_EQ(bridge_.explain(contact, 1, 0, 5, 0), BridgeStatus::kOk);
  EXPECT_TRUE(tells(R"("at":0,"holds":false,"changesAt":1)"));
  ASSERT_EQ(host_.define(segment("c", kLately)), BridgeStatus::kOk);
  ASSERT_EQ(bridge_.explain(contact, 0, kNone, 5, 0), BridgeStatus::kOk);
  EXPECT_TRUE(tells(R"({"segment":"c")"));
  // A refused set leaves the one in force.
  EXPECT_EQ(host_.define("[1]"), BridgeStatus::kRefused);
  ASSERT_EQ(bridge_.explain(contact, 0, kNone, 5, 0), BridgeStatus::kOk);
  EXPECT_TRUE(tells(R"({"segment":"c")"));
  EXPECT_EQ(bridge_.explain(contact, 1, kNone, 5, 0), BridgeStatus::kUnknownHandle);
  EXPECT_EQ(bridge_.explain(contact, -1, kNone, 5, 0), BridgeStatus::kUnknownHandle);
  EXPECT_EQ(bridge_.explain(contact + 1, 0, kNone, 5, 0), BridgeStatus::kUnknownHandle);
  ASSERT_EQ(host_.explain(contact, 0, "de"), BridgeStatus::kOk);
  EXPECT_TRUE(tells(R"("finding":"Es geschah einmal.")"));
  EXPECT_EQ(host_.explain(contact, 0, "fr"), BridgeStatus::kRefused);
  EXPECT_EQ(host_.response(),
            R"({"message":"There is no language \"fr\" here; use one of en, de."})");
  ASSERT_EQ(bridge_.explain(contact, 0, 1e300, 5, 0), BridgeStatus::kOk);
  EXPECT_TRUE(tells(R"("at":8640000000000000)"));
}

TEST_F(Bridges, ExplainsAContactOfADirectoryByAnyOfItsIds) {
  EXPECT_EQ(host_.explainInDirectory("u", 0, 9), BridgeStatus::kUnknownHandle);
  ASSERT_EQ(host_.define(segment("a", kHappened)), BridgeStatus::kOk);
  bridge_.openDirectory(0);
  host_.ingest(track(1, "v") +
               "\n"
               R"({"type":"alias","previousId":"v","userId":"u","timestamp":2})");
  for (const std::string_view id : {"u", "v"}) {
    ASSERT_EQ(host_.explainInDirectory(id, 0, 9), BridgeStatus::kOk);
    EXPECT_TRUE(tells(R"("contact":"u","at":9,"holds":true)")) << id;
  }
  ASSERT_EQ(host_.explainInDirectory("w", 0, 9), BridgeStatus::kOk);
  EXPECT_EQ(host_.response(), "");
  EXPECT_EQ(host_.explainInDirectory("u", 1, 9), BridgeStatus::kUnknownHandle);
}

TEST_F(Bridges, ADirectoryThatIsNotOpenIsUnknown) {
  EXPECT_EQ(host_.ingest(track(1)), BridgeStatus::kUnknownHandle);
  EXPECT_EQ(bridge_.evaluate(0, 1), BridgeStatus::kUnknownHandle);
  EXPECT_EQ(bridge_.limitUntil(0), BridgeStatus::kUnknownHandle);
  EXPECT_EQ(bridge_.finish(), BridgeStatus::kUnknownHandle);
  EXPECT_EQ(bridge_.directoryStatistics(), BridgeStatus::kUnknownHandle);
  EXPECT_EQ(bridge_.closeDirectory(), BridgeStatus::kOk);
}

TEST_F(Bridges, ADirectoryCountsLinesFromCallToCall) {
  host_.define(segment("a", kHappened));
  ASSERT_EQ(bridge_.openDirectory(0), BridgeStatus::kOk);
  host_.ingest("\xEF\xBB\xBF" + track(1) + "\n\n");
  EXPECT_EQ(host_.response(), "");
  host_.ingest("oops\n" + track(5, "v"));
  EXPECT_TRUE(tells(R"("refused":[{"line":3,)"));
  ASSERT_EQ(bridge_.evaluate(3, 1), BridgeStatus::kOk);
  EXPECT_EQ(host_.response(), R"({"a":{"count":1,"members":["u"]}})");
  bridge_.evaluate(5, 0);
  EXPECT_EQ(host_.response(), R"({"a":{"count":2}})");
  bridge_.directoryStatistics();
  EXPECT_EQ(host_.response(), R"({"contacts":2,"messages":2,"lines":4,"clock":5})");
  bridge_.openDirectory(1);
  bridge_.directoryStatistics();
  EXPECT_EQ(host_.response(), R"({"contacts":0,"messages":0,"lines":0,"clock":null})");
}

TEST_F(Bridges, InstantsOutsideTheRangeOfTimeAreItsEnds) {
  host_.define(segment("a", kHappened));
  bridge_.openDirectory(0);
  host_.ingest(track(8'640'000'000'000'000));
  const double infinity = std::numeric_limits<double>::infinity();
  for (const double at : {infinity, 1e300, 8.64e15}) {
    ASSERT_EQ(bridge_.evaluate(at, 0), BridgeStatus::kOk);
    EXPECT_EQ(host_.response(), R"({"a":{"count":1}})");
  }
  for (const double at : {-infinity, -1e300, 0.0}) {
    ASSERT_EQ(bridge_.evaluate(at, 0), BridgeStatus::kOk);
    EXPECT_EQ(host_.response(), R"({"a":{"count":0}})");
  }
  EXPECT_EQ(bridge_.evaluate(kNone, 0), BridgeStatus::kUnknownHandle);
}

TEST_F(Bridges, AMessageWithoutTimeNeedsAClock) {
  host_.define(segment("a", kHappened));
  const int32_t contact = host_.openContact("u");
  const std::string timeless = R"({"type":"track","userId":"u","event":"X"})";
  host_.apply(contact, timeless, kNone);
  EXPECT_TRUE(tells("missing_timestamp"));
  host_.apply(contact, timeless, 7);
  EXPECT_TRUE(tellsDelta(R"("at":"1970-01-01T00:00:00.007Z")"));
}

TEST_F(Bridges, AHundredThousandContactsComeAndGo) {
  host_.define(segment("a", kHappened));
  for (int count = 0; count < 100'000; ++count) {
    const int32_t contact = host_.openContact("contact " + std::to_string(count));
    ASSERT_EQ(contact, 0);
    if (count % 100 == 0) host_.apply(contact, track(1, "contact " + std::to_string(count)), 5);
    ASSERT_EQ(bridge_.closeContact(contact), BridgeStatus::kOk);
  }
  EXPECT_EQ(bridge_.openContactCount(), 0);
}

}  // namespace

}  // namespace fosterflow

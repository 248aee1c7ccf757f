#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "language/limits.h"
#include "snapshot/snapshots.h"

namespace fosterflow {

namespace {

TEST_F(Snapshots, OpenAsTheyWereWritten) {
  const auto one = contact();
  one->advanceTo(149'500, deltas_);
  for (const std::string& line : everything()) apply(*one, line);
  const std::string bytes = snapshotOf(*one);
  deltas_.clear();
  const auto other = open(bytes);
  ASSERT_NE(other, nullptr) << fault_.reason << " at " << fault_.place;
  EXPECT_TRUE(other->isAsleep());
  EXPECT_EQ(other->since(), one->since());
  EXPECT_EQ(other->clock(), one->clock());
  EXPECT_EQ(other->nextChangeAt(), one->nextChangeAt());
  EXPECT_TRUE(snapshotOf(*other) == bytes) << "asleep";
  other->wake(deltas_);
  EXPECT_FALSE(other->isAsleep());
  EXPECT_EQ(brief(deltas_), Texts{}) << "what was stored follows from the data";
  EXPECT_TRUE(snapshotOf(*other) == bytes) << "and awake";
  one->advanceTo(400'000, deltas_);
  const Texts expected = brief(deltas_);
  EXPECT_FALSE(expected.empty());
  other->advanceTo(400'000, deltas_);
  EXPECT_EQ(brief(deltas_), expected) << "the same numbers go on";
}

TEST_F(Snapshots, OfEqualContactsAreEqualWhateverTheOrderOfArrival) {
  Texts lines = everything();
  std::mt19937 random(3);
  std::string expected;
  for (int round = 0; round < 6; ++round) {
    const auto one = contact();
    SnapshotWriter writer(&interner_);
    for (const std::string& line : lines) {
      apply(*one, line);
      if (random() % 40 == 0) snapshotOf(*one, &writer);
    }
    const std::string data = dataOf(snapshotOf(*one, &writer));
    EXPECT_TRUE(data == dataOf(*one)) << "kept blocks are as new ones";
    if (round == 0) expected = data;
    EXPECT_TRUE(data == expected) << round;
    std::shuffle(lines.begin(), lines.end(), random);
  }
}

TEST_F(Snapshots, MembersOfObjectsMayComeInAnyOrder) {
  const auto one = contact();
  const auto other = contact();
  apply(*one,
        track(1, R"(,"properties":{"a":1,"b":{"c":[{"d":-0.0,"e":2}],"f":true}},"messageId":"m")"));
  apply(*other,
        track(1, R"(,"properties":{"b":{"f":true,"c":[{"e":2,"d":0}]},"a":1.0},"messageId":"m")"));
  EXPECT_EQ(dataOf(*one), dataOf(*other));
}

TEST_F(Snapshots, OfEmptyContacts) {
  const auto one = contact();
  const std::string bytes = snapshotOf(*one);
  const auto other = open(bytes);
  ASSERT_NE(other, nullptr) << fault_.reason;
  EXPECT_FALSE(other->exists());
  EXPECT_TRUE(other->since().empty());
  EXPECT_EQ(other->nextChangeAt(), std::nullopt);
  EXPECT_TRUE(snapshotOf(*other) == bytes);
  other->advanceTo(0, deltas_);
  apply(*other, track(0));
  EXPECT_TRUE(other->has(0));
  EXPECT_EQ(other->clock(), 0);
}

TEST_F(Snapshots, StayAsleepUntilTheNextChange) {
  const auto one = contact();
  one->advanceTo(100, deltas_);
  apply(*one, track(100));
  const auto other = open(snapshotOf(*one));
  deltas_.clear();
  other->advanceTo(1'099, deltas_);
  EXPECT_TRUE(other->isAsleep());
  EXPECT_EQ(other->nextChangeAt(), 1'100);
  EXPECT_TRUE(other->has(1));
  other->advanceTo(1'100, deltas_);
  EXPECT_FALSE(other->isAsleep());
  EXPECT_EQ(brief(deltas_), Texts{"u#3 exited b-lately 1100 time"});
  const auto quiet = open(snapshotOf(*other));
  quiet->advanceTo(1'100 + kNextChangeHorizonMilliseconds - 1, deltas_);
  EXPECT_TRUE(quiet->isAsleep());
  EXPECT_FALSE(quiet->isNextChangeKnown()) << "the horizon has moved";
  quiet->advanceTo(1'100 + kNextChangeHorizonMilliseconds, deltas_);
  EXPECT_FALSE(quiet->isAsleep());
  EXPECT_TRUE(deltas_.empty());
}

TEST_F(Snapshots, OfAnotherOriginBeginANewSequence) {
  const auto one = contact();
  one->advanceTo(100, deltas_);
  apply(*one, track(100));
  one->advanceTo(200, deltas_);
  const std::string bytes = snapshotOf(*one);
  deltas_.clear();
  origin_.epoch = "2";
  const auto other = open(bytes);
  EXPECT_TRUE(other->isAsleep());
  EXPECT_EQ(brief(deltas_),
            (Texts{"u#1 entered a-happened 200 first", "u#2 entered b-lately 200 first"}));
  EXPECT_EQ(other->since()[0], 100) << "since when it is a member is not forgotten";
  other->advanceTo(5'000, deltas_);
  EXPECT_EQ(brief(deltas_), Texts{"u#3 exited b-lately 1100 time"});
}

TEST_F(Snapshots, UnderOtherDefinitionsTellTheDifference) {
  const auto one = contact();
  one->advanceTo(100, deltas_);
  apply(*one, track(100));
  const std::string bytes = snapshotOf(*one);
  plan_ = plan("[" + definition("a-happened", R"({"kind":"event","event":"Y"})") + "," +
               definition("c-city", R"({"kind":"event","event":"X"})") + "," +
               definition("n", R"({"kind":"event","event":"X"})") + "]");
  deltas_.clear();
  const auto other = open(bytes);
  EXPECT_EQ(brief(deltas_),
            (Texts{"u#3 exited a-happened 100 definition", "u#4 exited b-lately 100 definition",
                   "u#5 entered c-city 100 definition", "u#6 entered n 100 first"}));
  EXPECT_EQ(other->since(), (std::vector<Instant>{kNever, 100, 100}));
  origin_.source = "elsewhere";
  deltas_.clear();
  open(bytes);
  EXPECT_EQ(brief(deltas_), (Texts{"u#1 entered c-city 100 first", "u#2 entered n 100 first"}));
}

TEST_F(Snapshots, KeepDeltasThatWereNotToldYet) {
  const auto one = contact();
  one->advanceTo(100, deltas_);
  apply(*one, track(100));
  plan_ = plan("[" + definition("n", R"({"kind":"event","event":"X"})") + "]");
  one->setPlan(plan_, untold_);
  const std::string bytes = snapshotOf(*one);
  const Texts expected = brief(untold_);
  EXPECT_EQ(expected.size(), 3U);
  deltas_.clear();
  const auto other = open(bytes);
  EXPECT_EQ(brief(deltas_), expected);
  open(bytes);
  untold_ = std::move(deltas_);
  EXPECT_TRUE(snapshotOf(*other) == bytes);
}

TEST_F(Snapshots, AreOfAnyOfTheIds) {
  const auto one = contact("anon");
  apply(*one, track(1, "", "anon"));
  apply(*one, alias("anon", "user"));
  const std::string bytes = snapshotOf(*one);
  for (const std::string_view id : {"anon", "user"}) {
    const auto other = open(bytes, id);
    ASSERT_NE(other, nullptr);
    EXPECT_EQ(interner_.text(other->identity().id()), "user");
    apply(*other, track(2, "", "anon"));
  }
  EXPECT_EQ(open(bytes, "u"), nullptr);
  EXPECT_EQ(fault_.error, SnapshotError::kOtherContact);
}

TEST_F(Snapshots, OfFullHistories) {
  const auto one = contact();
  for (size_t count = 0; count < kMaxEvents + 5; ++count) {
    apply(*one, track(static_cast<Instant>(count * count),
                      R"(,"properties":{"n":)" + std::to_string(count) + "}"));
  }
  const std::string bytes = snapshotOf(*one);
  const auto other = open(bytes);
  ASSERT_NE(other, nullptr) << fault_.reason;
  other->wake(deltas_);
  EXPECT_EQ(other->history().completeAfter(), 16);
  EXPECT_TRUE(snapshotOf(*other) == bytes);
}

TEST_F(Snapshots, GiveTheirTextsBack) {
  {
    const auto one = contact();
    for (const std::string& line : everything()) apply(*one, line);
    const std::string bytes = snapshotOf(*one);
    deltas_.clear();
    refusalOf("{}");
    const size_t before = interner_.size();
    {
      const auto other = open(bytes);
      deltas_.clear();
      other->wake(deltas_);
      SnapshotWriter writer(&interner_);
      writer.putToSleep(*other, &interner_);
      other->wake(deltas_);
      deltas_.clear();
    }
    EXPECT_EQ(interner_.size(), before);
    SnapshotWriter(&interner_).putToSleep(*one, &interner_);
    EXPECT_LT(interner_.size(), before);
  }
}

}  // namespace

}  // namespace fosterflow

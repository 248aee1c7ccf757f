#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "language/limits.h"
#include "snapshot/snapshots.h"

namespace fosterflow {

namespace {

class Merges : public Snapshots {
 protected:
  /// Three devices that each got some of the messages, in some order and some twice.
  std::vector<std::unique_ptr<Contact>> devices(const Texts& lines, std::mt19937& random) {
    std::vector<std::unique_ptr<Contact>> all;
    for (int device = 0; device < 3; ++device) {
      all.push_back(contact());
      Texts own;
      for (const std::string& line : lines) {
        if (random() % 2 == 0) own.push_back(line);
      }
      std::shuffle(own.begin(), own.end(), random);
      // What is of another id comes once an alias has joined it.
      Texts later;
      for (const std::string& line : own) {
        if (all.back()->apply(read(line), 0, deltas_) != Refusal::kNone) later.push_back(line);
      }
      apply(*all.back(), alias("anon", "u"));
      for (const std::string& line : later) apply(*all.back(), line);
      seen_.push_back(own);
    }
    return all;
  }

  std::string merged(const std::vector<std::unique_ptr<Contact>>& devices, std::vector<int> order) {
    const auto into = open(snapshotOf(*devices[static_cast<size_t>(order[0])]));
    for (size_t index = 1; index < order.size(); ++index) {
      merge(*into, *devices[static_cast<size_t>(order[index])]);
    }
    return dataOf(*into);
  }

  std::vector<Texts> seen_;
};

Texts someMessages(std::mt19937& random, size_t count, bool withoutIds) {
  Texts lines;
  for (size_t index = 0; index < count; ++index) {
    const std::string id = random() % 4 == 0 ? "anon" : "u";
    std::string more = R"(,"properties":{"p":)" + std::to_string(random() % 3) + "}";
    if (!withoutIds || random() % 2 == 0)
      more += R"(,"messageId":"m)" + std::to_string(index) + "\"";
    lines.push_back(R"({"type":"track","event":"X","userId":")" + id + R"(","timestamp":)" +
                    std::to_string(random() % 20) + more + "}");
    if (random() % 3 == 0) {
      lines.push_back(R"({"type":"identify","userId":")" + id + R"(","timestamp":)" +
                      std::to_string(random() % 5) + R"(,"traits":{"a":{"b":)" +
                      (random() % 3 == 0 ? "null" : std::to_string(random() % 3)) + "}}}");
      lines.push_back(R"({"type":"list","userId":"u","list":"l","timestamp":)" +
                      std::to_string(random() % 5) + R"(,"action":")" +
                      (random() % 2 == 0 ? "add" : "remove") + "\"}");
    }
  }
  return lines;
}

TEST_F(Merges, CommuteAssociateAndCountOnce) {
  std::mt19937 random(11);
  for (int round = 0; round < 60; ++round) {
    const auto all = devices(someMessages(random, 1 + random() % 40, true), random);
    const std::string expected = merged(all, {0, 1, 2});
    for (const std::vector<int>& order : {std::vector{0, 2, 1},
                                          {1, 0, 2},
                                          {1, 2, 0},
                                          {2, 0, 1},
                                          {2, 1, 0},
                                          {0, 1, 0, 2, 1, 0, 2}}) {
      EXPECT_TRUE(merged(all, order) == expected) << round;
    }
    // (0 + 1) + 2 is 0 + (1 + 2).
    const auto right = open(snapshotOf(*all[1]));
    merge(*right, *all[2]);
    const auto left = open(snapshotOf(*all[0]));
    merge(*left, *right);
    EXPECT_TRUE(dataOf(*left) == expected);
    deltas_.clear();
    merge(*left, *right);
    EXPECT_EQ(brief(deltas_), Texts{}) << "nothing is new";
  }
}

TEST_F(Merges, OfAllMessagesAreTheWhole) {
  std::mt19937 random(12);
  for (int round = 0; round < 30; ++round) {
    const Texts lines = someMessages(random, 30, false);
    seen_.clear();
    const auto all = devices(lines, random);
    const auto whole = contact();
    apply(*whole, alias("anon", "u"));
    for (const Texts& own : seen_) {
      for (const std::string& line : own) apply(*whole, line);
    }
    EXPECT_TRUE(merged(all, {2, 0, 1}) == dataOf(*whole)) << round;
  }
}

TEST_F(Merges, OfFullHistoriesKeepTheNewestOfAll) {
  std::mt19937 random(13);
  Texts lines;
  for (size_t count = 0; count < kMaxEvents * 3 / 2; ++count) {
    lines.push_back(track(static_cast<Instant>(count / 2),
                          R"(,"messageId":"m)" + std::to_string(count) + "\""));
  }
  std::vector<std::unique_ptr<Contact>> all;
  for (int device = 0; device < 2; ++device) {
    all.push_back(contact());
    std::shuffle(lines.begin(), lines.end(), random);
    const size_t count = device == 0 ? lines.size() : lines.size() / 2;
    for (size_t index = 0; index < count; ++index) apply(*all.back(), lines[index]);
  }
  const std::string whole = dataOf(*all[0]);
  EXPECT_TRUE(merged(all, {0, 1}) == whole);
  EXPECT_TRUE(merged(all, {1, 0}) == whole);
}

TEST_F(Merges, TellWhatTheyChange) {
  const auto one = contact();
  one->advanceTo(100, deltas_);
  apply(*one, track(0, "", "u"));
  const auto other = contact("anon");
  apply(*other, track(100, "", "anon"));
  apply(*other, alias("u", "anon"));
  deltas_.clear();
  merge(*one, *other);
  EXPECT_EQ(one->clock(), 100);
  EXPECT_EQ(brief(deltas_),
            (Texts{"anon#1 entered a-happened 100 merge", "anon#2 entered b-lately 100 merge",
                   "u#3 exited a-happened 100 merge", "u#4 exited b-lately 100 merge"}));
}

TEST_F(Merges, OfNothingMakeNobody) {
  const auto one = contact();
  const auto other = contact();
  merge(*one, *other);
  EXPECT_FALSE(one->exists());
  EXPECT_TRUE(one->since().empty());
}

}  // namespace

}  // namespace fosterflow

#include <gtest/gtest.h>

#include <algorithm>

#include "audience/distribution.h"
#include "audiences.h"

namespace fosterflow {
namespace {

class StoreTest : public Audiences {
 protected:
  static std::string page(Instant time, std::string_view contact = "u") {
    return R"({"type":"page","userId":")" + std::string(contact) + R"(","timestamp":)" +
           std::to_string(time) + "}";
  }
  static std::string numbered(Instant time, int number, std::string_view contact = "u") {
    return track(time,
                 R"(,"messageId":"m)" + std::to_string(number) + R"(","properties":{"n":)" +
                     std::to_string(number) + R"(,"t":"b","o":{"deep":)" +
                     std::to_string(number % 4) + "}}",
                 contact);
  }
  static std::string channel(Instant time, bool reachable, std::string_view contact = "u") {
    return R"({"type":"channel","channel":"email","userId":")" + std::string(contact) +
           R"(","timestamp":)" + std::to_string(time) + R"(,"reachable":)" +
           (reachable ? "true}" : "false}");
  }
  // Long histories take the contact engine a while.
  void expectSameForSome() {
    const std::string_view some[] = {kConditions[1], kConditions[3], kConditions[5]};
    expectSame(some, {20'000});
  }
  static Texts mixed() {
    return {numbered(900, 1),
            numbered(100, 2),
            page(50),
            numbered(900, 1),
            identify(10, R"({"plan":"pro","address":{"city":"Austin"}})"),
            identify(10, R"({"plan":"free"})"),
            channel(5, true),
            channel(5, false, "v"),
            numbered(9'500, 7, "v"),
            page(9'400, "v"),
            identify(20, R"({"address":null})", "v"),
            alias("w", "v"),
            numbered(30, 9, "w"),
            numbered(40, 9, "v"),
            track(9'000, "", "z")};
  }
};

TEST_F(StoreTest, AnswersAsTheContactEngine) {
  load(mixed());
  expectSameForAll();
  EXPECT_EQ(audience_->store().contactCount(), 3U);
  EXPECT_EQ(audience_->store().slotOf("w"), audience_->store().slotOf("v"));
}

TEST_F(StoreTest, TakesLoadsOneAfterTheOther) {
  const Texts lines = mixed();
  for (const std::string& line : lines) load({line});
  expectSameForAll();
}

TEST_F(StoreTest, TakesMessagesThatComeLater) {
  const Texts lines = mixed();
  load({lines.begin(), lines.begin() + 5});
  expectSameForAll();
  for (size_t index = 5; index < lines.size(); ++index) {
    append({lines[index]});
    expectSameForAll();
  }
  EXPECT_GT(audience_->store().slotCount(), audience_->store().contactCount());
  audience_->store().compact();
  EXPECT_EQ(audience_->store().slotCount(), audience_->store().contactCount());
  expectSameForAll();
}

TEST_F(StoreTest, OfOneMessageIdTheEarliestCounts) {
  load({track(500, R"(,"messageId":"a","properties":{"n":1})"),
        R"({"type":"page","userId":"u","timestamp":400,"messageId":"a"})",
        track(600, R"(,"messageId":"b","properties":{"n":20})"),
        track(600, R"(,"messageId":"b","properties":{"n":100})")});
  EXPECT_EQ(audience_->store().eventCount(), 2U);
  expectSameForAll();
}

TEST_F(StoreTest, KeepsTheNewestOfAFullHistory) {
  Texts lines;
  for (int number = 0; number < 10'500; ++number) {
    const auto time = static_cast<Instant>((number * 7919) % 10'100);
    // Copies in between, and some without a messageId.
    lines.push_back(number % 50 == 0 ? track(time) : numbered(time, number - number % 30 / 29));
  }
  lines.push_back(alias("older", "u", 1));
  for (int number = 0; number < 40; ++number) {
    lines.push_back(numbered(9'000 + number, 20'000 + number, "older"));
  }
  lines.push_back(alias("other", "older", 2));
  lines.push_back(numbered(5, 77, "other"));
  load(lines);
  EXPECT_EQ(audience_->store().eventCount(), 10'000U);
  expectSameForSome();
  append({numbered(3, 30'000), numbered(10'099, 30'001), track(0)});
  EXPECT_EQ(audience_->store().eventCount(), 10'000U);
  expectSameForSome();
  load({numbered(9'999, 30'002), numbered(1, 30'003)});
  EXPECT_EQ(audience_->store().eventCount(), 10'000U);
  expectSameForSome();
}

TEST_F(StoreTest, ALoadThatIsDroppedLeavesNothing) {
  load({track(1, "", "a")});
  AudienceStore& store = audience_->store();
  store.beginLoad();
  store.stage(read(track(2, "", "a")));
  store.stage(read(track(2, "", "b")));
  store.stage(read(alias("a", "b")));
  store.stage(read(identify(3, R"({"plan":"pro"})", "a")));
  store.dropLoad();
  EXPECT_EQ(store.contactCount(), 1U);
  EXPECT_EQ(store.slotOf("b"), kNoIndex);
  load({track(5, "", "c")});
  EXPECT_EQ(store.contactCount(), 2U);
  expectSameForAll();
}

TEST_F(StoreTest, ManyNamesAndPropertiesTakeTheMemoryOfTheirEvents) {
  Texts lines;
  for (int index = 0; index < 3'000; ++index) {
    const std::string number = std::to_string(index);
    lines.push_back(R"({"type":"track","event":"E)" + number + R"(","userId":"u)" + number +
                    R"(","timestamp":)" + number + R"(,"properties":{"p)" + number + R"(":1}})");
  }
  load(lines);
  EXPECT_LT(audience_->store().bytes(), 3'000U * 1'000U);
  EXPECT_EQ(membersOf(R"({"kind":"event","event":"E77"})", 5'000), Texts{"u77"});
}

TEST_F(StoreTest, PagesGoOnAfterAnId) {
  load({track(1, "", "b"), track(1, "", "a"), track(1, "", "ab"), track(1, "", "\xC3\xA9")});
  append({track(1, "", "aa")});
  const Bitmap all = audience_->members(planOf(R"({"kind":"event","event":"X"})"), 0, 10);
  const std::string_view after = "a";
  using Ids = std::vector<std::string_view>;
  EXPECT_EQ(audience_->page(all, nullptr, 2), (Ids{"a", "aa"}));
  EXPECT_EQ(audience_->page(all, &after, 2), (Ids{"aa", "ab"}));
  EXPECT_EQ(audience_->page(all, &after, 100), (Ids{"aa", "ab", "b", "\xC3\xA9"}));
}

TEST(Distribution, TellsShares) {
  std::vector<double> values = {1, 2, 2, 3, 10};
  std::string text;
  appendDistribution(text, values, {0, 2, 3, 10}, 0);
  EXPECT_EQ(text, R"(,"minimum":1,"maximum":10,"mean":3.6,"buckets":[{"from":0,"to":2,"count":1},)"
                  R"({"from":2,"to":3,"count":2},{"from":3,"to":10,"count":2}])");
  text.clear();
  appendDistribution(text, values, {}, 3);
  EXPECT_EQ(text, R"(,"minimum":1,"maximum":10,"mean":3.6,"buckets":[{"from":1,"to":4,"count":4},)"
                  R"({"from":4,"to":7,"count":0},{"from":7,"to":10,"count":1}])");
  EXPECT_EQ(quantileOf(values, 0), 1);
  EXPECT_EQ(quantileOf(values, 0.5), 2);
  EXPECT_EQ(quantileOf(values, 0.8), 3);
  EXPECT_EQ(quantileOf(values, 0.81), 10);
  EXPECT_EQ(quantileOf(values, 1), 10);
}

}  // namespace
}  // namespace fosterflow

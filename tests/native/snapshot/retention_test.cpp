#include <gtest/gtest.h>

#include <random>

#include "snapshot/snapshots.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

class Retentions : public Snapshots {
 protected:
  void use(std::string_view when, Retention retention = Retention::kReferenced) {
    plan_ = plan("[" + definition("s", when) + "]", "", retention);
  }

  std::string propertiesOf(const Contact& contact) {
    std::string text;
    for (const TimedEvent& entry : contact.history().events()) {
      appendCanonicalJson(text, entry.event->properties.root(), interner_);
    }
    return text;
  }

  static constexpr std::string_view kRule =
      R"({"kind":"event","event":"X","where":{"kind":"all","of":[
      {"kind":"property","property":"a.b","op":"eq","value":1},
      {"kind":"item","items":"list","where":{"kind":"property","property":"sku","op":"is_set"}}]},
      "measure":{"fn":"sum","property":"price"},"op":"gte","value":1})";
  static constexpr std::string_view kMore =
      R"(,"properties":{"price":5,"gone":true,"a":{"b":1,"c":2},"list":[{"sku":"x","other":1}],"d":{"e":1}})";
};

TEST_F(Retentions, KeepWhatTheRulesName) {
  use(kRule);
  const auto one = contact();
  one->advanceTo(10, deltas_);
  apply(*one, track(1, kMore));
  EXPECT_EQ(propertiesOf(*one), R"({"a":{"b":1},"list":[{"other":1,"sku":"x"}],"price":5})");
  EXPECT_TRUE(one->has(0));
  use(R"({"kind":"event","event":"Y"})");
  one->setPlan(plan_, deltas_);
  EXPECT_EQ(propertiesOf(*one), "null") << "no rule is about it any more";
  apply(*one, track(2, kMore));
  EXPECT_EQ(propertiesOf(*one), "nullnull");
  use(kRule, Retention::kAll);
  one->setPlan(plan_, deltas_);
  EXPECT_FALSE(one->has(0)) << "what was dropped stays so";
}

TEST_F(Retentions, AnswerAsIfAllWereThere) {
  std::mt19937 random(5);
  for (int round = 0; round < 20; ++round) {
    use(kRule, Retention::kAll);
    const auto all = contact();
    use(kRule);
    const auto reduced = contact();
    for (int count = 0; count < 20; ++count) {
      const std::string line =
          track(static_cast<Instant>(random() % 10),
                R"(,"properties":{"price":)" + std::to_string(random() % 3) + R"(,"a":{"b":)" +
                    std::to_string(random() % 2) + R"(},"list":[{"sku":1}],"x":)" +
                    std::to_string(count) + "}");
      apply(*all, line);
      apply(*reduced, line);
      ASSERT_EQ(all->has(0), reduced->has(0));
    }
  }
}

TEST_F(Retentions, ApplyToWhatIsOpened) {
  use(kRule, Retention::kAll);
  const auto one = contact();
  one->advanceTo(10, deltas_);
  apply(*one, track(1, kMore));
  const std::string whole = snapshotOf(*one);
  use(kRule);
  deltas_.clear();
  const auto other = open(whole);
  EXPECT_FALSE(other->isAsleep());
  EXPECT_EQ(brief(deltas_), Texts{});
  const std::string reduced = snapshotOf(*other);
  EXPECT_LT(reduced.size(), whole.size());
  const auto again = open(reduced);
  EXPECT_TRUE(again->isAsleep()) << "nothing is left to be dropped";
  EXPECT_TRUE(snapshotOf(*again) == reduced);
}

TEST_F(Retentions, OfMergedCopiesAreOne) {
  use(kRule, Retention::kAll);
  const auto whole = contact();
  apply(*whole, track(1, kMore));
  apply(*whole, track(2, kMore));
  const std::string bytes = snapshotOf(*whole);
  use(kRule);
  const auto one = contact();
  apply(*one, track(1, kMore));
  const auto copy = open(bytes);
  one->absorb(*copy, deltas_);
  EXPECT_EQ(one->history().events().size(), 2U);
}

}  // namespace

}  // namespace fosterflow

#include "contact/contact.h"

#include "contact/messaging.h"

namespace fosterflow {

namespace {

constexpr std::string_view kHappened = R"({"kind":"event","event":"X"})";
constexpr std::string_view kLately =
    R"({"kind":"event","event":"X","window":{"last":{"seconds":1}}})";
constexpr std::string_view kNot = R"({"kind":"none","of":[{"kind":"event","event":"X"}]})";

class Contacts : public Messaging {
 protected:
  std::unique_ptr<Contact> contact(std::shared_ptr<const Plan> plan, std::string_view id = "u") {
    return open(deltas_, std::move(plan), id);
  }

  Texts apply(Contact& contact, std::string_view json) {
    EXPECT_EQ(contact.apply(read(json), contact.clock(), deltas_), Refusal::kNone);
    return brief(deltas_);
  }

  Texts advance(Contact& contact, Instant now) {
    contact.advanceTo(now, deltas_);
    return brief(deltas_);
  }

  std::vector<Delta> deltas_;
};

TEST_F(Contacts, ExistFromTheirFirstMessageOn) {
  const auto one = contact(planOf(kNot));
  EXPECT_EQ(advance(*one, 1'000), Texts{});
  EXPECT_FALSE(one->exists());
  EXPECT_FALSE(one->has(0));
  EXPECT_EQ(one->nextChangeAt(), std::nullopt);
  EXPECT_EQ(apply(*one, identify(5, "{}")), Texts{"u#1 entered s 1000 message"});
  EXPECT_TRUE(one->exists());
  EXPECT_TRUE(one->has(0));
}

TEST_F(Contacts, TellTheExactInstantAndWhenItWasFound) {
  const auto one = contact(planOf(kLately));
  advance(*one, 1'000);
  apply(*one, track(900));
  EXPECT_EQ(one->nextChangeAt(), 1'900);
  one->advanceTo(5'000, deltas_);
  ASSERT_EQ(deltas_.size(), 1U);
  EXPECT_EQ(deltas_[0].at, 1'900);
  EXPECT_EQ(deltas_[0].decidedAt, 5'000);
  EXPECT_EQ(brief(deltas_), Texts{"u#2 exited s 1900 time"});
  EXPECT_EQ(one->nextChangeAt(), std::nullopt);
}

TEST_F(Contacts, HaveAClockThatNeverRunsBack) {
  const auto one = contact(planOf(kHappened));
  advance(*one, 1'000);
  advance(*one, 500);
  EXPECT_EQ(one->clock(), 1'000);
  EXPECT_EQ(apply(*one, track(2'000)), Texts{});
  EXPECT_EQ(one->nextChangeAt(), 2'000);
  EXPECT_EQ(advance(*one, 2'000), Texts{"u#1 entered s 2000 time"});
}

TEST_F(Contacts, RefuseMessagesOfOthers) {
  const auto one = contact(planOf(kHappened));
  EXPECT_EQ(one->apply(read(track(1, "", "v")), 0, deltas_), Refusal::kOtherContact);
  EXPECT_EQ(one->apply(read(alias("v", "w")), 0, deltas_), Refusal::kOtherContact);
  EXPECT_FALSE(one->exists());
  EXPECT_TRUE(deltas_.empty());
}

TEST_F(Contacts, AnAliasAloneJoinsAnId) {
  const auto one = contact(planOf(kHappened), "anon");
  advance(*one, 10);
  apply(*one, track(1, "", "anon"));
  EXPECT_EQ(apply(*one, alias("anon", "user")),
            (Texts{"anon#2 exited s 10 merge", "user#1 entered s 10 merge"}));
  EXPECT_EQ(apply(*one, track(2, "", "user")), Texts{});
  EXPECT_EQ(apply(*one, track(2, "", "anon")), Texts{});
}

TEST_F(Contacts, AnAliasUnitesTwo) {
  const auto plan = planOf(R"({"kind":"event","event":"X","op":"gte","value":2})");
  const auto user = contact(plan, "user");
  const auto anonymous = contact(plan, "anon");
  advance(*user, 10);
  advance(*anonymous, 20);
  apply(*user, track(1, "", "user"));
  apply(*anonymous, track(2, "", "anon"));
  user->applyAlias(read(alias("anon", "user")), *anonymous, deltas_);
  EXPECT_EQ(brief(deltas_), Texts{"user#1 entered s 20 merge"});
  EXPECT_EQ(user->clock(), 20);
}

TEST_F(Contacts, ANewPlanIsToldByWhatChanged) {
  const auto one =
      contact(plan("[" + definition("edited", kHappened) + "," + definition("gone", kHappened) +
                   "," + definition("same", kHappened) + "]"));
  advance(*one, 10);
  apply(*one, track(1));
  one->setPlan(plan("[" + definition("edited", kNot) + "," + definition("new", kHappened) + "," +
                    definition("new-empty", kNot) + "," + definition("same", kHappened) + "]"),
               deltas_);
  EXPECT_EQ(brief(deltas_), (Texts{"u#4 exited edited 10 definition",
                                   "u#5 exited gone 10 definition", "u#6 entered new 10 first"}));
  EXPECT_EQ(one->since(), (std::vector<Instant>{kNever, 10, kNever, 10}));
  one->setPlan(one->plan(), deltas_);
  EXPECT_TRUE(deltas_.empty());
}

TEST_F(Contacts, RememberSinceWhen) {
  const auto one = contact(planOf(kLately));
  advance(*one, 1'000);
  apply(*one, track(1'000));
  EXPECT_EQ(one->since(), std::vector<Instant>{1'000});
  advance(*one, 1'500);
  apply(*one, track(1'500));
  EXPECT_EQ(one->since(), std::vector<Instant>{1'000});
  advance(*one, 9'000);
  EXPECT_EQ(one->since(), std::vector<Instant>{kNever});
}

TEST_F(Contacts, TheHorizonOfTheNextChangeMovesWithTheClock) {
  const auto one =
      contact(planOf(R"({"kind":"event","event":"X","window":{"last":{"days":401}}})"));
  advance(*one, 0);
  apply(*one, track(0));
  EXPECT_EQ(one->nextChangeAt(), std::nullopt);
  advance(*one, kMillisecondsPerDay);
  EXPECT_EQ(one->nextChangeAt(), 401 * kMillisecondsPerDay);
}

TEST_F(Contacts, DeltasOutliveWhatTheyName) {
  const size_t texts = interner_.size();
  {
    auto one = contact(planOf(kHappened));
    advance(*one, 1);
    one->apply(read(track(1, R"(,"messageId":"m")")), 1, deltas_);
    ASSERT_EQ(deltas_.size(), 1U);
    one.reset();
    read(track(2));  // the message before is gone
  }
  EXPECT_EQ(deltas_[0].contact.text(), "u");
  EXPECT_EQ(deltas_[0].messageId.text(), "m");
  EXPECT_EQ(deltas_[0].segmentPlan().id, "s");
  deltas_.push_back(std::move(deltas_[0]));
  deltas_.erase(deltas_.begin());
  EXPECT_EQ(deltas_[0].messageId.text(), "m");
  deltas_.clear();
  refusalOf("{}");
  EXPECT_EQ(interner_.size(), texts) << "and then let it go";
}

TEST_F(Contacts, OnlyTheDeltasFromAnIndexOnAreSorted) {
  const std::shared_ptr<const Plan> plan = planOf(kHappened);
  for (const auto& [at, contact] : {std::pair{9, "z"}, {3, "b"}, {2, "c"}, {3, "a"}, {2, "c"}}) {
    const Symbol symbol = interner_.intern(contact);
    deltas_.push_back({HeldText(&interner_, symbol), deltas_.size() + 1, plan, 0, true, at, at,
                       Cause::kTime, HeldText()});
    interner_.release(symbol);
  }
  sortDeltas(deltas_, 1);
  EXPECT_EQ(brief(deltas_),
            (Texts{"z#1 entered s 9 time", "c#3 entered s 2 time", "c#5 entered s 2 time",
                   "a#4 entered s 3 time", "b#2 entered s 3 time"}));
}

}  // namespace

}  // namespace fosterflow

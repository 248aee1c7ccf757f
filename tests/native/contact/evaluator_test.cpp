#include "contact/evaluator.h"

#include <random>

#include "contact/messaging.h"
#include "language/limits.h"
#include "rounds.h"

namespace fosterflow {

namespace {

constexpr Instant kMinute = kMillisecondsPerMinute;
// 2026-03-28T20:00:00Z: in Berlin the clocks go forward in the next night, and months are short.
constexpr Instant kStart = 1'774'728'000'000;

/// Conditions of every kind, with windows of some hours and days.
const std::vector<std::string> kConditions = {
    R"({"kind":"event","event":"X"})",
    R"({"kind":"event","event":"X","op":"eq","value":2,"window":{"last":{"hours":5}}})",
    R"({"kind":"event","event":["X","Y"],"op":"between","value":[2,3],"window":{"between":[{"hours":9},{"hours":2}]}})",
    R"({"kind":"event","event":"X","window":{"before":{"hours":6}}})",
    R"({"kind":"event","event":"X","op":"lt","value":2,"window":{"calendar":{"unit":"day","current":true}}})",
    R"({"kind":"event","event":"Y","op":"gte","value":2,"window":{"calendar":{"unit":"day","count":2}}})",
    R"({"kind":"event","event":"X","window":{"last":{"months":1}}})",
    R"({"kind":"event","event":"X","window":{"from":"2026-03-29T02:30","to":"2026-03-30"}})",
    R"({"kind":"event","event":"X","measure":{"fn":"sum","property":"p"},"op":"between","value":[2,5],"window":{"last":{"hours":11}}})",
    R"({"kind":"event","event":["X","Y"],"measure":{"fn":"sum","property":"n"},"op":"gte","value":1,"window":{"last":{"hours":13}}})",
    R"({"kind":"event","event":"Y","measure":{"fn":"sum","property":"p"},"op":"eq","value":4,"window":{"between":[{"hours":20},{"hours":4}]}})",
    R"({"kind":"event","event":["X","Y"],"measure":{"fn":"min","property":"n"},"op":"lt","value":0,"window":{"last":{"hours":9}}})",
    R"({"kind":"event","event":["X","Y","Z"],"measure":{"fn":"last","property":"p"},"op":"gte","value":2,"window":{"last":{"hours":4}}})",
    R"({"kind":"event","event":"X","window":{"from":"2026-03-29T08:00"}})",
    R"({"kind":"event","event":"Y","op":"gte","value":2,"window":{"from":"2026-03-29T20:00"}})",
    R"({"kind":"event","event":"X","measure":{"fn":"sum","property":"p"},"op":"gt","value":3,"window":{"last":{"hours":8}}})",
    R"({"kind":"event","event":"X","measure":{"fn":"avg","property":"p"},"op":"lte","value":2,"window":{"last":{"hours":8}}})",
    R"({"kind":"event","event":"X","measure":{"fn":"min","property":"p"},"op":"eq","value":1,"window":{"last":{"hours":7}}})",
    R"({"kind":"event","event":"X","measure":{"fn":"max","property":"p"},"op":"eq","value":4,"window":{"last":{"hours":7}}})",
    R"({"kind":"event","event":["X","Y"],"measure":{"fn":"distinct","property":"p"},"op":"gte","value":3,"window":{"last":{"hours":12}}})",
    R"({"kind":"event","event":"X","measure":{"fn":"first","property":"p"},"op":"eq","value":2,"window":{"last":{"hours":10}}})",
    R"({"kind":"event","event":"X","measure":{"fn":"last","property":"p"},"op":"in","value":[1,3]})",
    R"({"kind":"event","event":["X","Y"],"measure":{"fn":"active","unit":"day"},"op":"gte","value":2,"window":{"last":{"days":2}}})",
    R"({"kind":"event","event":"X","window":{"since":{"event":"Y"}}})",
    R"({"kind":"event","event":"X","op":"gte","value":2,"window":{"last":{"hours":9},"since":{"event":"Y","where":{"kind":"property","property":"p","op":"eq","value":1}}}})",
    R"({"kind":"event","event":"X","where":{"kind":"property","property":"p","op":"eq","value":{"attribute":"a"}}})",
    R"({"kind":"event","event":"X","where":{"kind":"clock","unit":"hour","op":"lt","value":6}})",
    R"({"kind":"sequence","steps":[{"event":"X"},{"event":"Y","within":{"hours":2}}],"window":{"last":{"hours":9}}})",
    R"({"kind":"sequence","steps":[{"event":"X"},{"event":"Z","absent":true},{"event":"Y"},{"event":"X","within":{"hours":5}}]})",
    R"({"kind":"sequence","steps":[{"event":"X"},{"event":"Y","absent":true,"within":{"hours":3}}],"window":{"last":{"hours":7}}})",
    R"({"kind":"sequence","steps":[{"event":"X"},{"event":"Y","absent":true}],"window":{"since":{"event":"Z"}}})",
    R"({"kind":"sequence","steps":[{"event":"X"},{"event":"Y","within":{"months":1}},{"event":"Z","absent":true,"within":{"days":1}}]})",
    R"({"kind":"attribute","attribute":"a","op":"gte","value":2})",
    R"({"kind":"attribute","attribute":"d","op":"date_in_last","value":{"hours":6}})",
    R"({"kind":"attribute","attribute":"d","op":"date_in_next","value":{"months":1}})",
    R"({"kind":"attribute","attribute":"d","op":"date_more_than_ahead","value":{"hours":2}})",
    R"({"kind":"attribute","attribute":"d","op":"date_anniversary_in_next","value":{"days":1}})",
    R"({"kind":"channel","channel":"email","op":"reachable"})",
    R"({"kind":"list","list":"vip","op":"not_in"})",
    R"({"kind":"sample","percent":50,"salt":"s"})",
    R"({"kind":"compare","left":{"metric":{"event":"X","window":{"last":{"hours":4}}}},"op":"gt","right":{"metric":{"event":"X","window":{"between":[{"hours":8},{"hours":4}]}}}})",
    R"({"kind":"compare","left":{"div":[{"metric":{"event":"Y"}},{"metric":{"event":"X","window":{"last":{"hours":9}}}}]},"op":"ne","right":{"attribute":"a"}})",
    R"({"kind":"segment","segment":"s0","op":"not_in"})",
    R"({"kind":"none","of":[{"kind":"event","event":"Z","window":{"last":{"hours":3}}},{"kind":"all","of":[{"kind":"segment","segment":"s1","op":"in"},{"kind":"channel","channel":"email","op":"reachable"}]}]})",
};

class Evaluators : public Messaging {
 protected:
  std::shared_ptr<const Plan> wholePlan(const std::vector<std::string>& zones) {
    std::string definitions = "[";
    for (size_t index = 0; index < kConditions.size(); ++index) {
      if (index > 0) definitions += ',';
      definitions +=
          definition("s" + std::to_string(index), kConditions[index], zones[index % zones.size()]);
    }
    return plan(definitions + "]");
  }

  Instant around(Instant clock, Instant hours) {
    return clock +
           static_cast<Instant>(random_() % (2 * static_cast<uint64_t>(hours) * 4)) * 15 * kMinute -
           hours * 4 * 15 * kMinute;
  }

  std::string randomMessage(Instant clock) {
    switch (random_() % 10) {
      case 0:
        return identify(around(clock, 3), R"({"a":)" + std::to_string(random_() % 5) + "}");
      case 1:
        return identify(around(clock, 3), R"({"d":)" + std::to_string(around(clock, 40)) + "}");
      case 2:
        return identify(clock, random_() % 2 == 0 ? R"({"timezone":"Asia/Tokyo"})"
                                                  : R"({"timezone":null,"d":"1990-03-29"})");
      case 3:
        return R"({"type":"channel","userId":"u","channel":"email","reachable":)" +
               std::string(random_() % 2 == 0 ? "true" : "false") + R"(,"timestamp":)" +
               std::to_string(clock) + "}";
      case 4:
        return R"({"type":"list","userId":"u","list":"vip","action":")" +
               std::string(random_() % 2 == 0 ? "add" : "remove") + R"(","timestamp":)" +
               std::to_string(clock) + "}";
      default:
        break;
    }
    constexpr const char* kNames[] = {"X", "X", "Y", "Z"};
    std::string text = R"({"type":"track","userId":"u","event":")" +
                       std::string(kNames[random_() % 4]) + R"(","timestamp":)" +
                       std::to_string(around(clock, 12));
    if (random_() % 3 == 0) text += R"(,"messageId":"m)" + std::to_string(random_() % 12) + "\"";
    return text + R"(,"properties":{"n":)" + std::to_string(static_cast<int>(random_() % 5) - 2) +
           R"(,"p":)" + std::to_string(random_() % 5) + "}}";
  }

  /// The contact's memberships are those of its data computed anew, and nothing changes before it
  /// says.
  void checkAgainstRebuild(Contact& contact) {
    const Plan& plan = *contact.plan();
    const std::vector<bool> fresh = contact.membershipsAt(contact.clock(), plan);
    for (uint32_t segment = 0; segment < fresh.size(); ++segment) {
      ASSERT_EQ(contact.has(segment), fresh[segment])
          << plan.segments[segment].id << " at " << contact.clock();
    }
    if (!contact.exists()) return;
    const std::optional<Instant> next = contact.nextChangeAt();
    const Instant end = contact.clock() + kNextChangeHorizonMilliseconds;
    ASSERT_LE(contact.nextWake(), next.value_or(kNever));
    for (const Instant step : {kMinute, 3 * kMillisecondsPerHour, kMillisecondsPerDay}) {
      if (contact.clock() + step < next.value_or(end)) {
        ASSERT_EQ(contact.membershipsAt(contact.clock() + step, plan), fresh);
      }
    }
    if (!next) return;
    ASSERT_GT(*next, contact.clock());
    ASSERT_EQ(contact.membershipsAt(*next - 1, plan), fresh);
    ASSERT_NE(contact.membershipsAt(*next, plan), fresh);
  }

  std::mt19937_64 random_{20'260'328};
};

TEST_F(Evaluators, KeepingUpIsComputingAnew) {
  const auto whole = wholePlan({"UTC", "Europe/Berlin", "contact"});
  for (int round = 0; round < rounds(12); ++round) {
    std::vector<Delta> deltas;
    const auto contact = open(deltas, whole);
    contact->advanceTo(kStart, deltas);
    for (int step = 0; step < 60; ++step) {
      if (random_() % 4 == 0) {
        contact->advanceTo(contact->clock() + static_cast<Instant>(random_() % 600) * kMinute,
                           deltas);
      } else {
        const Instant clock = contact->clock();
        EXPECT_EQ(contact->apply(read(randomMessage(clock)), clock, deltas), Refusal::kNone);
      }
      ASSERT_NO_FATAL_FAILURE(checkAgainstRebuild(*contact))
          << "round " << round << " step " << step;
    }
    EXPECT_FALSE(deltas.empty());
  }
}

TEST_F(Evaluators, WhatAnotherPlanKnowsIsWhatComputingAnewFinds) {
  const std::vector<std::shared_ptr<const Plan>> plans = {
      wholePlan({"UTC", "Europe/Berlin", "contact"}), wholePlan({"UTC"}),
      wholePlan({"contact", "Europe/Berlin"}),
      plan("[" + definition("s1", kConditions[1]) + "," + definition("s20", kConditions[20]) + "]"),
      plan("[]")};
  for (int round = 0; round < rounds(6); ++round) {
    std::vector<Delta> deltas;
    const auto contact = open(deltas, plans[0]);
    contact->advanceTo(kStart, deltas);
    for (int step = 0; step < 40; ++step) {
      const Instant clock = contact->clock();
      EXPECT_EQ(contact->apply(read(randomMessage(clock)), clock, deltas), Refusal::kNone);
      contact->advanceTo(clock + static_cast<Instant>(random_() % 200) * kMinute, deltas);
      contact->setPlan(plans[random_() % plans.size()], deltas);
      ASSERT_NO_FATAL_FAILURE(checkAgainstRebuild(*contact))
          << "round " << round << " step " << step;
    }
  }
}

TEST_F(Evaluators, ASteppedClockAndOneThatJumpsTellTheSame) {
  const auto whole = wholePlan({"Europe/Berlin", "UTC"});
  for (int round = 0; round < rounds(10); ++round) {
    std::vector<Delta> stepped;
    std::vector<Delta> jumped;
    const auto patient = open(stepped, whole);
    const auto hasty = open(jumped, whole);
    patient->advanceTo(kStart, stepped);
    hasty->advanceTo(kStart, jumped);
    for (int count = 0; count < 15; ++count) {
      const std::string text = randomMessage(kStart);
      patient->apply(read(text), kStart, stepped);
      hasty->apply(read(text), kStart, jumped);
    }
    const Instant end = kStart + 40 * kMillisecondsPerDay;
    for (Instant now = kStart; now < end; now += 7 * kMillisecondsPerHour)
      patient->advanceTo(now, stepped);
    patient->advanceTo(end, stepped);
    hasty->advanceTo(end, jumped);
    EXPECT_EQ(brief(stepped), brief(jumped));
  }
}

TEST_F(Evaluators, ATimelineIsWhatTheLawSaysOfEachInstant) {
  const auto whole = wholePlan({"contact", "UTC", "Europe/Berlin"});
  for (int round = 0; round < rounds(6); ++round) {
    std::vector<Delta> deltas;
    const auto contact = open(deltas, whole);
    contact->advanceTo(kStart, deltas);
    for (int count = 0; count < 20; ++count) {
      contact->apply(read(randomMessage(kStart)), kStart, deltas);
    }
    const Instant from = kStart - kMillisecondsPerDay;
    const Instant to = kStart + kMillisecondsPerDay;
    for (uint32_t segment = 0; segment < whole->segments.size(); ++segment) {
      const auto changes = contact->timeline(*whole, segment, from, to);
      ASSERT_TRUE(changes.has_value());
      Instant before = from - 1;
      bool isMember = contact->membershipsAt(before, *whole)[segment];
      for (const MembershipChange& change : *changes) {
        ASSERT_EQ(contact->membershipsAt(change.at - 1, *whole)[segment], isMember);
        ASSERT_EQ(contact->membershipsAt((before + change.at) / 2, *whole)[segment], isMember);
        isMember = change.entered;
        ASSERT_EQ(contact->membershipsAt(change.at, *whole)[segment], isMember);
        ASSERT_GT(change.at, before);
        before = change.at;
      }
      ASSERT_LE(before, to);
      ASSERT_EQ(contact->membershipsAt(to, *whole)[segment], isMember);
    }
  }
}

TEST_F(Evaluators, ATimelineWithTooManyChangesIsRefused) {
  const auto one = plan(
      "[" +
      definition(
          "s",
          R"({"kind":"attribute","attribute":"d","op":"date_anniversary_in_next","value":{"days":1}})") +
      "]");
  std::vector<Delta> deltas;
  const auto contact = open(deltas);
  contact->load(read(identify(0, R"({"d":"2000-06-15"})")), 0);
  const Instant century = Instant{36'525} * kMillisecondsPerDay;
  EXPECT_EQ(contact->timeline(*one, 0, 0, century)->size(), 200U);
  EXPECT_FALSE(contact->timeline(*one, 0, kMinInstant, kMaxInstant).has_value());
}

TEST_F(Evaluators, TheOrderOfArrivalDoesNotMatter) {
  const auto whole = wholePlan({"contact", "UTC"});
  for (int round = 0; round < rounds(10); ++round) {
    std::vector<std::string> lines;
    for (int count = 0; count < 25; ++count) lines.push_back(randomMessage(kStart));
    std::vector<bool> expected;
    for (int order = 0; order < 4; ++order) {
      std::shuffle(lines.begin(), lines.end(), random_);
      std::vector<Delta> deltas;
      const auto contact = open(deltas, whole);
      contact->advanceTo(kStart, deltas);
      for (const std::string& line : lines) contact->apply(read(line), kStart, deltas);
      const std::vector<bool> found = contact->membershipsAt(kStart, *whole);
      if (order == 0) expected = found;
      EXPECT_EQ(found, expected);
      checkAgainstRebuild(*contact);
    }
  }
}

TEST_F(Evaluators, EventsBeforeAWindowThatIsYetToBeginNeverCount) {
  const auto one =
      plan("[" + definition("s", R"({"kind":"event","event":"X","window":{"from":300}})") + "]");
  std::vector<Delta> deltas;
  const auto contact = open(deltas, one);
  for (const Instant time : {100, 200}) contact->apply(read(track(time)), 0, deltas);
  EXPECT_EQ(contact->nextChangeAt(), std::nullopt);
  contact->advanceTo(1'000, deltas);
  EXPECT_EQ(brief(deltas), Texts{});
}

TEST_F(Evaluators, EventsThatLeaveAFullHistoryLeaveMetricsAndSequences) {
  const auto one = plan(
      "[" + definition("count", R"({"kind":"event","event":"X","op":"eq","value":9999})") + "," +
      definition("first", R"({"kind":"event","event":"Y"})") + "," +
      definition("sequence", R"({"kind":"sequence","steps":[{"event":"Y"},{"event":"X"}]})") + "," +
      definition(
          "sum",
          R"({"kind":"event","event":"Y","measure":{"fn":"sum","property":"p"},"op":"eq","value":0})") +
      "]");
  std::vector<Delta> deltas;
  const auto contact = open(deltas, one);
  contact->advanceTo(20'000, deltas);
  contact->apply(
      read(R"({"type":"track","userId":"u","event":"Y","timestamp":0,"properties":{"p":3}})"), 0,
      deltas);
  for (size_t count = 1; count < kMaxEvents; ++count) {
    contact->apply(read(track(static_cast<Instant>(count))), 0, deltas);
  }
  EXPECT_TRUE(contact->has(0) && contact->has(1) && contact->has(2) && !contact->has(3));
  deltas.clear();
  contact->apply(read(track(10'000)), 0, deltas);
  EXPECT_EQ(brief(deltas),
            (Texts{"u#4 exited count 20000 message", "u#5 exited first 20000 message",
                   "u#6 exited sequence 20000 message", "u#7 entered sum 20000 message"}));
  EXPECT_EQ(contact->membershipsAt(20'000, *one), (std::vector<bool>{false, false, false, true}));
}

}  // namespace

}  // namespace fosterflow

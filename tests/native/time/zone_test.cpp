#include "time/zone.h"

#include <gtest/gtest.h>

#include <random>

#include "time/zones.h"

namespace fosterflow {
namespace {

TEST(Zones, HaveAnOffsetAtEveryInstant) {
  const Zone zone = berlin();
  EXPECT_EQ(zone.offsetAt(kMinInstant), kHour);
  EXPECT_EQ(zone.offsetAt(at(2026, 3, 29, 1) - 1), kHour);
  EXPECT_EQ(zone.offsetAt(at(2026, 3, 29, 1)), 2 * kHour);
  EXPECT_EQ(zone.offsetAt(at(2026, 10, 25, 1) - 1), 2 * kHour);
  EXPECT_EQ(zone.offsetAt(at(2026, 10, 25, 1)), kHour);
  EXPECT_EQ(zone.offsetAt(kMaxInstant), kHour);
  EXPECT_EQ(zone.toLocal(at(2026, 7, 1, 12)), at(2026, 7, 1, 14));
  // Back again, so that the remembered place is of no use.
  EXPECT_EQ(zone.offsetAt(at(2026, 1, 1)), kHour);
}

TEST(Zones, ReadLocalTimes) {
  const Zone zone = berlin();
  EXPECT_EQ(zone.fromLocal(at(2026, 1, 1)), at(2025, 12, 31, 23));
  EXPECT_EQ(zone.fromLocal(at(2026, 7, 1)), at(2026, 6, 30, 22));
  EXPECT_EQ(zone.fromLocal(at(2026, 12, 1)), at(2026, 11, 30, 23));
}

TEST(Zones, TakeTheEndOfAGap) {
  const Zone zone = berlin();
  EXPECT_EQ(zone.fromLocal(at(2026, 3, 29, 1, 59, 59, 999)), at(2026, 3, 29, 0, 59, 59, 999));
  EXPECT_EQ(zone.fromLocal(at(2026, 3, 29, 2)), at(2026, 3, 29, 1));
  EXPECT_EQ(zone.fromLocal(at(2026, 3, 29, 2, 30)), at(2026, 3, 29, 1));
  EXPECT_EQ(zone.fromLocal(at(2026, 3, 29, 2, 59, 59, 999)), at(2026, 3, 29, 1));
  EXPECT_EQ(zone.fromLocal(at(2026, 3, 29, 3)), at(2026, 3, 29, 1));
  EXPECT_EQ(zone.fromLocal(at(2026, 3, 29, 3, 0, 0, 1)), at(2026, 3, 29, 1, 0, 0, 1));
}

TEST(Zones, TakeTheFirstOfAnOverlap) {
  const Zone zone = berlin();
  EXPECT_EQ(zone.fromLocal(at(2026, 10, 25, 1, 59)), at(2026, 10, 24, 23, 59));
  EXPECT_EQ(zone.fromLocal(at(2026, 10, 25, 2)), at(2026, 10, 25, 0));
  EXPECT_EQ(zone.fromLocal(at(2026, 10, 25, 2, 30)), at(2026, 10, 25, 0, 30));
  EXPECT_EQ(zone.fromLocal(at(2026, 10, 25, 2, 59, 59, 999)), at(2026, 10, 25, 0, 59, 59, 999));
  // 03:00 is shown only once, an hour after the first 02:59 ends.
  EXPECT_EQ(zone.fromLocal(at(2026, 10, 25, 3)), at(2026, 10, 25, 2));
}

TEST(Zones, KnowHalfHours) {
  const Zone zone = lordHowe();
  // April 5, 02:00 becomes 01:30: 01:30 to 02:00 comes twice.
  EXPECT_EQ(zone.fromLocal(at(2026, 4, 5, 1, 45)), at(2026, 4, 4, 14, 45));
  EXPECT_EQ(zone.fromLocal(at(2026, 4, 5, 2)), at(2026, 4, 4, 15, 30));
  // October 4, 02:00 becomes 02:30.
  EXPECT_EQ(zone.fromLocal(at(2026, 10, 4, 2)), at(2026, 10, 3, 15, 30));
  EXPECT_EQ(zone.fromLocal(at(2026, 10, 4, 2, 15)), at(2026, 10, 3, 15, 30));
  EXPECT_EQ(zone.fromLocal(at(2026, 10, 4, 2, 30)), at(2026, 10, 3, 15, 30));
  EXPECT_EQ(zone.fromLocal(at(2026, 10, 4, 2, 31)), at(2026, 10, 3, 15, 31));
}

TEST(Zones, SkipAndRepeatWholeDays) {
  const Zone skipped = apia();
  EXPECT_EQ(skipped.fromLocal(at(2011, 12, 29, 23, 59)), at(2011, 12, 30, 9, 59));
  EXPECT_EQ(skipped.fromLocal(at(2011, 12, 30)), at(2011, 12, 30, 10));
  EXPECT_EQ(skipped.fromLocal(at(2011, 12, 30, 15)), at(2011, 12, 30, 10));
  EXPECT_EQ(skipped.fromLocal(at(2011, 12, 31)), at(2011, 12, 30, 10));
  const Zone twice = repeatedDay();
  EXPECT_EQ(twice.fromLocal(at(1900, 1, 1, 6)), at(1899, 12, 31, 18));
  EXPECT_EQ(twice.fromLocal(at(1900, 1, 1, 23, 59)), at(1900, 1, 1, 11, 59));
  EXPECT_EQ(twice.fromLocal(at(1900, 1, 2)), at(1900, 1, 2, 12));
}

TEST(Zones, NameTheNextTransition) {
  const Zone zone = berlin();
  EXPECT_EQ(zone.nextTransition(kMinInstant), at(2026, 3, 29, 1));
  EXPECT_EQ(zone.nextTransition(at(2026, 3, 29, 1) - 1), at(2026, 3, 29, 1));
  EXPECT_EQ(zone.nextTransition(at(2026, 3, 29, 1)), at(2026, 10, 25, 1));
  EXPECT_EQ(zone.nextTransition(at(2026, 10, 25, 1)), kNever);
  EXPECT_EQ(Zone().nextTransition(0), kNever);
}

TEST(Zones, AreUtcByDefault) {
  const Zone utc;
  EXPECT_EQ(utc.offsetAt(0), 0);
  EXPECT_EQ(utc.fromLocal(kMaxInstant), kMaxInstant);
  EXPECT_EQ(utc.fromLocal(kMinInstant), kMinInstant);
}

TEST(Zones, LeaveOutTransitionsThatDoNotAscend) {
  const Zone zone(0, {{100, 1}, {50, 2}, {100, 3}, {200, 4}});
  EXPECT_EQ(zone.offsetAt(60), 0);
  EXPECT_EQ(zone.offsetAt(100), 1);
  EXPECT_EQ(zone.offsetAt(200), 4);
}

TEST(Zones, FollowTheDefinitionOfLocalTime) {
  // Small made-up zones, against a walk over every instant.
  std::mt19937 random(8);
  for (int round = 0; round < 300; ++round) {
    std::vector<Zone::Transition> transitions;
    const auto offset = [&random] { return static_cast<int64_t>(random() % 41) - 20; };
    Instant instant = 0;
    for (size_t count = random() % 6; count > 0; --count) {
      instant += 1 + static_cast<int64_t>(random() % 30);
      transitions.push_back({instant, offset()});
    }
    const Zone zone(offset(), transitions);
    for (int64_t local = -30; local < 220; ++local) {
      Instant wanted = -100;
      while (zone.toLocal(wanted) < local) ++wanted;
      ASSERT_EQ(zone.fromLocal(local), wanted);
    }
  }
}

class Source : public ZoneSource {
 public:
  bool load(std::string_view name, int64_t& firstOffset,
            std::vector<Zone::Transition>& transitions) override {
    ++loads;
    if (name != "Europe/Berlin") return false;
    firstOffset = kHour;
    transitions = {{at(2026, 3, 29, 1), 2 * kHour}};
    return true;
  }
  int loads = 0;
};

TEST(ZoneRegistries, LoadEachZoneOnce) {
  Source source;
  ZoneRegistry registry(&source);
  const Zone* zone = registry.find("Europe/Berlin");
  ASSERT_NE(zone, nullptr);
  EXPECT_EQ(zone->offsetAt(0), kHour);
  EXPECT_EQ(registry.find("Europe/Berlin"), zone);
  EXPECT_EQ(source.loads, 1);
}

TEST(ZoneRegistries, KnowUtcThemselves) {
  Source source;
  ZoneRegistry registry(&source);
  EXPECT_EQ(registry.find("UTC"), registry.utc());
  EXPECT_EQ(source.loads, 0);
  ZoneRegistry without(nullptr);
  EXPECT_EQ(without.find("UTC"), without.utc());
  EXPECT_EQ(without.find("Europe/Berlin"), nullptr);
}

TEST(ZoneRegistries, TellNamesApartByCase) {
  Source source;
  ZoneRegistry registry(&source);
  EXPECT_EQ(registry.find("europe/berlin"), nullptr);
  EXPECT_EQ(registry.find("utc"), nullptr);
  EXPECT_EQ(registry.find(""), nullptr);
}

TEST(ZoneRegistries, RememberUnknownNamesUpToABound) {
  Source source;
  ZoneRegistry registry(&source);
  for (int i = 0; i < 1'000; ++i) EXPECT_EQ(registry.find("No/" + std::to_string(i)), nullptr);
  EXPECT_EQ(source.loads, 1'000);
  EXPECT_EQ(registry.find("No/0"), nullptr);
  EXPECT_EQ(source.loads, 1'000);
  EXPECT_EQ(registry.find("No/999"), nullptr);
  EXPECT_EQ(source.loads, 1'001);
  EXPECT_NE(registry.find("Europe/Berlin"), nullptr);
}

}  // namespace
}  // namespace fosterflow

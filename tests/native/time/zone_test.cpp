#include "time/zone.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <utility>

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

TEST(Zones, TellHowLongTheOffsetStays) {
  const Zone zone =
      zoneOf({kHour, {{at(2026, 3, 29, 1), 2 * kHour}, {at(2026, 10, 25, 1), kHour}}});
  EXPECT_EQ(zone.steadyUntil(at(2026, 10, 25, 1)), kNever);
  EXPECT_EQ(zone.steadyUntil(kMinInstant), at(2026, 3, 29, 1));
  EXPECT_EQ(zone.steadyUntil(at(2026, 3, 29, 1) - 1), at(2026, 3, 29, 1));
  EXPECT_EQ(zone.steadyUntil(at(2026, 3, 29, 1)), at(2026, 10, 25, 1));
  EXPECT_EQ(Zone().steadyUntil(0), kNever);
}

TEST(Zones, AreUtcByDefault) {
  const Zone utc;
  EXPECT_EQ(utc.offsetAt(0), 0);
  EXPECT_EQ(utc.fromLocal(kMaxInstant), kMaxInstant);
  EXPECT_EQ(utc.fromLocal(kMinInstant), kMinInstant);
}

/// Tells whatever it is made to tell, and counts how often it is asked.
class Host final : public ZoneSource {
 public:
  explicit Host(std::function<ZoneStretch(Instant)> tell) : tell_(std::move(tell)) {}
  bool knows(const std::string& name) override {
    ++names;
    return name == "Europe/Berlin";
  }
  ZoneStretch stretchAt(const std::string& name, Instant instant) override {
    EXPECT_EQ(name, "Europe/Berlin");
    ++questions;
    return tell_(instant);
  }
  int names = 0;
  int questions = 0;

 private:
  std::function<ZoneStretch(Instant)> tell_;
};

TEST(Zones, AskForEachStretchOnce) {
  const ZoneTable table = {0, {{100, 1}, {200, 2}, {300, 3}}};
  Host host([&table](Instant instant) { return table.stretchAt(instant); });
  const Zone zone(&host, "Europe/Berlin");
  EXPECT_EQ(zone.offsetAt(250), 2);
  EXPECT_EQ(zone.offsetAt(200), 2);
  EXPECT_EQ(zone.offsetAt(299), 2);
  EXPECT_EQ(host.questions, 1);
  EXPECT_EQ(zone.offsetAt(kMinInstant), 0);
  EXPECT_EQ(zone.offsetAt(kMaxInstant), 3);
  EXPECT_EQ(zone.offsetAt(150), 1);
  EXPECT_EQ(host.questions, 4);
  for (Instant instant = 0; instant < 400; ++instant) {
    EXPECT_EQ(zone.offsetAt(instant), std::min<int64_t>(instant / 100, 3));
  }
  EXPECT_EQ(host.questions, 4);
}

TEST(Zones, TakeWhatAHostCannotTellAsUtc) {
  for (const ZoneStretch nonsense :
       {ZoneStretch{0, 0, 5}, ZoneStretch{200, 300, 5}, ZoneStretch{300, 200, 5}}) {
    Host host([&nonsense](Instant instant) {
      return instant < 100 ? ZoneStretch{INT64_MIN, 100, kHour} : nonsense;
    });
    const Zone zone(&host, "Europe/Berlin");
    EXPECT_EQ(zone.offsetAt(150), 0);
    EXPECT_EQ(zone.steadyUntil(150), kNever);
    EXPECT_EQ(zone.fromLocal(at(2026, 1, 1)), at(2026, 1, 1));
    EXPECT_EQ(zone.offsetAt(kMaxInstant), 0);
    const Zone before(&host, "Europe/Berlin");
    EXPECT_EQ(before.offsetAt(99), kHour);
    EXPECT_EQ(before.offsetAt(100), 0);
    EXPECT_EQ(before.steadyUntil(99), 100);
  }
}

TEST(Zones, DoNotLetStretchesOverlap) {
  // What is known stays as it is, and the rest goes on from there.
  Host host([](Instant instant) {
    return instant == 150 ? ZoneStretch{100, 200, 1} : ZoneStretch{0, 300, 2};
  });
  const Zone zone(&host, "Europe/Berlin");
  EXPECT_EQ(zone.offsetAt(150), 1);
  EXPECT_EQ(zone.offsetAt(250), 2);
  EXPECT_EQ(zone.offsetAt(50), 2);
  for (Instant instant = 0; instant < 300; ++instant) {
    EXPECT_EQ(zone.offsetAt(instant), instant >= 100 && instant < 200 ? 1 : 2);
  }
  EXPECT_EQ(host.questions, 3);
}

TEST(Zones, AreTheSameInPiecesAndInAnyOrder) {
  std::mt19937 random(9);
  for (int round = 0; round < 200; ++round) {
    ZoneTable table;
    Instant instant = -100;
    for (size_t count = random() % 12; count > 0; --count) {
      instant += 1 + static_cast<int64_t>(random() % 30);
      table.transitions.push_back({instant, static_cast<int64_t>(random() % 41) - 20});
    }
    const Zone whole = zoneOf(table);
    table.pieceLength = 1 + static_cast<int64_t>(random() % 60);
    const Zone pieces = zoneOf(table);
    for (int question = 0; question < 300; ++question) {
      const Instant asked = static_cast<int64_t>(random() % 600) - 300;
      ASSERT_EQ(pieces.offsetAt(asked), whole.offsetAt(asked));
      ASSERT_GT(pieces.steadyUntil(asked), asked);
      ASSERT_LE(pieces.steadyUntil(asked), whole.steadyUntil(asked));
    }
    for (int question = 0; question < 20; ++question) {
      const Instant asked = static_cast<int64_t>(random() % 600) - 300;
      table.pieceLength = kMillisecondsPerDay;
      ASSERT_EQ(zoneOf(table).fromLocal(asked), whole.fromLocal(asked));
    }
  }
}

TEST(Zones, FollowTheDefinitionOfLocalTime) {
  // Small made-up zones, against a walk over every instant.
  std::mt19937 random(8);
  for (int round = 0; round < 300; ++round) {
    ZoneTable table;
    const auto offset = [&random] { return static_cast<int64_t>(random() % 41) - 20; };
    Instant instant = 0;
    for (size_t count = random() % 6; count > 0; --count) {
      instant += 1 + static_cast<int64_t>(random() % 30);
      table.transitions.push_back({instant, offset()});
    }
    table.firstOffset = offset();
    const Zone zone = zoneOf(table);
    for (int64_t local = -30; local < 220; ++local) {
      Instant wanted = -100;
      while (zone.toLocal(wanted) < local) ++wanted;
      ASSERT_EQ(zone.fromLocal(local), wanted);
    }
  }
}

Host berliner() {
  return Host([](Instant) { return ZoneStretch{INT64_MIN, kNever, kHour}; });
}

TEST(ZoneRegistries, HaveOneZoneOfAName) {
  Host source = berliner();
  ZoneRegistry registry(&source);
  const Zone* zone = registry.find("Europe/Berlin");
  ASSERT_NE(zone, nullptr);
  EXPECT_EQ(registry.find("Europe/Berlin"), zone);
  EXPECT_EQ(source.names, 1);
  EXPECT_EQ(source.questions, 0);
  EXPECT_EQ(zone->offsetAt(0), kHour);
  EXPECT_EQ(registry.find("Europe/Berlin")->offsetAt(1), kHour);
  EXPECT_EQ(source.questions, 1);
}

TEST(ZoneRegistries, KnowUtcThemselves) {
  Host source = berliner();
  ZoneRegistry registry(&source);
  EXPECT_EQ(registry.find("UTC"), registry.utc());
  EXPECT_EQ(source.names, 0);
  ZoneRegistry without(nullptr);
  EXPECT_EQ(without.find("UTC"), without.utc());
  EXPECT_EQ(without.find("Europe/Berlin"), nullptr);
}

TEST(ZoneRegistries, TellNamesApartByCase) {
  Host source = berliner();
  ZoneRegistry registry(&source);
  EXPECT_EQ(registry.find("europe/berlin"), nullptr);
  EXPECT_EQ(registry.find("utc"), nullptr);
  EXPECT_EQ(registry.find(""), nullptr);
}

TEST(ZoneRegistries, RememberUnknownNamesUpToABound) {
  Host source = berliner();
  ZoneRegistry registry(&source);
  for (int i = 0; i < 1'000; ++i) EXPECT_EQ(registry.find("No/" + std::to_string(i)), nullptr);
  EXPECT_EQ(source.names, 1'000);
  EXPECT_EQ(registry.find("No/0"), nullptr);
  EXPECT_EQ(source.names, 1'000);
  EXPECT_EQ(registry.find("No/999"), nullptr);
  EXPECT_EQ(source.names, 1'001);
  EXPECT_NE(registry.find("Europe/Berlin"), nullptr);
}

}  // namespace
}  // namespace fosterflow

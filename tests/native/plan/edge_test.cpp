#include "plan/edge.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "time/zones.h"

namespace fosterflow {

namespace {

/// America/St_Johns in 2005, whose summer time ended a minute after midnight.
Zone stJohns() {
  return zoneOf({-(2 * kHour + kHour / 2),
                 {{at(2005, 10, 30, 2, 31), -(3 * kHour + kHour / 2)}},
                 kPieceLength});
}

Edge back(const Duration& duration) {
  Edge edge;
  edge.kind = Edge::Kind::kBack;
  edge.duration = duration;
  return edge;
}

Edge backMilliseconds(int64_t milliseconds) { return back({milliseconds, 0, false}); }
Edge backMonths(int64_t months) { return back({0, months, true}); }

Edge unitStart(CalendarUnit unit, int64_t units) {
  Edge edge;
  edge.kind = Edge::Kind::kUnitStart;
  edge.unit = unit;
  edge.units = units;
  return edge;
}

Edge fixed(Edge::Kind kind, WrittenInstant instant = {}) {
  Edge edge;
  edge.kind = kind;
  edge.instant = instant;
  return edge;
}

TEST(Edge, Positions) {
  const Zone utc;
  const Instant now = at(2026, 6, 15, 12);
  EXPECT_EQ(positionOf(fixed(Edge::Kind::kNever), now, utc), kBeforeAll);
  EXPECT_EQ(positionOf(fixed(Edge::Kind::kNow), now, utc), now);
  EXPECT_EQ(positionOf(backMilliseconds(kHour), now, utc), now - kHour);
  EXPECT_EQ(positionOf(backMonths(4), now, utc), at(2026, 2, 15, 12));
  EXPECT_EQ(positionOf(fixed(Edge::Kind::kBefore, {false, 5}), now, utc), 4);
  EXPECT_EQ(positionOf(fixed(Edge::Kind::kNowBefore, {false, now + 5}), now, utc), now);
  EXPECT_EQ(positionOf(fixed(Edge::Kind::kNowBefore, {false, now}), now, utc), now - 1);
  EXPECT_EQ(positionOf(unitStart(CalendarUnit::kDay, 0), now, utc), at(2026, 6, 15) - 1);
  EXPECT_EQ(positionOf(unitStart(CalendarUnit::kQuarter, 2), now, utc), at(2025, 10, 1) - 1);
}

TEST(Edge, LocalInstantsAreOfTheZone) {
  const Edge gap = fixed(Edge::Kind::kBefore, {true, at(2026, 3, 29, 2, 30)});
  EXPECT_EQ(positionOf(gap, 0, berlin()), at(2026, 3, 29, 1) - 1);
  EXPECT_TRUE(dependsOnZone(gap));
  EXPECT_FALSE(dependsOnZone(fixed(Edge::Kind::kBefore, {false, 0})));
}

TEST(Edge, AnExactSpanPassesAnEventExactlyThen) {
  const Zone utc;
  EXPECT_EQ(nextChange(backMilliseconds(kHour), 10, kBeforeAll, 5, utc), 5 + kHour);
  EXPECT_EQ(nextChange(backMilliseconds(kHour), 10, 3, kNever, utc), kNever);
  EXPECT_EQ(nextChange(fixed(Edge::Kind::kNow), 10, kBeforeAll, 12, utc), 12);
  EXPECT_EQ(nextChange(fixed(Edge::Kind::kNowBefore, {false, 12}), 10, kBeforeAll, 12, utc),
            kNever);
  EXPECT_EQ(nextChange(fixed(Edge::Kind::kNowBefore, {false, 13}), 10, kBeforeAll, 12, utc), 12);
  EXPECT_EQ(nextChange(fixed(Edge::Kind::kNever), 10, kBeforeAll, 12, utc), kNever);
  // Never is not a number to add to.
  EXPECT_EQ(nextChange(backMilliseconds(2 * kMaxInstant), 10, kBeforeAll, kMaxInstant, utc),
            kNever);
}

TEST(Edge, MonthsGiveAnEventBack) {
  const Zone utc;
  const Instant event = at(2026, 2, 28, 12);
  // Mar 28 12:00 passes it; Mar 29 00:00 stands at Feb 28 00:00 again.
  EXPECT_EQ(nextChange(backMonths(1), at(2026, 3, 20), kBeforeAll, event, utc),
            at(2026, 3, 28, 12));
  EXPECT_EQ(nextChange(backMonths(1), at(2026, 3, 28, 12), event, kNever, utc), at(2026, 3, 29));
  EXPECT_EQ(nextChange(backMonths(1), at(2026, 3, 29), kBeforeAll, event, utc),
            at(2026, 3, 29, 12));
  EXPECT_EQ(nextChange(backMonths(1), at(2026, 3, 31, 12), event, kNever, utc), kNever);
}

TEST(Edge, MonthsAcrossTheChangeOfTheClocks) {
  const Zone zone = berlin();
  // An event in the hour that comes twice: a month later, 02:30 means its first pass.
  const Instant first = at(2026, 10, 25, 0, 30);
  EXPECT_EQ(nextChange(backMonths(1), at(2026, 11, 20), kBeforeAll, first, zone),
            at(2026, 11, 25, 1, 30));
  // The whole second pass is passed when local time reaches 03:00.
  const Instant second = at(2026, 10, 25, 1, 30);
  EXPECT_EQ(nextChange(backMonths(1), at(2026, 11, 20), kBeforeAll, second, zone),
            at(2026, 11, 25, 2, 30) - 30 * kMillisecondsPerMinute);
  // Nothing is in the gap: a month later, 02:00 to 03:00 all mean its end.
  EXPECT_EQ(nextChange(backMonths(1), at(2026, 4, 20), kBeforeAll, at(2026, 3, 29, 1), zone),
            at(2026, 4, 29, 0));
}

TEST(Edge, AMidnightThatComesTwice) {
  const Zone zone = stJohns();
  const Edge today = unitStart(CalendarUnit::kDay, 0);
  const Instant evening = at(2005, 10, 30, 2);       // local October 29, 23:30
  const Instant midnight = at(2005, 10, 30, 2, 30);  // local October 30, 00:00
  const Instant back = at(2005, 10, 30, 2, 31);      // local October 29, 23:01 again
  const Instant midnightAgain = at(2005, 10, 30, 3, 30);
  EXPECT_EQ(nextChange(today, evening, kBeforeAll, evening, zone), midnight);
  EXPECT_EQ(positionOf(today, midnight, zone), midnight - 1);
  EXPECT_EQ(nextChange(today, midnight, evening, kNever, zone), back);
  EXPECT_EQ(positionOf(today, back, zone), at(2005, 10, 29, 2, 30) - 1);
  EXPECT_EQ(nextChange(today, back, kBeforeAll, evening, zone), midnightAgain);
  EXPECT_EQ(positionOf(today, midnightAgain, zone), midnight - 1);
  EXPECT_EQ(nextChange(today, midnightAgain, evening, kNever, zone), kNever);
}

TEST(Edge, ADayThatIsLeftOut) {
  const Zone zone = apia();
  // Thursday the 29th ends at 10:00 UTC; the next local day is Saturday the 31st.
  const Instant thursday = at(2011, 12, 29, 20);
  EXPECT_EQ(nextChange(unitStart(CalendarUnit::kDay, 0), thursday, kBeforeAll, thursday, zone),
            at(2011, 12, 30, 10));
  EXPECT_EQ(nextChange(unitStart(CalendarUnit::kDay, 1), thursday, kBeforeAll, thursday, zone),
            at(2011, 12, 30, 10));
  EXPECT_EQ(nextChange(unitStart(CalendarUnit::kDay, 2), thursday, kBeforeAll, thursday, zone),
            at(2011, 12, 31, 10));
}

/// How many of `times` an edge at `position` has passed.
size_t passed(const std::vector<Instant>& times, Instant position) {
  return static_cast<size_t>(
      std::count_if(times.begin(), times.end(), [&](Instant time) { return time <= position; }));
}

/// Steps through time: nothing may change before the instant that nextChange names.
void stepThrough(const Edge& edge, const Zone& zone, Instant from, std::mt19937& random) {
  constexpr Instant kStep = 7 * kMillisecondsPerMinute;
  std::vector<Instant> times;
  for (int count = 0; count < 6; ++count) {
    times.push_back(positionOf(edge, from, zone) + static_cast<Instant>(random() % 12) * 8 * kHour -
                    32 * kHour + static_cast<Instant>(random() % 3) * 17 * kMillisecondsPerMinute);
  }
  std::sort(times.begin(), times.end());
  Instant now = from;
  const Instant end = from + 6 * kMillisecondsPerDay;
  while (now < end) {
    const size_t count = passed(times, positionOf(edge, now, zone));
    const Instant latest = count == 0 ? kBeforeAll : times[count - 1];
    const Instant ahead = count == times.size() ? kNever : times[count];
    const Instant change = nextChange(edge, now, latest, ahead, zone);
    ASSERT_GT(change, now);
    for (Instant step = now; step < std::min(change, end); step += kStep) {
      ASSERT_EQ(passed(times, positionOf(edge, step, zone)), count) << "at " << step;
    }
    if (change >= end) return;
    ASSERT_EQ(passed(times, positionOf(edge, change - 1, zone)), count) << "before " << change;
    ASSERT_NE(passed(times, positionOf(edge, change, zone)), count) << "at " << change;
    now = change;
  }
}

TEST(Edge, NothingChangesBeforeTheNextChange) {
  std::mt19937 random(20'260'101);
  const std::vector<std::pair<Zone, Instant>> places = {
      {Zone(), at(2026, 3, 26)},        {berlin(), at(2026, 3, 26)},
      {berlin(), at(2026, 10, 22)},     {berlin(), at(2026, 11, 22)},
      {lordHowe(), at(2026, 4, 2)},     {apia(), at(2011, 12, 27)},
      {apia(), at(2012, 1, 28)},        {stJohns(), at(2005, 10, 27)},
      {stJohns(), at(2005, 11, 27)},    {repeatedDay(), at(1899, 12, 29)},
      {repeatedDay(), at(1900, 1, 29)},
  };
  Edge ahead = backMonths(1);
  ahead.kind = Edge::Kind::kAhead;
  const std::vector<Edge> edges = {
      backMilliseconds(26 * kHour),
      backMonths(1),
      backMonths(12),
      ahead,
      unitStart(CalendarUnit::kDay, 0),
      unitStart(CalendarUnit::kDay, 1),
      unitStart(CalendarUnit::kWeek, 0),
      unitStart(CalendarUnit::kMonth, 0),
      unitStart(CalendarUnit::kQuarter, 1),
  };
  for (int round = 0; round < 8; ++round) {
    for (const auto& [zone, from] : places) {
      for (const Edge& edge : edges) {
        stepThrough(edge, zone,
                    from + static_cast<Instant>(random() % 1'440) * kMillisecondsPerMinute, random);
        if (HasFatalFailure()) return;
      }
    }
  }
}

}  // namespace

}  // namespace fosterflow

#include "time/duration.h"

#include <gtest/gtest.h>

#include "time/zones.h"

namespace fosterflow {
namespace {

Duration milliseconds(int64_t count) { return {count, 0, false}; }
Duration months(int64_t count) { return {0, count, true}; }

TEST(Durations, OfMillisecondsAreExact) {
  const Zone zone = berlin();
  EXPECT_EQ(addDuration(1'000, milliseconds(234), zone), 1'234);
  EXPECT_EQ(subtractDuration(1'000, milliseconds(1'234), zone), -234);
  // A day is 24 hours, also across a clock change.
  EXPECT_EQ(subtractDuration(at(2026, 3, 29, 12), milliseconds(24 * kHour), zone),
            at(2026, 3, 28, 12));
  EXPECT_EQ(addDuration(5, milliseconds(0), zone), 5);
}

TEST(Durations, StayInTheRangeOfTime) {
  const Zone utc;
  for (const int64_t count : {kMaxInstant, 2 * kMaxInstant, INT64_MAX}) {
    EXPECT_EQ(addDuration(kMaxInstant, milliseconds(count), utc), kMaxInstant);
    EXPECT_EQ(subtractDuration(kMinInstant, milliseconds(count), utc), kMinInstant);
  }
  EXPECT_EQ(subtractDuration(kMaxInstant, milliseconds(2 * kMaxInstant), utc), kMinInstant);
  EXPECT_EQ(addDuration(0, milliseconds(INT64_MAX), utc), kMaxInstant);
  for (const int64_t count : {int64_t{12} * 600'000, int64_t{1'000'000'000'000}, INT64_MAX}) {
    EXPECT_EQ(addDuration(kMinInstant, months(count), utc), kMaxInstant);
    EXPECT_EQ(subtractDuration(kMaxInstant, months(count), utc), kMinInstant);
  }
  EXPECT_EQ(addDuration(kMaxInstant, months(1), berlin()), kMaxInstant);
}

TEST(Durations, OfMonthsClampToTheLastDay) {
  const Zone utc;
  EXPECT_EQ(subtractDuration(at(2026, 3, 31, 10), months(1), utc), at(2026, 2, 28, 10));
  EXPECT_EQ(subtractDuration(at(2024, 3, 31), months(1), utc), at(2024, 2, 29));
  EXPECT_EQ(addDuration(at(2026, 1, 31), months(1), utc), at(2026, 2, 28));
  EXPECT_EQ(addDuration(at(2026, 1, 31), months(3), utc), at(2026, 4, 30));
  EXPECT_EQ(addDuration(at(2024, 2, 29), months(12), utc), at(2025, 2, 28));
  EXPECT_EQ(addDuration(at(2024, 2, 29), months(48), utc), at(2028, 2, 29));
  EXPECT_EQ(subtractDuration(at(2026, 1, 15), months(1), utc), at(2025, 12, 15));
  EXPECT_EQ(addDuration(at(2026, 12, 15), months(1), utc), at(2027, 1, 15));
  EXPECT_EQ(subtractDuration(at(2026, 5, 15), months(17), utc), at(2024, 12, 15));
  EXPECT_EQ(subtractDuration(at(1970, 1, 1), months(1), utc), at(1969, 12, 1));
  EXPECT_EQ(subtractDuration(at(0, 1, 1), months(1), utc), at(-1, 12, 1));
  EXPECT_EQ(subtractDuration(at(2026, 5, 15, 1, 2, 3, 4), months(0), utc),
            at(2026, 5, 15, 1, 2, 3, 4));
}

TEST(Durations, OfMonthsAreNotMonotone) {
  // The contract's own example.
  const Zone utc;
  EXPECT_EQ(subtractDuration(at(2026, 3, 28, 23), months(1), utc), at(2026, 2, 28, 23));
  EXPECT_EQ(subtractDuration(at(2026, 3, 29, 0), months(1), utc), at(2026, 2, 28, 0));
}

TEST(Durations, OfMonthsKeepTheLocalTime) {
  const Zone zone = berlin();
  // Summer to winter: 12:00 stays 12:00.
  EXPECT_EQ(subtractDuration(at(2026, 4, 15, 10), months(1), zone), at(2026, 3, 15, 11));
  EXPECT_EQ(addDuration(at(2026, 3, 15, 11), months(1), zone), at(2026, 4, 15, 10));
  // The local date decides, not that of UTC: January 1, 00:30 in Berlin.
  EXPECT_EQ(subtractDuration(at(2025, 12, 31, 23, 30), months(1), zone), at(2025, 11, 30, 23, 30));
}

TEST(Durations, OfMonthsMeetGapsAndOverlaps) {
  const Zone zone = berlin();
  // April 29, 02:30, a month back: in the gap, so its end.
  EXPECT_EQ(subtractDuration(at(2026, 4, 29, 0, 30), months(1), zone), at(2026, 3, 29, 1));
  // November 25, 02:30, a month back: the first of the two.
  EXPECT_EQ(subtractDuration(at(2026, 11, 25, 1, 30), months(1), zone), at(2026, 10, 25, 0, 30));
  EXPECT_EQ(addDuration(at(2026, 9, 25, 0, 30), months(1), zone), at(2026, 10, 25, 0, 30));
}

}  // namespace
}  // namespace fosterflow

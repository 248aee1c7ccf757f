#include "time/iso_date.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "time/zones.h"

namespace fosterflow {
namespace {

TEST(IsoDates, ReadDates) {
  IsoDate date;
  ASSERT_TRUE(parseIsoDate("2026-11-23", date));
  EXPECT_EQ(date.local, at(2026, 11, 23));
  EXPECT_FALSE(date.hasTime);
  EXPECT_FALSE(date.hasOffset);
  ASSERT_TRUE(parseIsoDate("0000-02-29", date));
  EXPECT_EQ(date.local, at(0, 2, 29));
  ASSERT_TRUE(parseIsoDate("+002026-11-23", date));
  EXPECT_EQ(date.local, at(2026, 11, 23));
  ASSERT_TRUE(parseIsoDate("-000001-12-31", date));
  EXPECT_EQ(date.local, at(-1, 12, 31));
  ASSERT_TRUE(parseIsoDate("+000000-01-01", date));
  EXPECT_EQ(date.local, at(0, 1, 1));
}

TEST(IsoDates, ReadTimesAndOffsets) {
  struct Case {
    const char* text;
    int64_t local;
    int64_t offset;
    bool hasOffset;
  };
  const int64_t minute = kMillisecondsPerMinute;
  const Case cases[] = {
      {"2026-11-23T10:20", at(2026, 11, 23, 10, 20), 0, false},
      {"2026-11-23T10:20:30", at(2026, 11, 23, 10, 20, 30), 0, false},
      {"2026-11-23T10:20:30.4", at(2026, 11, 23, 10, 20, 30, 400), 0, false},
      {"2026-11-23T10:20:30.45", at(2026, 11, 23, 10, 20, 30, 450), 0, false},
      {"2026-11-23T10:20:30.456", at(2026, 11, 23, 10, 20, 30, 456), 0, false},
      {"2026-11-23T10:20:30.456999999999999", at(2026, 11, 23, 10, 20, 30, 456), 0, false},
      {"2026-11-23T23:59:59.999Z", at(2026, 11, 23, 23, 59, 59, 999), 0, true},
      {"2026-11-23T10:20Z", at(2026, 11, 23, 10, 20), 0, true},
      {"2026-11-23T10:20+01:30", at(2026, 11, 23, 10, 20), 90 * minute, true},
      {"2026-11-23T10:20:30-0130", at(2026, 11, 23, 10, 20, 30), -90 * minute, true},
      {"2026-11-23T10:20:30.5+02", at(2026, 11, 23, 10, 20, 30, 500), 120 * minute, true},
      {"2026-11-23T10:20+23:59", at(2026, 11, 23, 10, 20), 1'439 * minute, true},
      {"2026-11-23T10:20-00:00", at(2026, 11, 23, 10, 20), 0, true},
  };
  for (const Case& wanted : cases) {
    IsoDate date;
    ASSERT_TRUE(parseIsoDate(wanted.text, date)) << wanted.text;
    EXPECT_TRUE(date.hasTime) << wanted.text;
    EXPECT_EQ(date.local, wanted.local) << wanted.text;
    EXPECT_EQ(date.hasOffset, wanted.hasOffset) << wanted.text;
    EXPECT_EQ(date.offsetMilliseconds, wanted.offset) << wanted.text;
  }
}

TEST(IsoDates, RefuseEverythingElse) {
  for (const char* text : {
           "",
           " ",
           "2026",
           "2026-11",
           "2026-1-1",
           "2026-11-2",
           "2026-11-233",
           "26-11-23",
           "20261123",
           "2026/11/23",
           "2026-00-10",
           "2026-13-10",
           "2026-11-00",
           "2026-11-31",
           "2026-02-29",
           "1900-02-29",
           "2024-02-30",
           "2026-11-23 ",
           " 2026-11-23",
           "2026-11-23T",
           "2026-11-23t10:20",
           "2026-11-23 10:20",
           "2026-11-23T10",
           "2026-11-23T1020",
           "2026-11-23T1:20",
           "2026-11-23T10:2",
           "2026-11-23T24:00",
           "2026-11-23T24:00:00Z",
           "2026-11-23T10:60",
           "2026-11-23T10:20:60",
           "2026-11-23T23:59:60Z",
           "2026-11-23T10:20:",
           "2026-11-23T10:20:3",
           "2026-11-23T10:20:30.",
           "2026-11-23T10:20:30.Z",
           "2026-11-23T10:20:30,5",
           "2026-11-23T10:20.5",
           "2026-11-23T10:20z",
           "2026-11-23T10:20ZZ",
           "2026-11-23T10:20Z ",
           "2026-11-23T10:20 Z",
           "2026-11-23T10:20+",
           "2026-11-23T10:20+1",
           "2026-11-23T10:20+1:00",
           "2026-11-23T10:20+01:",
           "2026-11-23T10:20+01:0",
           "2026-11-23T10:20+010",
           "2026-11-23T10:20+01:000",
           "2026-11-23T10:20+24:00",
           "2026-11-23T10:20-24",
           "2026-11-23T10:20+01:60",
           "2026-11-23T10:20+01:00Z",
           "2026-11-23T10:20GMT",
           "2026-11-23Z",
           "2026-11-23+01:00",
           "+2026-11-23",
           "-2026-11-23",
           "02026-11-23",
           "+02026-11-23",
           "+0002026-11-23",
           "-000000-01-01",
           "-000000-01-01T00:00Z",
           "+275760-09-14",
           "+275760-09-13T00:00:00.001Z",
           "-271821-04-19T23:59:59.999Z",
           "-271821-04-19",
           "+999999-12-31",
           "-999999-01-01",
           "+275760-09-13T00:00-00:01",
           "-271821-04-20T00:00+00:01",
           "1795431600000",
           "Nov 23, 2026",
           "2026-W48-1",
           "2026-327",
           "20\xE2\x88\x92"
           "11-23",
           "2026-11-23T10:20\xE2\x88\x92"
           "01:00",
           "\xEF\xBC\x92"
           "026-11-23",
       }) {
    IsoDate date;
    EXPECT_FALSE(parseIsoDate(text, date)) << text;
  }
  IsoDate date;
  EXPECT_FALSE(parseIsoDate(std::string_view("2026-11-23\0", 11), date));
}

TEST(IsoDates, LeaveTheResultAloneWhenRefused) {
  IsoDate date;
  date.local = 77;
  EXPECT_FALSE(parseIsoDate("2026-11-23T99:00", date));
  EXPECT_EQ(date.local, 77);
}

TEST(IsoDates, ReachTheEndsOfTime) {
  const Zone utc;
  for (const char* text : {"+275760-09-13", "+275760-09-13T00:00Z", "+275760-09-13T01:00+01:00",
                           "+275760-09-12T23:00-01:00", "+275760-09-13T23:59+23:59"}) {
    IsoDate date;
    ASSERT_TRUE(parseIsoDate(text, date)) << text;
    EXPECT_EQ(instantOf(date, utc), kMaxInstant) << text;
  }
  for (const char* text : {"-271821-04-20", "-271821-04-20T00:00Z", "-271821-04-19T23:00-01:00"}) {
    IsoDate date;
    ASSERT_TRUE(parseIsoDate(text, date)) << text;
    EXPECT_EQ(instantOf(date, utc), kMinInstant) << text;
  }
}

TEST(IsoDates, MeanInstants) {
  const Zone zone = berlin();
  const auto instant = [&zone](const char* text) {
    IsoDate date;
    EXPECT_TRUE(parseIsoDate(text, date)) << text;
    return instantOf(date, zone);
  };
  EXPECT_EQ(instant("2026-11-23"), at(2026, 11, 22, 23));
  EXPECT_EQ(instant("2026-07-01T12:00"), at(2026, 7, 1, 10));
  EXPECT_EQ(instant("2026-07-01T12:00Z"), at(2026, 7, 1, 12));
  EXPECT_EQ(instant("2026-07-01T12:00-07:00"), at(2026, 7, 1, 19));
  EXPECT_EQ(instant("2026-03-29T02:30"), at(2026, 3, 29, 1));       // in the gap
  EXPECT_EQ(instant("2026-10-25T02:30"), at(2026, 10, 25, 0, 30));  // in the overlap
  // A local time whose instant would lie beyond the range of time.
  EXPECT_EQ(instant("-271821-04-20"), kMinInstant);
}

TEST(IsoDates, ReadWhatIsWritten) {
  std::mt19937_64 random(9);
  const Zone utc;
  for (int i = 0; i < 20'000; ++i) {
    const Instant instant =
        static_cast<Instant>(random() % (2 * kMaxInstant)) / (i % 2 == 0 ? 1 : 100) -
        kMaxInstant / (i % 2 == 0 ? 1 : 100);
    std::string text;
    appendIsoInstant(text, instant);
    IsoDate date;
    ASSERT_TRUE(parseIsoDate(text, date)) << text;
    ASSERT_EQ(instantOf(date, utc), instant) << text;
  }
}

}  // namespace
}  // namespace fosterflow

#include "time/instant.h"

#include <gtest/gtest.h>

namespace fosterflow {
namespace {

std::string written(Instant instant) {
  std::string text;
  appendIsoInstant(text, instant);
  return text;
}

TEST(Instants, AreWrittenAsEcmaScriptWritesThem) {
  EXPECT_EQ(written(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(written(-1), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(written(1'795'431'600'123), "2026-11-23T11:00:00.123Z");
  EXPECT_EQ(written(kMaxInstant), "+275760-09-13T00:00:00.000Z");
  EXPECT_EQ(written(kMinInstant), "-271821-04-20T00:00:00.000Z");
  EXPECT_EQ(written(-62'167'219'200'000), "0000-01-01T00:00:00.000Z");
  EXPECT_EQ(written(-62'167'219'200'001), "-000001-12-31T23:59:59.999Z");
  EXPECT_EQ(written(253'402'300'799'999), "9999-12-31T23:59:59.999Z");
  EXPECT_EQ(written(253'402'300'800'000), "+010000-01-01T00:00:00.000Z");
}

TEST(Instants, AreClampedToTheRangeOfTime) {
  EXPECT_EQ(clampInstant(kMaxInstant), kMaxInstant);
  EXPECT_EQ(clampInstant(kMaxInstant + 1), kMaxInstant);
  EXPECT_EQ(clampInstant(kMinInstant - 1), kMinInstant);
  EXPECT_EQ(clampInstant(0), 0);
}

TEST(Instants, DivideDownwards) {
  EXPECT_EQ(floorDivide(7, 3), 2);
  EXPECT_EQ(floorDivide(6, 3), 2);
  EXPECT_EQ(floorDivide(-1, 3), -1);
  EXPECT_EQ(floorDivide(-3, 3), -1);
  EXPECT_EQ(floorDivide(-4, 3), -2);
  EXPECT_EQ(floorDivide(0, 3), 0);
}

}  // namespace
}  // namespace fosterflow

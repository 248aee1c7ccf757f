#include "contact/schedule.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace fosterflow {

namespace {

TEST(Schedule, IsEmptyAtFirst) {
  Schedule schedule;
  EXPECT_EQ(schedule.earliest(), kNever);
  schedule.resize(3);
  EXPECT_EQ(schedule.earliest(), kNever);
  EXPECT_EQ(schedule.dueAt(2), kNever);
}

TEST(Schedule, NeverTakesAnEntryOut) {
  Schedule schedule;
  schedule.resize(2);
  schedule.set(0, 10);
  schedule.set(1, 5);
  EXPECT_EQ(schedule.first(), 1U);
  schedule.set(1, kNever);
  schedule.set(1, kNever);
  EXPECT_EQ(schedule.first(), 0U);
  schedule.clear();
  EXPECT_EQ(schedule.earliest(), kNever);
  schedule.set(1, 3);
  EXPECT_EQ(schedule.earliest(), 3);
}

TEST(Schedule, AgreesWithAPlainList) {
  std::mt19937 random(11);
  Schedule schedule;
  std::vector<Instant> plain;
  for (int step = 0; step < 20'000; ++step) {
    if (plain.empty() || random() % 100 == 0) {
      plain.push_back(kNever);
      schedule.resize(plain.size());
    }
    const auto index = static_cast<uint32_t>(random() % plain.size());
    const Instant due = random() % 4 == 0 ? kNever : static_cast<Instant>(random() % 1'000) - 500;
    plain[index] = due;
    schedule.set(index, due);
    const Instant earliest = *std::min_element(plain.begin(), plain.end());
    ASSERT_EQ(schedule.earliest(), earliest);
    if (earliest != kNever) {
      ASSERT_EQ(plain[schedule.first()], earliest);
    }
    ASSERT_EQ(schedule.dueAt(index), due);
  }
}

}  // namespace

}  // namespace fosterflow

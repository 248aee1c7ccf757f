#include "language/vocabulary.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace fosterflow {
namespace {

TEST(VocabularyTest, FindsNames) {
  EXPECT_EQ(positionOfName(kConditionKinds, "all"), 0U);
  EXPECT_EQ(positionOfName(kConditionKinds, "sample"), 10U);
  EXPECT_EQ(positionOfName(kConditionKinds, "samp"), std::nullopt);
  EXPECT_EQ(positionOfName(kConditionKinds, ""), std::nullopt);
  EXPECT_EQ(positionOfName(kConditionKinds, "all any"), std::nullopt);
  EXPECT_EQ(nameAt(kConditionKinds, 0), "all");
  EXPECT_EQ(nameAt(kConditionKinds, 10), "sample");
  EXPECT_EQ(nameAt(kConditionKinds, 11), "");
}

TEST(VocabularyTest, FindsTheNearestName) {
  EXPECT_EQ(nearestName("event where window", "windw"), "window");
  EXPECT_EQ(nearestName("event where window", "Evnet"), "event");
  EXPECT_EQ(nearestName("event where window", "xyz"), "");
  EXPECT_EQ(nearestName("event where window", ""), "");
  EXPECT_EQ(nearestName("eq ne gt", "ge"), "");
  EXPECT_EQ(nearestName("eq ne gt gte", "gtee"), "gte");
  EXPECT_EQ(nearestName("ignoreCase", "ignore_case"), "ignoreCase");
  EXPECT_EQ(nearestName("event", std::string(1'000'000, 'e')), "");
}

TEST(VocabularyTest, NamesOperators) {
  std::set<std::string> names;
  for (size_t index = 0; index < kOperatorCount; ++index) {
    const Operator op = static_cast<Operator>(index);
    names.insert(std::string(operatorName(op)));
    EXPECT_EQ(findOperator(operatorName(op)), op);
  }
  EXPECT_EQ(names.size(), kOperatorCount);
  EXPECT_EQ(findOperator("xyz"), std::nullopt);
  EXPECT_EQ(operatorName(Operator::kDateAnniversaryInNext), "date_anniversary_in_next");
  EXPECT_EQ(operatorName(Operator::kIncludesNone), "includes_none");
}

TEST(VocabularyTest, KnowsNegations) {
  EXPECT_EQ(traitsOf(Operator::kNotEqual).positive, Operator::kEqual);
  EXPECT_EQ(traitsOf(Operator::kNotIn).positive, Operator::kIn);
  EXPECT_EQ(traitsOf(Operator::kIsNotSet).positive, Operator::kIsSet);
  EXPECT_EQ(traitsOf(Operator::kNotBetween).positive, Operator::kBetween);
  EXPECT_EQ(traitsOf(Operator::kNotContains).positive, Operator::kContains);
  EXPECT_EQ(traitsOf(Operator::kNotLike).positive, Operator::kLike);
  EXPECT_EQ(traitsOf(Operator::kIncludesNone).positive, Operator::kIncludesAny);
  size_t negative = 0;
  for (size_t index = 0; index < kOperatorCount; ++index) {
    negative += isNegative(static_cast<Operator>(index)) ? 1U : 0U;
  }
  EXPECT_EQ(negative, 7U);
}

}  // namespace
}  // namespace fosterflow

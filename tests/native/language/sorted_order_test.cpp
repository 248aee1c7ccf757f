#include "values/sorted_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "language/name_list.h"

namespace fosterflow {
namespace {

TEST(SortedOrderTest, SortsAndKeepsTheOrderOfEquals) {
  uint32_t random = 1;
  for (size_t count = 0; count < 100; ++count) {
    std::vector<uint32_t> values;
    for (size_t index = 0; index < count; ++index) {
      random = random * 1'664'525 + 1'013'904'223;
      values.push_back((random >> 16) % 10);
    }
    std::vector<size_t> expected(count);
    for (size_t index = 0; index < count; ++index) {
      expected[index] = index;
    }
    const auto isBefore = [&values](size_t left, size_t right) {
      return values[left] < values[right];
    };
    std::stable_sort(expected.begin(), expected.end(), isBefore);
    EXPECT_EQ(sortedOrder(count, isBefore), expected);
  }
}

TEST(NameListTest, SortsAndDropsRepetitions) {
  std::vector<std::string> names{"b", "a", "", "b", "é", "Z", "a"};
  sortNames(names);
  EXPECT_EQ(names, (std::vector<std::string>{"", "Z", "a", "b", "é"}));
  std::vector<std::string> none;
  sortNames(none);
  EXPECT_TRUE(none.empty());
}

}  // namespace
}  // namespace fosterflow

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "audience/bitmap.h"
#include "audience/id_table.h"
#include "audience/property_column.h"
#include "audience/time_column.h"
#include "plan/predicate.h"

namespace fosterflow {
namespace {

TEST(TimeColumn, IsExactInEveryRange) {
  constexpr int64_t kDay = 86'400'000;
  for (const Instant latest : {Instant{12}, 40 * kDay, 366 * kDay, 40'000 * kDay, kMaxInstant}) {
    std::vector<Instant> times = {0, 1, latest / 3, latest / 3 + 1, latest - 1, latest};
    TimeColumn column;
    column.start(0, latest);
    for (const Instant time : times) column.push_back(time);
    for (size_t row = 0; row < times.size(); ++row) {
      EXPECT_EQ(column[row], times[row]);
      for (const Instant bound : times) {
        for (const Instant near : {bound - 1, bound, bound + 1}) {
          uint32_t expected = 0;
          while (expected < times.size() && times[expected] <= near) ++expected;
          EXPECT_EQ(column.firstAfter(0, 6, near), expected) << near << " of " << latest;
          const TimeColumn::Bound at = column.boundOf(near);
          EXPECT_EQ(at.isBeforeAll || column.isLater(row, at), times[row] > near);
        }
      }
    }
    EXPECT_EQ(column.latest(), latest);
  }
}

TEST(TimeColumn, TakesWhatWasNotForeseen) {
  TimeColumn column;
  const std::vector<Instant> times = {5, -7, kMaxInstant, kMinInstant, 1'700'000'000'000, 0};
  for (const Instant time : times) column.push_back(time);
  for (size_t row = 0; row < times.size(); ++row) EXPECT_EQ(column[row], times[row]);
}

TEST(TimeColumn, TakesFiveBytesForAYear) {
  TimeColumn column;
  column.start(0, 365LL * 86'400'000);
  column.reserve(1000);
  for (Instant row = 0; row < 1000; ++row) column.push_back(row * 31'535'999);
  EXPECT_EQ(column.bytes(), 5000U);
}

class PropertyColumnTest : public testing::Test {
 protected:
  Cell text(std::string_view text) {
    ValueNode node;
    node.type = ValueType::kText;
    node.text = interner_.intern(text);
    const Cell cell = Cell::ofCode(column_.dictionary().codeOf(node));
    interner_.release(node.text);
    return cell;
  }
  void fill(const std::vector<Cell>& cells) {
    ColumnNeeds needs;
    for (const Cell cell : cells) needs.add(cell);
    column_.start(needs, cells.size());
    for (uint32_t row = 0; row < cells.size(); ++row) column_.set(row, cells[row]);
  }
  Interner interner_;
  PropertyColumn column_{&interner_};
};

TEST_F(PropertyColumnTest, KeepsPricesInFourBytes) {
  fill({Cell::ofNumber(19.99), Cell(), Cell::ofNumber(0.1), Cell::ofNumber(-12345.67)});
  EXPECT_EQ(column_.kind(), PropertyColumn::Kind::kDecimals);
  EXPECT_EQ(column_.at(0).number(), 19.99);
  EXPECT_TRUE(column_.at(1).isMissing());
  EXPECT_EQ(column_.at(2).number(), 0.1);
  EXPECT_EQ(column_.at(3).number(), -12345.67);
  EXPECT_TRUE(column_.at(4).isMissing());
}

TEST_F(PropertyColumnTest, KeepsOtherNumbersAsTheyAre) {
  const std::vector<double> numbers = {0.1 + 0.2, 1e300, 5e-324, 9007199254740993.0};
  std::vector<Cell> cells;
  for (const double number : numbers) cells.push_back(Cell::ofNumber(number));
  fill(cells);
  EXPECT_EQ(column_.kind(), PropertyColumn::Kind::kDoubles);
  for (uint32_t row = 0; row < numbers.size(); ++row) {
    EXPECT_EQ(column_.at(row).number(), numbers[row]);
  }
}

TEST_F(PropertyColumnTest, BecomesWiderWhenItMust) {
  fill({Cell::ofNumber(1), Cell::ofNumber(2)});
  column_.set(2, Cell::ofNumber(1.0 / 3));
  EXPECT_EQ(column_.kind(), PropertyColumn::Kind::kDoubles);
  column_.set(5, text("a"));
  EXPECT_EQ(column_.kind(), PropertyColumn::Kind::kCodes32);
  column_.set(6, Cell::ofNumber(2));
  const ValueDictionary& values = column_.dictionary();
  EXPECT_EQ(values.value(column_.at(0).code())->number, 1);
  EXPECT_EQ(values.value(column_.at(2).code())->number, 1.0 / 3);
  EXPECT_TRUE(column_.at(4).isMissing());
  EXPECT_EQ(interner_.text(values.value(column_.at(5).code())->text), "a");
  EXPECT_EQ(column_.at(6).code(), column_.at(1).code());
}

TEST_F(PropertyColumnTest, KeepsFewRowsAlone) {
  std::vector<Cell> cells(1000);
  cells[17] = text("a");
  cells[900] = text("b");
  fill(cells);
  EXPECT_TRUE(column_.isSparse());
  EXPECT_EQ(column_.cellCount(), 2U);
  EXPECT_TRUE(column_.at(16).isMissing());
  EXPECT_EQ(column_.at(17).code(), cells[17].code());
  EXPECT_EQ(column_.at(900).code(), cells[900].code());
}

TEST_F(PropertyColumnTest, WidensItsCodes) {
  std::vector<Cell> cells = {text("0")};
  fill(cells);
  for (uint32_t row = 1; row < 70'000; ++row) {
    cells.push_back(text(std::to_string(row)));
    column_.set(row, cells.back());
  }
  EXPECT_EQ(column_.kind(), PropertyColumn::Kind::kCodes32);
  for (uint32_t row = 0; row < 70'000; row += 977) {
    EXPECT_EQ(column_.at(row).code(), cells[row].code());
  }
}

TEST(IdTable, NumbersIdsInTheOrderOfTheirComing) {
  IdTable ids;
  for (uint32_t round = 0; round < 2; ++round) {
    for (uint32_t index = 0; index < 5000; ++index) {
      EXPECT_EQ(ids.indexOf("contact-" + std::to_string(index)), index);
    }
  }
  const std::string large(100'000, 'x');
  EXPECT_EQ(ids.indexOf(large), 5000U);
  EXPECT_EQ(ids.text(5000), large);
  EXPECT_EQ(ids.text(4999), "contact-4999");
  EXPECT_EQ(ids.find("contact-77"), 77U);
  EXPECT_EQ(ids.find("nobody"), kNoIndex);
}

TEST(Bitmap, KnowsItsMembers) {
  Bitmap bits(130, true);
  EXPECT_EQ(bits.count(), 130U);
  bits.reset(64);
  Bitmap others(130);
  others.set(64);
  others.set(129);
  bits -= others;
  EXPECT_EQ(bits.count(), 128U);
  bits |= others;
  bits.extend(200);
  EXPECT_EQ(bits.count(), 130U);
  size_t sum = 0;
  others.forEach([&sum](size_t index) { sum += index; });
  EXPECT_EQ(sum, 193U);
}

}  // namespace
}  // namespace fosterflow

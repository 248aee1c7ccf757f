#include "language/problem.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "language/place.h"
#include "language/problem_list.h"
#include "language/wording.h"

namespace fosterflow {
namespace {

TEST(ProblemTest, NamesEachCodeDifferently) {
  std::set<std::string> names;
  size_t count = 0;
  for (; count <= static_cast<size_t>(ProblemCode::kOutOfMemory); ++count) {
    const std::string name(codeName(static_cast<ProblemCode>(count)));
    EXPECT_FALSE(name.empty());
    EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_8"), std::string::npos) << name;
    names.insert(name);
  }
  EXPECT_EQ(names.size(), count);
  EXPECT_EQ(codeName(static_cast<ProblemCode>(count)), "");
}

TEST(ProblemTest, NamesCodesByTheirEnumerators) {
  EXPECT_EQ(codeName(ProblemCode::kInvalidJson), "invalid_json");
  EXPECT_EQ(codeName(ProblemCode::kInvalidUtf8), "invalid_utf8");
  EXPECT_EQ(codeName(ProblemCode::kUnknownOperator), "unknown_operator");
  EXPECT_EQ(codeName(ProblemCode::kOperatorNotAllowed), "operator_not_allowed");
  EXPECT_EQ(codeName(ProblemCode::kReversedRange), "reversed_range");
  EXPECT_EQ(codeName(ProblemCode::kParameterType), "parameter_type");
  EXPECT_EQ(codeName(ProblemCode::kSegmentChainTooLong), "segment_chain_too_long");
  EXPECT_EQ(codeName(ProblemCode::kEmptyWindow), "empty_window");
  EXPECT_EQ(codeName(ProblemCode::kOutOfMemory), "out_of_memory");
}

TEST(ProblemTest, TellsErrorsFromWarnings) {
  EXPECT_FALSE(hasErrors({}));
  EXPECT_FALSE(hasErrors({{"", ProblemCode::kEmptyWindow, Severity::kWarning, ""}}));
  EXPECT_TRUE(hasErrors({{"", ProblemCode::kEmptyWindow, Severity::kWarning, ""},
                         {"", ProblemCode::kTooDeep, Severity::kError, ""}}));
}

TEST(PlaceTest, WritesPointers) {
  const ValueNode node{};
  const Place root(node);
  const Place first(root, "a/b~c", node);
  const Place second(first, 12, node);
  const Place third(second, "", node);
  EXPECT_EQ(root.pointer(), "");
  EXPECT_EQ(third.pointer(), "/a~1b~0c/12/");
}

TEST(PlaceTest, NamesItsValue) {
  const ValueNode node{};
  const Place root(node);
  const Place steps(root, "steps", node);
  EXPECT_EQ(root.subject(), "The top level");
  EXPECT_EQ(steps.subject(), "\"steps\"");
  EXPECT_EQ(Place(steps, 1, node).subject(), "Entry 2 of \"steps\"");
  EXPECT_EQ(Place(root, 1, node).subject(), "Entry 2 of the list");
}

TEST(WordingTest, PutsPartsIntoSentences) {
  EXPECT_EQ(sentence("% of % is %%.", {"A", size_t{12}, std::string("b%")}), "A of 12 is b%%.");
  EXPECT_EQ(sentence("nothing", {}), "nothing");
}

TEST(WordingTest, ShortensLongTextsInQuotes) {
  const auto inQuotes = [](const std::string& text) { return sentence("\"%\"", {text}); };
  EXPECT_EQ(inQuotes("x"), "\"x\"");
  EXPECT_EQ(inQuotes(std::string(60, 'x')), "\"" + std::string(60, 'x') + "\"");
  EXPECT_EQ(inQuotes(std::string(1'000'000, 'x')), "\"" + std::string(60, 'x') + "…\"");
  // A character of two bytes that would be cut stays out.
  EXPECT_EQ(inQuotes(std::string(59, 'x') + "éé"), "\"" + std::string(59, 'x') + "…\"");
  EXPECT_EQ(sentence("%", {std::string(100, 'x')}), std::string(100, 'x'));
}

TEST(ProblemListTest, SortsByThePlaceInTheText) {
  const ValueNode nodes[3]{};
  ProblemList list;
  list.add(&nodes[2], "/c", ProblemCode::kTooDeep, "");
  list.add(&nodes[0], "/a", ProblemCode::kTooDeep, "");
  list.add(&nodes[2], "/d", ProblemCode::kTooDeep, "");
  list.add(&nodes[1], "/b", ProblemCode::kTooDeep, "");
  std::vector<Problem> problems;
  list.moveTo(problems);
  ASSERT_EQ(problems.size(), 4U);
  EXPECT_EQ(problems[0].path + problems[1].path + problems[2].path + problems[3].path, "/a/b/c/d");
}

}  // namespace
}  // namespace fosterflow

#include "values/value.h"

#include <gtest/gtest.h>

#include <vector>

#include "values/json_fixture.h"

namespace fosterflow {
namespace {

class Value : public JsonFixture {
 protected:
  int compare(std::string_view left, std::string_view right) {
    const ValueTree leftTree = tree(left);
    const ValueTree rightTree = tree(right);
    return compareValues(leftTree.root(), rightTree.root(), interner_);
  }

  bool equal(std::string_view left, std::string_view right) {
    const ValueTree leftTree = tree(left);
    const ValueTree rightTree = tree(right);
    return equalScalars(leftTree.root(), rightTree.root());
  }
};

TEST_F(Value, OrdersValuesOfAllTypes) {
  // Ascending; each pair is compared in both directions.
  const std::vector<std::string> ascending = {
      "null", "false", "true", "-1e308", "-1", "-5e-324", "0", "5e-324", "1", "2", "10", "1e308",
      // Texts by code point, where UTF-16 would put U+FFFD after U+1F600.
      R"("")", R"("\u0000")", R"("A")", R"("AB")", R"("B")", R"("a")", R"("é")", R"("\ufffd")",
      R"("😀")",
      // Arrays element by element, then by length.
      "[]", "[null]", "[null,null]", "[false]", "[1]", "[1,0]", "[2]", R"(["a"])", "[[]]", "[[1]]",
      "[{}]",
      // Objects by canonical JSON, in which a number is text and ends at `,` or `}`.
      R"({"a":1e3,"b":0})", R"({"a":10})", R"({"a":1})", R"({"a":2})", R"({"b":0})", "{}"};
  for (size_t i = 0; i < ascending.size(); ++i) {
    for (size_t j = 0; j < ascending.size(); ++j) {
      const int order = compare(ascending[i], ascending[j]);
      const int wanted = i < j ? -1 : i > j ? 1 : 0;
      EXPECT_EQ(order < 0 ? -1 : order > 0 ? 1 : 0, wanted) << ascending[i] << ' ' << ascending[j];
    }
  }
}

TEST_F(Value, TakesAbsentForNullInTheOrder) {
  const ValueTree null = tree("null");
  const ValueTree no = tree("false");
  EXPECT_EQ(compareValues(nullptr, nullptr, interner_), 0);
  EXPECT_EQ(compareValues(nullptr, null.root(), interner_), 0);
  EXPECT_LT(compareValues(nullptr, no.root(), interner_), 0);
  EXPECT_GT(compareValues(no.root(), nullptr, interner_), 0);
}

TEST_F(Value, TakesNegativeZeroForZero) {
  EXPECT_EQ(compare("-0", "0"), 0);
  EXPECT_TRUE(equal("-0.0", "0"));
  EXPECT_EQ(compare(R"({"a":-0})", R"({"a":0})"), 0);
}

TEST_F(Value, ComparesObjectsWhateverTheOrderOfKeys) {
  EXPECT_EQ(compare(R"({"a":1,"b":[true]})", R"({"b":[true],"a":1})"), 0);
}

TEST_F(Value, EqualsOnlyScalarsOfOneType) {
  EXPECT_TRUE(equal("1", "1.0"));
  EXPECT_TRUE(equal("true", "true"));
  EXPECT_TRUE(equal("false", "false"));
  EXPECT_TRUE(equal(R"("5")", R"("\u0035")"));
  EXPECT_FALSE(equal("5", R"("5")"));
  EXPECT_FALSE(equal("1", "true"));
  EXPECT_FALSE(equal("0", "false"));
  EXPECT_FALSE(equal("true", "false"));
  EXPECT_FALSE(equal("null", "null"));
  EXPECT_FALSE(equal("[]", "[]"));
  EXPECT_FALSE(equal("{}", "{}"));
  const ValueTree one = tree("1");
  EXPECT_FALSE(equalScalars(one.root(), nullptr));
  EXPECT_FALSE(equalScalars(nullptr, nullptr));
}

TEST_F(Value, SaysWhatIsSet) {
  EXPECT_FALSE(isSet(nullptr));
  EXPECT_FALSE(isSet(tree("null").root()));
  for (const char* json : {"false", "0", R"("")", "[]", "{}"}) {
    const ValueTree value = tree(json);
    EXPECT_TRUE(isSet(value.root())) << json;
  }
}

TEST_F(Value, IteratesOverDirectChildren) {
  const ValueTree value = tree(R"([1,[2,[3]],{"a":4},5])");
  std::vector<ValueType> types;
  for (const ValueNode& child : ValueChildren(value.root())) types.push_back(child.type);
  EXPECT_EQ(types, (std::vector<ValueType>{ValueType::kNumber, ValueType::kArray,
                                           ValueType::kObject, ValueType::kNumber}));
  for (const char* json : {"[]", "{}", "1", "null", R"("x")"}) {
    const ValueTree empty = tree(json);
    for (const ValueNode& child : ValueChildren(empty.root())) {
      ADD_FAILURE() << json << ' ' << static_cast<int>(child.type);
    }
  }
}

TEST_F(Value, CopiesASubtreeWithItsOwnReferences) {
  ValueTree copy;
  {
    const ValueTree whole = tree(R"({"a":{"b":["x",1]},"c":"y"})");
    const ValueNode* member = &*ValueChildren(whole.root()).begin();
    copy = ValueTree::copyOf(member, &interner_);
  }
  EXPECT_EQ(copy.root()->key, kNoSymbol);
  EXPECT_EQ(canonical(copy), R"({"b":["x",1]})");
  EXPECT_EQ(interner_.size(), 2u);  // "b" and "x"
  copy.clear();
  EXPECT_EQ(interner_.size(), 0u);
  EXPECT_TRUE(ValueTree::copyOf(nullptr, &interner_).empty());
}

TEST_F(Value, MovesWithoutLosingReferences) {
  ValueTree first = tree(R"(["x"])");
  ValueTree second = std::move(first);
  EXPECT_EQ(canonical(second), R"(["x"])");
  second = tree(R"(["y"])");
  EXPECT_EQ(canonical(second), R"(["y"])");
  EXPECT_EQ(interner_.size(), 1u);
  ValueTree& alias = second;
  second = std::move(alias);
  EXPECT_EQ(canonical(second), R"(["y"])");
  second = ValueTree();
  EXPECT_EQ(interner_.size(), 0u);
}

}  // namespace
}  // namespace fosterflow

#include "values/path.h"

#include <gtest/gtest.h>

#include "values/json_fixture.h"

namespace fosterflow {
namespace {

using Keys = std::vector<std::string>;

TEST(Path, SplitsAtDots) {
  EXPECT_EQ(splitPath("city"), Keys({"city"}));
  EXPECT_EQ(splitPath("address.city"), Keys({"address", "city"}));
  EXPECT_EQ(splitPath(""), Keys({""}));
  EXPECT_EQ(splitPath("."), Keys({"", ""}));
  EXPECT_EQ(splitPath(".a."), Keys({"", "a", ""}));
}

TEST(Path, ReadsBackslashes) {
  EXPECT_EQ(splitPath(R"(a\.b)"), Keys({"a.b"}));
  EXPECT_EQ(splitPath(R"(a\\.b)"), Keys({R"(a\)", "b"}));
  EXPECT_EQ(splitPath(R"(a\\\.b)"), Keys({R"(a\.b)"}));
  EXPECT_EQ(splitPath(R"(a\nb)"), Keys({R"(a\nb)"}));
  EXPECT_EQ(splitPath(R"(a\)"), Keys({R"(a\)"}));
  EXPECT_EQ(splitPath(R"(a.\)"), Keys({"a", R"(\)"}));
}

TEST(Path, GivesBackWhatWasAppended) {
  const Keys pieces = {"", ".", R"(\)", R"(\.)", R"(.\)", R"(\\)", "a", "a.b", R"(a\)", "é"};
  for (const std::string& first : pieces) {
    for (const std::string& second : pieces) {
      std::string path;
      appendPathKey(path, first, true);
      appendPathKey(path, second, false);
      EXPECT_EQ(splitPath(path), Keys({first, second})) << path;
    }
  }
}

class PathLookUp : public JsonFixture {
 protected:
  std::string at(std::string_view json, std::string_view path) {
    const ValueTree root = tree(json);
    std::vector<Symbol> keys;
    for (const std::string& key : splitPath(path)) keys.push_back(interner_.intern(key));
    const ValueNode* value = findAtPath(root.root(), keys.data(), keys.size());
    std::string text = "absent";
    if (value != nullptr) {
      text.clear();
      appendCanonicalJson(text, value, interner_);
    }
    for (const Symbol key : keys) interner_.release(key);
    return text;
  }
};

TEST_F(PathLookUp, WalksObjectsOnly) {
  constexpr std::string_view kJson =
      R"({"a":{"b":{"c":1},"d":[{"c":2}],"":3},"a.b":4,"e":null,"":{"":5}})";
  EXPECT_EQ(at(kJson, "a.b.c"), "1");
  EXPECT_EQ(at(kJson, "a.b"), R"({"c":1})");
  EXPECT_EQ(at(kJson, "a."), "3");
  EXPECT_EQ(at(kJson, R"(a\.b)"), "4");
  EXPECT_EQ(at(kJson, "e"), "null");
  EXPECT_EQ(at(kJson, "."), "5");
  EXPECT_EQ(at(kJson, ""), R"({"":5})");
  EXPECT_EQ(at(kJson, "a.d.c"), "absent");
  EXPECT_EQ(at(kJson, "a.d.0"), "absent");
  EXPECT_EQ(at(kJson, "a.b.c.x"), "absent");
  EXPECT_EQ(at(kJson, "e.x"), "absent");
  EXPECT_EQ(at(kJson, "c"), "absent");
  EXPECT_EQ(at("[1]", "0"), "absent");
  EXPECT_EQ(at("\"text\"", "length"), "absent");
}

TEST_F(PathLookUp, TakesAnAbsentRootAndAnEmptyPath) {
  const Symbol key = interner_.intern("a");
  EXPECT_EQ(findAtPath(nullptr, &key, 1), nullptr);
  const ValueTree root = tree("{\"a\":1}");
  EXPECT_EQ(findAtPath(root.root(), nullptr, 0), root.root());
  interner_.release(key);
}

}  // namespace
}  // namespace fosterflow

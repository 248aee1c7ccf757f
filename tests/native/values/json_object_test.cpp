#include <gtest/gtest.h>

#include <chrono>
#include <map>

#include "rounds.h"
#include "values/json_fixture.h"

namespace fosterflow {
namespace {

/// Keeps the members that it was made for.
class KeepSome : public JsonMemberSink {
 public:
  KeepSome(Interner* interner, std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) trees_.emplace(key, ValueTree(interner));
  }
  ValueTree* treeFor(std::string_view key) override {
    asked_.emplace_back(key);
    const auto entry = trees_.find(key);
    return entry != trees_.end() ? &entry->second : nullptr;
  }
  const ValueTree& at(std::string_view key) const { return trees_.find(key)->second; }
  const std::vector<std::string>& asked() const { return asked_; }

 private:
  std::map<std::string, ValueTree, std::less<>> trees_;
  std::vector<std::string> asked_;
};

/// Reads the members `a` and `b` without keeping them, and keeps `c`.
class ReadSome : public JsonMemberSink {
 public:
  explicit ReadSome(Interner* interner) : kept_(interner) {}
  ValueTree* treeFor(std::string_view key) override { return key == "c" ? &kept_ : nullptr; }
  JsonScalar* scalarFor(std::string_view key) override {
    return key == "a" ? &a_ : key == "b" ? &b_ : nullptr;
  }
  const JsonScalar& a() const { return a_; }
  const JsonScalar& b() const { return b_; }
  const ValueTree& kept() const { return kept_; }

 private:
  JsonScalar a_, b_;
  ValueTree kept_;
};

class JsonObjects : public JsonFixture {
 protected:
  JsonError readObject(std::string_view json, JsonMemberSink& sink, uint32_t maxDepth = kDepth) {
    const std::string padded = std::string(json) + std::string(JsonReader::kPadding, ' ');
    return reader_.readObject({padded.data(), json.size()}, maxDepth, sink, isObject_);
  }

  bool isObject_ = false;
};

TEST_F(JsonObjects, CountsTheLastOfDuplicateKeys) {
  EXPECT_EQ(readBack(R"({"a":1,"a":2})"), R"({"a":2})");
  EXPECT_EQ(readBack(R"({"a":1,"b":2,"a":3,"b":4,"a":5})"), R"({"a":5,"b":4})");
  EXPECT_EQ(readBack(R"({"a":{"x":[1,"t"]},"b":{"a":1,"a":[2]},"a":"last"})"),
            R"({"a":"last","b":{"a":[2]}})");
  EXPECT_EQ(readBack(R"({"a":1,"\u0061":2})"), R"({"a":2})");
  EXPECT_EQ(readBack(R"({"a":{"b":1},"a":{"c":1}})"), R"({"a":{"c":1}})");
  EXPECT_EQ(readBack(R"([{"a":1,"a":{}},{"a":1}])"), R"([{"a":{}},{"a":1}])");
  EXPECT_EQ(readBack(R"({"":1,"":2})"), R"({"":2})");
  EXPECT_EQ(readBack(R"({"a":1,"A":2})"), R"({"A":2,"a":1})");
  EXPECT_EQ(interner_.size(), 0u);
}

TEST_F(JsonObjects, GivesTheReferencesOfDroppedMembersBack) {
  const ValueTree kept = tree(R"({"a":{"gone":["lost","lost too"]},"a":"here"})");
  EXPECT_EQ(interner_.size(), 2u);
  EXPECT_EQ(interner_.find("gone"), kNoSymbol);
  EXPECT_EQ(interner_.find("lost"), kNoSymbol);
  EXPECT_NE(interner_.find("here"), kNoSymbol);
  EXPECT_EQ(kept.nodeCount(), 2u);
}

TEST_F(JsonObjects, ReadsThousandsOfKeysInNoTime) {
  std::string distinct = "{";
  std::string same = "{";
  std::string twice = "{";
  constexpr int kCount = rounds(50'000);
  for (int i = 0; i < kCount; ++i) {
    const char* separator = i > 0 ? "," : "";
    const std::string number = std::to_string(i);
    distinct += separator + ("\"k" + number + "\":" + number);
    same += separator + ("\"k\":[" + number + ",\"t\"]");
    twice += separator + ("\"k" + std::to_string(i % (kCount / 2)) + "\":" + number);
  }
  const auto start = std::chrono::steady_clock::now();
  const ValueTree distinctTree = tree(distinct + "}");
  const ValueTree sameTree = tree(same + "}");
  const ValueTree twiceTree = tree(twice + "}");
  const auto took = std::chrono::steady_clock::now() - start;
  EXPECT_EQ(distinctTree.nodeCount(), kCount + 1u);
  EXPECT_EQ(canonical(sameTree), "{\"k\":[" + std::to_string(kCount - 1) + ",\"t\"]}");
  EXPECT_EQ(twiceTree.nodeCount(), kCount / 2 + 1u);
  const ValueNode* first = &*ValueChildren(twiceTree.root()).begin();
  EXPECT_EQ(first->number, kCount / 2);
  // A quadratic search takes minutes here; the bound leaves room for sanitizers and slow machines.
  EXPECT_LT(took, std::chrono::seconds(10));
}

TEST_F(JsonObjects, ReleasesEverythingAfterAnError) {
  for (const char* json : {R"({"a":"x","b":["y",{"c":"z"},tru]})", R"({"a":"x","b":[1})",
                           R"({"a":"x","a":"y","b":1e999})", R"({"a":{"b":{"c":"x"}},"d":"\q"})",
                           R"({"a":{"b":1},"c" "d"})", R"({"a":"x"} "y")"}) {
    ValueTree out(&interner_);
    EXPECT_NE(reader_.read(json, kDepth, out), JsonError::kNone) << json;
    EXPECT_TRUE(out.empty());
    EXPECT_EQ(interner_.size(), 0u) << json;
    KeepSome sink(&interner_, {"a", "b", "c", "d"});
    EXPECT_NE(readObject(json, sink), JsonError::kNone) << json;
    EXPECT_TRUE(sink.at("a").empty());
    EXPECT_EQ(interner_.size(), 0u) << json;
  }
}

TEST_F(JsonObjects, ReplacesWhatATreeHeld) {
  ValueTree out = tree(R"(["old"])");
  EXPECT_EQ(reader_.read(R"(["new"])", kDepth, out), JsonError::kNone);
  EXPECT_EQ(canonical(out), R"(["new"])");
  EXPECT_EQ(interner_.size(), 1u);
  EXPECT_EQ(reader_.read("", kDepth, out), JsonError::kEmpty);
  EXPECT_TRUE(out.empty());
  EXPECT_EQ(interner_.size(), 0u);
}

TEST_F(JsonObjects, StoresOnlyTheMembersAskedFor) {
  KeepSome sink(&interner_, {"event", "properties", "absent"});
  EXPECT_EQ(readObject(R"({"type":"track","event":"Viewed","extra":{"a":["b"]},
                           "properties":{"price":19.9},"\u0065nd":true})",
                       sink),
            JsonError::kNone);
  EXPECT_TRUE(isObject_);
  EXPECT_EQ(canonical(sink.at("event")), R"("Viewed")");
  EXPECT_EQ(canonical(sink.at("properties")), R"({"price":19.9})");
  EXPECT_TRUE(sink.at("absent").empty());
  EXPECT_EQ(sink.at("event").root()->key, kNoSymbol);
  EXPECT_EQ(sink.asked(),
            (std::vector<std::string>{"type", "event", "extra", "properties", "end"}));
  EXPECT_EQ(interner_.size(), 2u);  // "Viewed" and "price"
}

TEST_F(JsonObjects, CountsTheLastOfDuplicateMembers) {
  KeepSome sink(&interner_, {"event"});
  EXPECT_EQ(readObject(R"({"event":["first"],"event":"second"})", sink), JsonError::kNone);
  EXPECT_EQ(canonical(sink.at("event")), R"("second")");
  EXPECT_EQ(interner_.size(), 1u);
}

TEST_F(JsonObjects, ReadsScalarsWithoutKeepingThem) {
  ReadSome sink(&interner_);
  // What escapes stand for lives as long as the text itself: until the next call.
  const std::string padded = R"( {"a":"one \u0041","c":["x"],"\u0062":"two \n"} )" +
                             std::string(JsonReader::kPadding, ' ');
  const std::string_view json(padded.data(), padded.size() - JsonReader::kPadding);
  ASSERT_EQ(reader_.readObject(json, kDepth, sink, isObject_), JsonError::kNone);
  EXPECT_EQ(sink.a().type, ValueType::kText);
  EXPECT_EQ(sink.a().text, "one A");
  EXPECT_EQ(sink.b().text, "two \n");
  EXPECT_EQ(canonical(sink.kept()), R"(["x"])");
  EXPECT_EQ(interner_.size(), 1u);

  EXPECT_EQ(readObject(R"({"a":-1.5e1 ,"b":true})", sink), JsonError::kNone);
  EXPECT_EQ(sink.a().type, ValueType::kNumber);
  EXPECT_EQ(sink.a().number, -15);
  EXPECT_EQ(sink.b().type, ValueType::kTrue);
  EXPECT_EQ(readObject(R"({"a":{"x":[1]},"b":[{}]})", sink), JsonError::kNone);
  EXPECT_EQ(sink.a().type, ValueType::kObject);
  EXPECT_EQ(sink.b().type, ValueType::kArray);
  EXPECT_EQ(readObject(R"({"a":"first","b":{},"b":null,"a":false})", sink), JsonError::kNone);
  EXPECT_EQ(sink.a().type, ValueType::kFalse);
  EXPECT_EQ(sink.b().type, ValueType::kNull);
}

TEST_F(JsonObjects, ChecksWhatIsNotKept) {
  ReadSome sink(&interner_);
  for (const char* json : {R"({"a":tru})", R"({"a":truely})", R"({"a":nul,"b":1})", R"({"a":01})",
                           R"({"a":"\q"})", R"({"a":"x":1})", R"({"a":[1,]})", R"({"a":})"}) {
    EXPECT_EQ(readObject(json, sink), JsonError::kSyntax) << json;
  }
  EXPECT_EQ(readObject(R"({"a":1e999})", sink), JsonError::kNumberOutOfRange);
  EXPECT_EQ(readObject(R"({"a":[[1]]})", sink, 2), JsonError::kTooDeep);
  EXPECT_EQ(readObject(R"({"a":[[1]]})", sink, 3), JsonError::kNone);
  EXPECT_EQ(readObject("{\"a\":\"\xFF\"}", sink), JsonError::kInvalidUtf8);
}

TEST_F(JsonObjects, TellsObjectsFromOtherValues) {
  for (const char* json : {"[]", "[{}]", "1", "\"x\"", "null", " true "}) {
    KeepSome sink(&interner_, {"a"});
    isObject_ = true;
    EXPECT_EQ(readObject(json, sink), JsonError::kNone) << json;
    EXPECT_FALSE(isObject_) << json;
  }
  for (const char* json : {"{}", " {}\n", "{\"a\":1}"}) {
    KeepSome sink(&interner_, {"a"});
    EXPECT_EQ(readObject(json, sink), JsonError::kNone) << json;
    EXPECT_TRUE(isObject_) << json;
  }
}

TEST_F(JsonObjects, ReportsErrorsOfOtherValuesToo) {
  KeepSome sink(&interner_, {"a"});
  EXPECT_EQ(readObject("", sink), JsonError::kEmpty);
  EXPECT_EQ(readObject(" \n", sink), JsonError::kEmpty);
  EXPECT_EQ(readObject("[1,]", sink), JsonError::kSyntax);
  EXPECT_EQ(readObject("tru", sink), JsonError::kSyntax);
  EXPECT_EQ(readObject("{\"a\":1}x", sink), JsonError::kSyntax);
  EXPECT_EQ(readObject("{\"a\":1}{", sink), JsonError::kSyntax);
  EXPECT_EQ(readObject("{\"a\":1", sink), JsonError::kSyntax);
  EXPECT_EQ(readObject("{\"a\":\"\xFF\"}", sink), JsonError::kInvalidUtf8);
  EXPECT_EQ(readObject("[1e999]", sink), JsonError::kNumberOutOfRange);
  EXPECT_TRUE(sink.at("a").empty());
}

TEST_F(JsonObjects, CountsTheDepthOfMembersFromTheTop) {
  KeepSome sink(&interner_, {"a"});
  EXPECT_EQ(readObject("{}", sink, 0), JsonError::kTooDeep);
  EXPECT_EQ(readObject("{\"a\":1}", sink, 1), JsonError::kNone);
  EXPECT_EQ(readObject("{\"a\":[]}", sink, 1), JsonError::kTooDeep);
  EXPECT_EQ(readObject("{\"skipped\":[]}", sink, 1), JsonError::kTooDeep);
  EXPECT_EQ(readObject("{\"a\":[]}", sink, 2), JsonError::kNone);
}

TEST_F(JsonObjects, ReadsAgainAndAgainWithoutLeaks) {
  const ValueTree kept = tree(R"({"a":"b"})");
  for (int i = 0; i < rounds(1'000); ++i) {
    EXPECT_EQ(readBack(R"({"a":"b","c":["d",{"e":"f","e":"g"}]})"),
              R"({"a":"b","c":["d",{"e":"g"}]})");
    EXPECT_EQ(readBack(std::string(static_cast<size_t>(i), ' ') + "[1"), "syntax");
  }
  EXPECT_EQ(interner_.size(), 2u);
}

}  // namespace
}  // namespace fosterflow

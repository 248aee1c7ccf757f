#include "language/checking.h"
#include "language/limits.h"

namespace fosterflow {
namespace {

class SegmentGraphTest : public Checking {};

std::string idAt(size_t index) {
  std::string digits = std::to_string(index);
  return "s" + repeated("0", 5 - digits.size()) + digits;
}

// A segment that some event makes, or that is made of others.
std::string user(std::string_view id, const std::vector<std::string>& others) {
  std::string json = R"({"version":1,"id":")" + std::string(id) + R"(","when":)";
  if (others.empty()) {
    return json + std::string(kHappened) + "}";
  }
  json += R"({"kind":"all","of":[)";
  for (const std::string& other : others) {
    json += R"({"kind":"segment","op":"in","segment":")" + other + "\"},";
  }
  json.back() = ']';
  return json + "}}";
}

std::string listOf(const std::vector<std::string>& segments) {
  std::string json = "[";
  for (const std::string& each : segments) {
    json += (json.size() > 1 ? "," : "") + each;
  }
  return json + "]";
}

// So many segments, each but the last using the next; the last uses the first if `isClosed`.
std::string chain(size_t count, bool isClosed) {
  std::vector<std::string> segments;
  for (size_t index = 0; index + 1 < count; ++index) {
    segments.push_back(user(idAt(index), {idAt(index + 1)}));
  }
  segments.push_back(
      user(idAt(count - 1), isClosed ? std::vector{idAt(0)} : std::vector<std::string>()));
  return listOf(segments);
}

TEST_F(SegmentGraphTest, OrdersSegmentsAfterThoseTheyUse) {
  const DefinitionSet set = check(
      listOf({user("a", {"c", "b"}), user("b", {"c", "d"}), user("c", {}), user("d", {"c"})}));
  ASSERT_TRUE(set.problems.empty());
  EXPECT_EQ(set.dependencyOrder, (std::vector<size_t>{2, 3, 1, 0}));
  EXPECT_EQ(set.definitions[0].when.children[0].kind, Condition::Kind::kSegment);
  EXPECT_EQ(set.definitions[0].when.children[0].name, "c");
}

TEST_F(SegmentGraphTest, RefusesDuplicateIds) {
  EXPECT_EQ(found(listOf({user("a", {}), user("b", {}), user("a", {}), user("a", {})})),
            (Found{"duplicate_id /2/id", "duplicate_id /3/id"}));
  // What is wrong otherwise is no duplicate.
  EXPECT_EQ(found("[{},{}]").size(), 6U);
}

TEST_F(SegmentGraphTest, RefusesUnknownSegments) {
  EXPECT_EQ(found(user("a", {"b", "a1"})),
            (Found{"unknown_segment /when/of/0/segment", "unknown_segment /when/of/1/segment"}));
  EXPECT_EQ(
      found(listOf({user("big-spenders", {}), user("b", {"big-spender", ""})})),
      (Found{"unknown_segment /1/when/of/0/segment", "unknown_segment /1/when/of/1/segment"}));
  EXPECT_EQ(message(listOf({user("big-spenders", {}), user("b", {"big-spender"})})),
            "There is no segment \"big-spender\" here; did you mean \"big-spenders\"?");
  EXPECT_EQ(found(R"([{"when":{"kind":"segment","op":"in","segment":""}}])").back(),
            "unknown_segment /0/when/segment");
}

TEST_F(SegmentGraphTest, ChecksTheCondition) {
  EXPECT_EQ(foundIn(R"({"kind":"segment"})"), (Found{"missing_key ", "missing_key "}));
  EXPECT_EQ(foundIn(R"({"kind":"segment","segment":5,"op":"eq"})"),
            (Found{"wrong_type /segment", "unknown_operator /op"}));
}

TEST_F(SegmentGraphTest, NamesCycles) {
  EXPECT_EQ(found(user("a", {"a"})), Found{"segment_cycle /when/of/0/segment"});
  EXPECT_EQ(message(user("a", {"a"})),
            "The segments use each other in a circle: a → a; take one of these steps out.");
  EXPECT_EQ(found(listOf({user("a", {"b"}), user("b", {"c"}), user("c", {"b", "a"})})),
            (Found{"segment_cycle /2/when/of/0/segment", "segment_cycle /2/when/of/1/segment"}));
  EXPECT_EQ(
      message(listOf({user("x", {"a"}), user("a", {"b"}), user("b", {"c"}), user("c", {"b"})})),
      "The segments use each other in a circle: b → c → b; take one of these steps out.");
}

TEST_F(SegmentGraphTest, NamesLongCycles) {
  EXPECT_EQ(found(chain(40, true)), Found{"segment_cycle /39/when/of/0/segment"});
  const std::string sentence = message(chain(40, true));
  EXPECT_TRUE(sentence.ends_with("s00039 → s00000; take one of these steps out."));
  for (size_t index = 0; index < 40; ++index) {
    EXPECT_NE(sentence.find(idAt(index) + " → "), std::string::npos);
  }
  EXPECT_LT(message(chain(5'000, true)).size(), 1'000U);
}

TEST_F(SegmentGraphTest, BoundsChains) {
  EXPECT_EQ(found(chain(kMaxSegmentChain, false)), Found());
  EXPECT_EQ(found(chain(kMaxSegmentChain + 1, false)), Found{"segment_chain_too_long /0/id"});
  EXPECT_EQ(found(chain(10'000, false)), Found{"segment_chain_too_long /9967/id"});
}

TEST_F(SegmentGraphTest, MeasuresTheLongestChain) {
  // The short way first: the long one counts.
  std::vector<std::string> segments;
  for (size_t index = 0; index < 32; ++index) {
    segments.push_back(user(idAt(index), {idAt(32), idAt(index + 1)}));
  }
  segments.push_back(user(idAt(32), {}));
  EXPECT_EQ(found(listOf(segments)), Found{"segment_chain_too_long /0/id"});
}

TEST_F(SegmentGraphTest, LooksAtSegmentsWithOtherProblems) {
  EXPECT_EQ(
      found(listOf(
          {R"({"version":1,"id":"a","x":1,"when":{"kind":"segment","segment":"b","op":"in"}})",
           user("b", {"a"})})),
      (Found{"unknown_key /0/x", "segment_cycle /1/when/of/0/segment"}));
}

}  // namespace
}  // namespace fosterflow

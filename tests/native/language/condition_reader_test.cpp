#include "language/checking.h"
#include "language/limits.h"

namespace fosterflow {
namespace {

class ConditionReaderTest : public Checking {};

TEST_F(ConditionReaderTest, ReadsGroups) {
  const Condition group = condition(R"({"kind":"none","of":[{"kind":"any","of":[
      {"kind":"list","list":"l","op":"in"}]},{"kind":"all","of":[
      {"kind":"list","list":"m","op":"not_in"}]}]})");
  EXPECT_EQ(group.kind, Condition::Kind::kGroup);
  EXPECT_EQ(group.group, GroupKind::kNone);
  ASSERT_EQ(group.children.size(), 2U);
  EXPECT_EQ(group.children[0].group, GroupKind::kAny);
  EXPECT_EQ(group.children[1].group, GroupKind::kAll);
  EXPECT_EQ(group.children[0].children[0].name, "l");
  EXPECT_FALSE(group.children[0].children[0].negated);
  EXPECT_TRUE(group.children[1].children[0].negated);
}

TEST_F(ConditionReaderTest, RefusesGroupsOfNothing) {
  EXPECT_EQ(foundIn(R"({"kind":"all","of":[]})"), Found{"empty_list /of"});
  EXPECT_EQ(foundIn(R"({"kind":"any"})"), Found{"missing_key "});
  EXPECT_EQ(foundIn(R"({"kind":"none","of":{}})"), Found{"wrong_type /of"});
  EXPECT_EQ(foundIn(R"({"kind":"all","of":[1,null]})"),
            (Found{"wrong_type /of/0", "wrong_type /of/1"}));
}

TEST_F(ConditionReaderTest, RefusesOtherKinds) {
  EXPECT_EQ(foundIn("{}"), Found{"missing_key "});
  EXPECT_EQ(foundIn(R"({"kind":1})"), Found{"wrong_type /kind"});
  EXPECT_EQ(foundIn(R"({"kind":"xyz","x":1})"), Found{"unknown_kind /kind"});
  EXPECT_EQ(foundIn(R"({"kind":"property","property":"p","op":"is_set"})"),
            Found{"unknown_kind /kind"});
  EXPECT_EQ(message(segment(R"({"kind":"Event","event":"A"})")),
            "There is no condition \"Event\" here; did you mean \"event\"?");
  EXPECT_EQ(message(segment(R"({"kind":"xyz"})")),
            "There is no condition \"xyz\" here; use one of all, any, none, event, sequence, "
            "attribute, channel, list, segment, compare, sample.");
}

TEST_F(ConditionReaderTest, ChecksTheRestOfANearlyKnownKind) {
  EXPECT_EQ(foundIn(R"({"kind":"evnt","event":"","windw":{}})"),
            (Found{"unknown_kind /kind", "empty_name /event", "unknown_key /windw"}));
}

TEST_F(ConditionReaderTest, RefusesUnknownKeysOfEveryKind) {
  for (const std::string_view rest :
       {R"("kind":"all","of":[{"kind":"event","event":"A"}])", R"("kind":"event","event":"A")",
        R"("kind":"sequence","steps":[{"event":"A"},{"event":"B"}])",
        R"("kind":"attribute","attribute":"a","op":"is_set")",
        R"("kind":"channel","channel":"c","op":"reachable")",
        R"("kind":"list","list":"l","op":"in")", R"("kind":"compare","left":1,"op":"eq","right":1)",
        R"("kind":"sample","percent":1,"salt":"")"}) {
    EXPECT_EQ(foundIn("{" + std::string(rest) + "}"), Found());
    EXPECT_EQ(foundIn("{" + std::string(rest) + R"(,"xyz":1,"~/":2})"),
              (Found{"unknown_key /xyz", "unknown_key /~0~1"}));
  }
}

TEST_F(ConditionReaderTest, ReadsChannels) {
  const Condition channel = condition(R"({"kind":"channel","channel":"email","op":"unreachable"})");
  EXPECT_EQ(channel.kind, Condition::Kind::kChannel);
  EXPECT_EQ(channel.name, "email");
  EXPECT_TRUE(channel.negated);
  EXPECT_FALSE(condition(R"({"kind":"channel","channel":"email","op":"reachable"})").negated);
  EXPECT_EQ(foundIn(R"({"kind":"channel","channel":"email","op":"in"})"),
            Found{"unknown_operator /op"});
  EXPECT_EQ(foundIn(R"({"kind":"channel","channel":7})"),
            (Found{"missing_key ", "wrong_type /channel"}));
  EXPECT_EQ(foundIn(R"({"kind":"channel","op":"reachable"})"), Found{"missing_key "});
}

TEST_F(ConditionReaderTest, ReadsLists) {
  EXPECT_EQ(foundIn(R"({"kind":"list","list":"l","op":"eq"})"), Found{"unknown_operator /op"});
  EXPECT_EQ(foundIn(R"({"kind":"list"})"), (Found{"missing_key ", "missing_key "}));
  EXPECT_EQ(foundIn(R"({"kind":"list","list":["l"],"op":"in"})"), Found{"wrong_type /list"});
}

TEST_F(ConditionReaderTest, ReadsSamples) {
  const Condition sample = condition(R"({"kind":"sample","percent":12.5,"salt":"s"})");
  EXPECT_EQ(sample.kind, Condition::Kind::kSample);
  EXPECT_EQ(sample.percent, 12.5);
  EXPECT_EQ(sample.name, "s");
  EXPECT_EQ(foundIn(R"({"kind":"sample","percent":0,"salt":""})"), Found());
  EXPECT_EQ(foundIn(R"({"kind":"sample","percent":100,"salt":"s"})"), Found());
  EXPECT_EQ(foundIn(R"({"kind":"sample","percent":100.5,"salt":"s"})"),
            Found{"invalid_value /percent"});
  EXPECT_EQ(foundIn(R"({"kind":"sample","percent":-1,"salt":"s"})"),
            Found{"invalid_value /percent"});
  EXPECT_EQ(foundIn(R"({"kind":"sample","percent":"10","salt":1})"),
            (Found{"invalid_value /percent", "wrong_type /salt"}));
  EXPECT_EQ(foundIn(R"({"kind":"sample"})"), (Found{"missing_key ", "missing_key "}));
}

std::string nested(size_t groups, std::string_view inner) {
  return repeated(R"({"kind":"all","of":[)", groups) + std::string(inner) + repeated("]}", groups);
}

TEST_F(ConditionReaderTest, BoundsTheDepth) {
  EXPECT_EQ(foundIn(nested(31, kHappened)), Found());
  EXPECT_EQ(foundIn(nested(32, kHappened)), Found{"too_deep " + repeated("/of/0", 32)});
  EXPECT_EQ(foundIn(nested(200, kHappened)), Found{"too_deep " + repeated("/of/0", 32)});
}

TEST_F(ConditionReaderTest, CountsFiltersOneBelowTheirCondition) {
  const std::string filtered =
      R"({"kind":"event","event":"A","where":{"kind":"property","property":"p","op":"is_set"}})";
  EXPECT_EQ(foundIn(nested(30, filtered)), Found());
  EXPECT_EQ(foundIn(nested(31, filtered)), Found{"too_deep " + repeated("/of/0", 31) + "/where"});
  const std::string sequence =
      R"({"kind":"sequence","steps":[{"event":"A"},{"event":"B","where":{"kind":"item","items":"i",
          "where":{"kind":"property","property":"p","op":"is_set"}}}]})";
  EXPECT_EQ(foundIn(nested(29, sequence)), Found());
  EXPECT_EQ(foundIn(nested(30, sequence)),
            Found{"too_deep " + repeated("/of/0", 30) + "/steps/1/where/where"});
  const std::string since =
      R"({"kind":"event","event":"A","window":{"since":{"event":"B","where":{"kind":"property",
          "property":"p","op":"is_set"}}}})";
  EXPECT_EQ(foundIn(nested(30, since)), Found());
  EXPECT_EQ(foundIn(nested(31, since)),
            Found{"too_deep " + repeated("/of/0", 31) + "/window/since/where"});
  const std::string compare =
      R"({"kind":"compare","left":{"add":[1,{"metric":{"event":"A","where":{"kind":"property",
          "property":"p","op":"is_set"}}}]},"op":"eq","right":1})";
  EXPECT_EQ(foundIn(nested(30, compare)), Found());
  EXPECT_EQ(foundIn(nested(31, compare)),
            Found{"too_deep " + repeated("/of/0", 31) + "/left/add/1/metric/where"});
}

std::string listOf(std::string_view entry, size_t count) {
  std::string list = "[" + repeated(std::string(entry) + ",", count);
  list.back() = ']';
  return list;
}

TEST_F(ConditionReaderTest, BoundsTheNumberOfConditions) {
  EXPECT_EQ(foundIn(R"({"kind":"all","of":)" + listOf(kHappened, kMaxConditions - 1) + "}"),
            Found());
  EXPECT_EQ(foundIn(R"({"kind":"all","of":)" + listOf(kHappened, kMaxConditions) + "}"),
            Found{"too_many_conditions "});
}

TEST_F(ConditionReaderTest, CountsFiltersAndStepsButNoExpressions) {
  // The event, the group, and the leaves.
  const std::string leaf = R"({"kind":"property","property":"p","op":"is_set"})";
  const auto filters = [&](size_t count) {
    return foundIn(R"({"kind":"event","event":"A","where":{"kind":"all","of":)" +
                   listOf(leaf, count) + "}}");
  };
  EXPECT_EQ(filters(kMaxConditions - 2), Found());
  EXPECT_EQ(filters(kMaxConditions - 1), Found{"too_many_conditions "});
  // Three to a sequence, and the group: 1 + 1,365 × 3 = 4,096.
  const std::string sequence = R"({"kind":"sequence","steps":[{"event":"A"},{"event":"B"}]})";
  EXPECT_EQ(foundIn(R"({"kind":"all","of":)" + listOf(sequence, 1'365) + "}"), Found());
  EXPECT_EQ(foundIn(R"({"kind":"all","of":)" + listOf(sequence, 1'366) + "}"),
            Found{"too_many_conditions "});
  const std::string compare = R"({"kind":"compare","left":{"add":[1,1]},"op":"eq","right":2})";
  EXPECT_EQ(foundIn(R"({"kind":"all","of":)" + listOf(compare, 4'095) + "}"), Found());
}

TEST_F(ConditionReaderTest, ReportsWhatIsWrongBeyondTheBound) {
  std::string conditions = listOf(kHappened, 5'000);
  conditions.insert(conditions.size() - 1, R"(,{"kind":"event","event":""})");
  EXPECT_EQ(foundIn(R"({"kind":"all","of":)" + conditions + "}"),
            (Found{"too_many_conditions ", "empty_name /of/5000/event"}));
}

}  // namespace
}  // namespace fosterflow

#include "language/checking.h"
#include "language/limits.h"

namespace fosterflow {
namespace {

class DefinitionSetTest : public Checking {};

TEST_F(DefinitionSetTest, AcceptsOneDefinition) {
  const DefinitionSet set = check(R"({
    "version": 1, "id": "cart-abandoners", "name": "Cart abandoners", "description": "Left it.",
    "timezone": "Europe/Berlin", "parameters": {"recentDays": 30, "highValue": 200},
    "meta": {"owner": "Ada"},
    "when": {"kind": "event", "event": "Order Completed",
      "measure": {"fn": "sum", "property": "total"},
      "op": "gte", "value": {"parameter": "highValue"},
      "window": {"last": {"days": {"parameter": "recentDays"}}}}})");
  ASSERT_EQ(set.problems.size(), 0U);
  ASSERT_EQ(set.definitions.size(), 1U);
  const Definition& definition = set.definitions.front();
  EXPECT_EQ(definition.id, "cart-abandoners");
  EXPECT_EQ(definition.name, "Cart abandoners");
  EXPECT_EQ(definition.description, "Left it.");
  EXPECT_EQ(definition.timezone, "Europe/Berlin");
  EXPECT_EQ(definition.parameterNames, (std::vector<std::string>{"highValue", "recentDays"}));
  EXPECT_EQ(definition.hash.size(), 16U);
  ASSERT_EQ(definition.when.kind, Condition::Kind::kEvent);
  EXPECT_EQ(definition.when.comparison.value.literal.root()->number, 200);
  EXPECT_EQ(definition.when.metric->window.longer.milliseconds, 30 * kMillisecondsPerDay);
}

TEST_F(DefinitionSetTest, FillsDefaultsIn) {
  const DefinitionSet set = check(segment(kHappened));
  ASSERT_EQ(set.definitions.size(), 1U);
  EXPECT_EQ(set.definitions[0].timezone, "UTC");
  EXPECT_EQ(set.definitions[0].name, "");
  EXPECT_EQ(check(segment(kHappened, R"("timezone":"contact",)")).definitions[0].timezone,
            kContactTimezone);
}

TEST_F(DefinitionSetTest, SortsById) {
  const DefinitionSet set = check(R"([{"version":1,"id":"b","when":{"kind":"event","event":"A"}},
                {"version":1,"id":"a","when":{"kind":"event","event":"A"}},
                {"version":1,"id":"B","when":{"kind":"event","event":"A"}}])");
  ASSERT_EQ(set.definitions.size(), 3U);
  EXPECT_EQ(set.definitions[0].id, "B");
  EXPECT_EQ(set.definitions[1].id, "a");
  EXPECT_EQ(set.definitions[2].id, "b");
}

TEST_F(DefinitionSetTest, AcceptsAnEmptyList) { EXPECT_EQ(found("[]"), Found()); }

TEST_F(DefinitionSetTest, RefusesWhatCannotBeRead) {
  EXPECT_EQ(found(""), Found{"invalid_json "});
  EXPECT_EQ(found("  "), Found{"invalid_json "});
  EXPECT_EQ(found("{"), Found{"invalid_json "});
  EXPECT_EQ(found("[]]"), Found{"invalid_json "});
  EXPECT_EQ(found("{\"id\":\"\xFF\"}"), Found{"invalid_utf8 "});
  EXPECT_EQ(found("{\"version\":1e999}"), Found{"number_out_of_range "});
  EXPECT_EQ(found(repeated("[", 1'500) + repeated("]", 1'500)), Found{"too_deep "});
}

TEST_F(DefinitionSetTest, RefusesOtherTypes) {
  EXPECT_EQ(found("5"), Found{"wrong_type "});
  EXPECT_EQ(found("null"), Found{"wrong_type "});
  EXPECT_EQ(found("\"[{\""), Found{"wrong_type "});
  EXPECT_EQ(found("[null,[],1]"), (Found{"wrong_type /0", "wrong_type /1", "wrong_type /2"}));
}

TEST_F(DefinitionSetTest, NamesMissingKeys) {
  EXPECT_EQ(found("{}"), (Found{"missing_key ", "missing_key ", "missing_key "}));
  EXPECT_EQ(found(R"({"id":"s","when":{"kind":"event","event":"A"}})"), Found{"missing_key "});
  EXPECT_EQ(message(R"({"id":"s","when":{"kind":"event","event":"A"}})"),
            "The key \"version\" is missing here; add it.");
}

TEST_F(DefinitionSetTest, NamesUnknownKeys) {
  EXPECT_EQ(found(segment(kHappened, R"("nmae":"S","a/b~c":1,)")),
            (Found{"unknown_key /nmae", "unknown_key /a~1b~0c"}));
  EXPECT_EQ(message(segment(kHappened, R"("nmae":"S",)")),
            "There is no key \"nmae\" here; did you mean \"name\"?");
}

TEST_F(DefinitionSetTest, ChecksTypesOfTheKeys) {
  EXPECT_EQ(
      found(R"({"version":"1","id":1,"name":null,"description":[],"timezone":1,
                      "parameters":[],"when":[]})"),
      (Found{"wrong_type /version", "wrong_type /id", "wrong_type /name", "wrong_type /description",
             "wrong_type /timezone", "wrong_type /parameters", "wrong_type /when"}));
}

TEST_F(DefinitionSetTest, KnowsOneVersion) {
  const auto version = [this](std::string_view number) {
    return found(R"({"version":)" + std::string(number) +
                 R"(,"id":"s","when":{"kind":"event","event":"A"}})");
  };
  EXPECT_EQ(version("1"), Found());
  EXPECT_EQ(version("1.0"), Found());
  EXPECT_EQ(version("2"), Found{"unsupported_version /version"});
  EXPECT_EQ(version("0"), Found{"unsupported_version /version"});
  EXPECT_EQ(version("true"), Found{"wrong_type /version"});
}

TEST_F(DefinitionSetTest, ChecksIds) {
  const auto id = [this](std::string_view text) {
    return found(R"({"version":1,"id":")" + std::string(text) +
                 R"(","when":{"kind":"event","event":"A"}})");
  };
  EXPECT_EQ(id("A.z_0-9"), Found());
  EXPECT_EQ(id(repeated("x", 128)), Found());
  EXPECT_EQ(id(repeated("x", 129)), Found{"invalid_id /id"});
  EXPECT_EQ(id(""), Found{"invalid_id /id"});
  EXPECT_EQ(id("a b"), Found{"invalid_id /id"});
  EXPECT_EQ(id("a/b"), Found{"invalid_id /id"});
  EXPECT_EQ(id("é"), Found{"invalid_id /id"});
}

TEST_F(DefinitionSetTest, ChecksTimeZones) {
  const auto zone = [this](std::string_view name) {
    return found(segment(kHappened, R"("timezone":")" + std::string(name) + R"(",)"));
  };
  EXPECT_EQ(zone("UTC"), Found());
  EXPECT_EQ(zone("contact"), Found());
  EXPECT_EQ(zone("Asia/Tokyo"), Found());
  EXPECT_EQ(zone("asia/tokyo"), Found{"unknown_timezone /timezone"});
  EXPECT_EQ(zone("Contact"), Found{"unknown_timezone /timezone"});
  EXPECT_EQ(zone("utc"), Found{"unknown_timezone /timezone"});
  EXPECT_EQ(zone(""), Found{"unknown_timezone /timezone"});
}

TEST_F(DefinitionSetTest, ReportsAllSegmentsInTheOrderOfTheText) {
  EXPECT_EQ(found(R"([{"when":{"value":1,"op":"foo","kind":"attribute","x":1,"attribute":"a"},
                       "id":"a b","version":2},
                      {"version":1,"id":"ok","when":{"kind":"event","event":"A"}},
                      {"version":1,"id":"c","when":{"kind":"event","event":""}}])"),
            (Found{"unknown_operator /0/when/op", "unknown_key /0/when/x", "invalid_id /0/id",
                   "unsupported_version /0/version", "empty_name /2/when/event"}));
}

TEST_F(DefinitionSetTest, KeepsNothingOfASetWithAnError) {
  const DefinitionSet set = check(R"([{"version":1,"id":"ok","when":{"kind":"event","event":"A",
      "window":{"last":{"days":0}}}},{"version":1,"id":"c","when":{"kind":"event","event":""}}])");
  EXPECT_TRUE(set.definitions.empty());
  EXPECT_TRUE(set.dependencyOrder.empty());
  ASSERT_EQ(set.problems.size(), 2U);
  EXPECT_EQ(set.problems[0].severity, Severity::kWarning);
  EXPECT_EQ(set.problems[1].severity, Severity::kError);
}

TEST_F(DefinitionSetTest, KeepsASetWithWarnings) {
  const DefinitionSet set =
      check(segment(R"({"kind":"event","event":"A","window":{"last":{"days":0}}})"));
  EXPECT_EQ(set.definitions.size(), 1U);
  EXPECT_EQ(set.problems.size(), 1U);
}

TEST_F(DefinitionSetTest, LetsMetaHoldAnythingEverywhere) {
  EXPECT_EQ(
      found(R"({"version":1,"id":"s","meta":null,"when":{"kind":"all","meta":{"x":[1,{"y":2}]},
      "of":[{"kind":"event","event":"A","meta":5,"measure":{"fn":"count","meta":[]},
             "window":{"last":{"days":1,"meta":0},"meta":0,
                       "since":{"event":"B","meta":0,"where":{"kind":"property","property":"p",
                                "op":"eq","value":{"attribute":"a","meta":0},"meta":"x"}}}},
            {"kind":"sequence","meta":0,"steps":[{"event":"A","meta":0},{"event":"B"}]},
            {"kind":"event","event":"A","window":{"calendar":{"unit":"day","meta":0}}},
            {"kind":"compare","left":{"add":[1,{"attribute":"a","meta":0}],"meta":0},"op":"eq",
             "right":{"metric":{"event":"A","meta":0}},"meta":0}]}})"),
      Found());
}

TEST_F(DefinitionSetTest, BoundsTheNestingOfMeta) {
  const auto meta = [this](size_t depth) {
    return found(
        segment(kHappened, R"("meta":)" + repeated("[", depth) + repeated("]", depth) + ","));
  };
  EXPECT_EQ(meta(kMaxMetaDepth), Found());
  EXPECT_EQ(meta(kMaxMetaDepth + 1), Found{"too_deep /meta"});
  EXPECT_EQ(foundIn(R"({"kind":"event","event":"A","meta":)" + repeated("{\"a\":", 64) + "[]" +
                    repeated("}", 64) + "}"),
            Found{"too_deep /meta"});
}

TEST_F(DefinitionSetTest, TakesTheLastOfTwoKeys) {
  EXPECT_EQ(found(segment(kHappened, R"("version":7,"version":1,)")), Found());
}

TEST_F(DefinitionSetTest, BoundsTheBytesOfADefinition) {
  const auto sized = [](size_t bytes) {
    const std::string shell = segment(kHappened, R"("name":"",)");
    return segment(kHappened, R"("name":")" + repeated("x", bytes - shell.size()) + R"(",)");
  };
  ASSERT_EQ(sized(kMaxDefinitionBytes).size(), kMaxDefinitionBytes);
  EXPECT_EQ(found(sized(kMaxDefinitionBytes)), Found());
  EXPECT_EQ(found("  " + sized(kMaxDefinitionBytes) + " \n"), Found());
  EXPECT_EQ(found(sized(kMaxDefinitionBytes + 1)), Found{"definition_too_large "});
  EXPECT_EQ(found("[ " + sized(kMaxDefinitionBytes) + " , {} ]"),
            (Found{"missing_key /1", "missing_key /1", "missing_key /1"}));
  EXPECT_EQ(found("[5," + sized(kMaxDefinitionBytes + 1) + "]"),
            (Found{"wrong_type /0", "definition_too_large /1"}));
}

TEST_F(DefinitionSetTest, BoundsTheNumberOfSegments) {
  const auto segments = [](size_t count) {
    std::string json = "[";
    for (size_t index = 0; index < count; ++index) {
      json += index == 0 ? "" : ",";
      json += R"({"version":1,"id":")" + std::to_string(index) +
              R"(","when":{"kind":"event","event":"A"}})";
    }
    return json + "]";
  };
  EXPECT_EQ(found(segments(kMaxSegments)), Found());
  EXPECT_EQ(found(segments(kMaxSegments + 1)), Found{"too_many_segments "});
}

}  // namespace
}  // namespace fosterflow

#include "language/canonical_definition.h"

#include "language/checking.h"

namespace fosterflow {
namespace {

// The expected hashes were computed by another implementation of SHA-256.
class CanonicalDefinitionTest : public Checking {
 protected:
  std::string canonical(std::string_view json, std::string_view parameters = "") {
    std::vector<Problem> problems;
    ParameterOverrides overrides(interner_);
    overrides.read(parameters, reader_, problems);
    ValueTree tree(&interner_);
    EXPECT_EQ(reader_.read(json, 100, tree), JsonError::kNone);
    return canonicalDefinition(*tree.root(), overrides, interner_);
  }
  std::string hash(std::string_view json, std::string_view parameters = "") {
    const DefinitionSet set = check(json, parameters);
    EXPECT_TRUE(set.problems.empty());
    return set.definitions.empty() ? "" : set.definitions.front().hash;
  }
};

constexpr std::string_view kPlain = R"({"version":1,"id":"s","when":{"kind":"event","event":"A"}})";
constexpr std::string_view kPlainHash = "6b9c0edd09142841";

constexpr std::string_view kWithParameters = R"({ "timezone" : "UTC", "id": "s", "version": 1.0,
    "parameters": {"p": 2e0, "meta": 1},
    "when": {"of": [{"kind":"event","event":"B"}, {"kind":"event","event":"A",
             "window":{"last":{"days":{"parameter":"p"}}}}], "kind": "all"} })";

TEST_F(CanonicalDefinitionTest, IsWrittenAsGivenWithKeysInOrder) {
  EXPECT_EQ(canonical(kPlain), R"({"id":"s","version":1,"when":{"event":"A","kind":"event"}})");
  EXPECT_EQ(hash(kPlain), kPlainHash);
  EXPECT_EQ(hash(kWithParameters), "61fd177a1fcbca89");
}

TEST_F(CanonicalDefinitionTest, LeavesNameDescriptionAndMetaOut) {
  EXPECT_EQ(hash(R"({"version":1,"name":"N","description":"D","meta":{"name":1},"id":"s",
                     "when":{"meta":[1,2],"kind":"event","event":"A"}})"),
            kPlainHash);
  EXPECT_EQ(
      canonical(R"({"when":{"name":1,"description":2,"meta":3,"of":[{"meta":4},[{"meta":5}]]}})"),
      R"({"when":{"description":2,"name":1,"of":[{},[{}]]}})");
}

TEST_F(CanonicalDefinitionTest, KeepsAParameterNamedMeta) {
  EXPECT_EQ(canonical(R"({"parameters":{"name":1,"meta":2,"description":3}})"),
            R"({"parameters":{"description":3,"meta":2,"name":1}})");
}

TEST_F(CanonicalDefinitionTest, HoldsTheParametersInForce) {
  EXPECT_EQ(hash(kWithParameters, R"({"p":7})"), "5c9a59997fb7265a");
  EXPECT_EQ(hash(kWithParameters, R"({"p":2})"), "61fd177a1fcbca89");
  EXPECT_EQ(canonical(R"({"parameters":{"p":[1],"q":2}})", R"({"p":["x",3]})"),
            R"({"parameters":{"p":["x",3],"q":2}})");
}

TEST_F(CanonicalDefinitionTest, WritesTextsAndNumbersAsTheStandardDoes) {
  EXPECT_EQ(hash(R"({"version":1,"id":"s","when":{"kind":"all","of":[{"kind":"attribute",
      "attribute":"\u00e9\n","op":"in",
      "value":["\ud83d\ude00","\u001F\"\\\/",-0.0,1e21,0.1,1e-7,100.0]}]}})"),
            "0de2cf3035c3ad02");
}

TEST_F(CanonicalDefinitionTest, TellsDifferentDefinitionsApart) {
  EXPECT_NE(hash(segment(R"({"kind":"event","event":["A","B"]})")),
            hash(segment(R"({"kind":"event","event":["B","A"]})")));
  // No defaults are filled in.
  EXPECT_NE(hash(kPlain), hash(segment(kHappened, R"("timezone":"UTC",)")));
}

TEST_F(CanonicalDefinitionTest, LeavesNestedSegmentsOut) {
  const auto nested = [this](std::string_view event) {
    const DefinitionSet set = check(
        R"([{"version":1,"id":"a","when":{"kind":"segment","segment":"b","op":"in"}},
            {"version":1,"id":"b","when":{"kind":"event","event":")" +
        std::string(event) + "\"}}]");
    return set.definitions.at(0).hash;
  };
  EXPECT_EQ(nested("A"), nested("B"));
}

}  // namespace
}  // namespace fosterflow

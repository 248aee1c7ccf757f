#include <chrono>

#include "language/checking.h"
#include "language/limits.h"

namespace fosterflow {
namespace {

class HostileInputTest : public Checking {};

TEST_F(HostileInputTest, SurvivesDeepNesting) {
  for (const std::string_view open :
       {R"({"kind":"all","of":[)", R"({"kind":"item","items":"i","where":)", R"({"add":[)", "[",
        R"({"meta":)"}) {
    const std::string deep = repeated(open, 10'000);
    EXPECT_FALSE(found(deep).empty());
    EXPECT_FALSE(foundIn(deep).empty());
  }
  const std::string groups =
      repeated(R"({"kind":"all","of":[)", 10'000) + std::string(kHappened) + repeated("]}", 10'000);
  EXPECT_EQ(found(segment(groups)), Found{"too_deep "});
  const std::string filters = repeated(R"({"kind":"item","items":"i","where":)", 400) +
                              R"({"kind":"property","property":"p","op":"is_set"})" +
                              repeated("}", 400);
  EXPECT_EQ(foundInFilter(filters), Found{"too_deep " + repeated("/where", 31)});
}

TEST_F(HostileInputTest, SurvivesLongTexts) {
  const std::string text = repeated("x", 1 << 20);
  EXPECT_EQ(foundIn(R"({"kind":")" + text + R"("})"),
            (Found{"definition_too_large ", "unknown_kind /kind"}));
  // A path names the key in full, a sentence does not.
  const std::string key = repeated("x", 1'000'000);
  EXPECT_EQ(foundIn(R"({"kind":"event","event":"A",")" + key + R"(":1})"),
            (Found{"unknown_key /" + key}));
  EXPECT_LT(message(segment(R"({"kind":"event","event":"A",")" + key + R"(":1})")).size(), 300U);
  EXPECT_EQ(found(R"({"version":1,"id":")" + text + R"(","when":{"kind":"event","event":"A"}})"),
            (Found{"definition_too_large ", "invalid_id /id"}));
  EXPECT_EQ(found(segment(kHappened, R"("timezone":")" + text + R"(",)")),
            (Found{"definition_too_large ", "unknown_timezone /timezone"}));
}

TEST_F(HostileInputTest, KeepsBoundsOnProblems) {
  // Each entry lacks its kind.
  const std::string entries = R"({"kind":"all","of":[{})" + repeated(",{}", 300'000) + "]}";
  const Found problems = foundIn(entries);
  EXPECT_EQ(problems.size(), kMaxProblems);
  const std::string warnings = R"({"kind":"event","event":"A","window":{"last":{"days":0}}})";
  std::string list = R"({"kind":"all","of":[)" + repeated(warnings + ",", 70'000);
  list.back() = ']';
  const DefinitionSet set = check(segment(list + "}"));
  EXPECT_TRUE(set.definitions.empty());
  EXPECT_TRUE(hasErrors(set.problems));
}

TEST_F(HostileInputTest, SurvivesManyUnknownKeys) {
  std::string keys = R"({"kind":"event","event":"A")";
  for (size_t index = 0; index < 50'000; ++index) {
    keys += ",\"windoww" + std::to_string(index) + "\":1";
  }
  EXPECT_EQ(foundIn(keys + "}").size(), 50'000U);
}

TEST_F(HostileInputTest, SurvivesManyParametersAndUses) {
  std::string parameters = R"("parameters":{)";
  for (size_t index = 0; index < 20'000; ++index) {
    parameters += "\"p" + std::to_string(index) + "\":1,";
  }
  parameters.back() = '}';
  std::string uses = R"({"kind":"all","of":[)";
  for (size_t index = 0; index < 4'000; ++index) {
    uses += R"({"kind":"attribute","attribute":"a","op":"eq","value":{"parameter":"p)" +
            std::to_string(index * 5) + "\"}},";
  }
  uses.back() = ']';
  EXPECT_EQ(found(segment(uses + "}", parameters + ",")), Found());
}

TEST_F(HostileInputTest, SurvivesManyWindowsOfMonths) {
  std::string windows = R"({"kind":"all","of":[)";
  for (size_t index = 0; index < 4'000; ++index) {
    windows += R"({"kind":"event","event":"A","window":{"between":[{"months":)" +
               std::to_string(index + 1) + R"(},{"days":)" + std::to_string(index * 28) + "}]}},";
  }
  windows.back() = ']';
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(foundIn(windows + "}"), Found());
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST_F(HostileInputTest, SurvivesTruncation) {
  const std::string whole = segment(
      R"({"kind":"sequence","window":{"last":{"days":7}},"steps":[{"event":"A"},{"absent":true,"event":["é","\u00e9"],"within":{"hours":{"parameter":"p"}}}]})",
      R"("parameters":{"p":1},)");
  EXPECT_EQ(found(whole), Found());
  for (size_t length = 0; length < whole.size(); ++length) {
    EXPECT_EQ(found(std::string_view(whole).substr(0, length)).size(), 1U);
  }
}

TEST_F(HostileInputTest, SurvivesChangedBytes) {
  const std::string whole = segment(
      R"({"kind":"all","of":[{"kind":"compare","left":{"div":[{"metric":{"event":"A","measure":{"fn":"sum","property":"p"},"window":{"between":[{"days":30},{"days":7}]}}},2]},"op":"gt","right":{"parameter":"p"}},{"kind":"sample","percent":5,"salt":"x"}]})",
      R"("parameters":{"p":1},)");
  uint32_t random = 1;
  for (size_t round = 0; round < 3'000; ++round) {
    std::string changed = whole;
    for (int change = 0; change < 3; ++change) {
      random = random * 1'664'525 + 1'013'904'223;
      const size_t position = (random >> 8) % changed.size();
      random = random * 1'664'525 + 1'013'904'223;
      changed[position] = "{}[]\",:0a\\-. \x80"[(random >> 8) % 14];
    }
    found(changed);
  }
}

}  // namespace
}  // namespace fosterflow

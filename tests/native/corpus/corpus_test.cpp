#include <gtest/gtest.h>

#include <cctype>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "bridge/bridge_host.h"
#include "corpus/corpus.h"

namespace fosterflow {

namespace {

class CorpusTest : public testing::TestWithParam<CorpusCase> {
 protected:
  void SetUp() override { lines_ = messageFile(); }

  [[nodiscard]] const ValueNode* expected(std::string_view key) const {
    return corpus_.member(GetParam().node, key);
  }

  [[nodiscard]] std::string messageFile() const {
    std::string file;
    if (const ValueNode* messages = expected("messages")) {
      for (const ValueNode& message : ValueChildren(messages)) {
        file += corpus_.bytesOf(message);
        file += '\n';
      }
    }
    return file;
  }

  // Each entry of a list as canonical JSON of some of its members, null where one is absent.
  [[nodiscard]] std::multiset<std::string> summaries(
      const ValueNode* list, const std::vector<std::string_view>& keys) const {
    std::multiset<std::string> all;
    if (list == nullptr) return all;
    for (const ValueNode& entry : ValueChildren(list)) {
      std::string summary;
      for (const std::string_view key : keys) {
        summary += corpus_.canonical(corpus_.member(&entry, key)) + " ";
      }
      all.insert(summary);
    }
    return all;
  }

  // Puts the case's segments in force; false when they are refused, as they should be.
  bool define() {
    const ValueNode* parameters = expected("parameters");
    const BridgeStatus status =
        host_.define(corpus_.bytesOf(*expected("definitions")),
                     parameters == nullptr ? "" : corpus_.canonical(parameters));
    const ValueTree response = corpus_.read(host_.response());
    const ValueNode* problems = corpus_.member(response.root(), "problems");
    const std::vector<std::string_view> keys = {"severity", "path", "code"};
    const std::multiset<std::string> found = summaries(problems, keys);
    bool isRefused = false;
    if (const ValueNode* wanted = expected("problems")) {
      EXPECT_EQ(found, summaries(wanted, keys));
      for (const std::string& problem : summaries(wanted, keys)) {
        isRefused = isRefused || problem.rfind("\"error\"", 0) == 0;
      }
    }
    EXPECT_EQ(status, isRefused ? BridgeStatus::kRefused : BridgeStatus::kOk) << host_.response();
    if (const ValueNode* hashes = expected("hashes")) {
      checkHashes(*hashes, corpus_.member(response.root(), "segments"));
    }
    return status == BridgeStatus::kOk;
  }

  void checkHashes(const ValueNode& hashes, const ValueNode* segments) {
    ASSERT_NE(segments, nullptr);
    std::multiset<std::string> wanted;
    for (const ValueNode& hash : ValueChildren(&hashes)) {
      wanted.insert(corpus_.keyOf(hash) + " " + corpus_.text(&hash));
    }
    std::multiset<std::string> found;
    for (const ValueNode& segment : ValueChildren(segments)) {
      found.insert(corpus_.text(corpus_.member(&segment, "id")) + " " +
                   corpus_.text(corpus_.member(&segment, "definition")));
    }
    EXPECT_EQ(found, wanted);
  }

  void checkNotices(const ValueTree& response) {
    for (const std::string_view key : {"refused", "warnings"}) {
      EXPECT_EQ(summaries(corpus_.member(response.root(), key), {"line", "code"}),
                summaries(expected(key), {"line", "code"}))
          << key;
    }
  }

  // The response to the last call; an object without members when there is nothing to tell.
  ValueTree told() {
    const std::string response = host_.response();
    return corpus_.read(response.empty() ? "{}" : response);
  }

  void checkEvaluation(const ValueNode& evaluation) {
    const ValueNode* at = corpus_.member(&evaluation, "at");
    ASSERT_EQ(host_.bridge().evaluate(corpus_.instantOf(at), 1), BridgeStatus::kOk);
    const ValueTree found = told();
    const ValueNode* members = corpus_.member(&evaluation, "members");
    size_t segments = 0;
    for (const ValueNode& wanted : ValueChildren(members)) {
      const ValueNode* segment = corpus_.member(found.root(), corpus_.keyOf(wanted));
      EXPECT_EQ(corpus_.canonical(corpus_.member(segment, "members")), corpus_.canonical(&wanted))
          << corpus_.keyOf(wanted) << " at " << corpus_.canonical(at);
      size_t count = 0;
      for ([[maybe_unused]] const ValueNode& member : ValueChildren(&wanted)) ++count;
      EXPECT_EQ(corpus_.canonical(corpus_.member(segment, "count")), std::to_string(count));
      ++segments;
    }
    for ([[maybe_unused]] const ValueNode& segment : ValueChildren(found.root())) --segments;
    EXPECT_EQ(segments, 0U) << "the case names not all segments, or one that there is not";
  }

  void checkReplay(const ValueNode& replay) {
    ASSERT_EQ(host_.bridge().openDirectory(1), BridgeStatus::kOk);
    const double until = corpus_.instantOf(corpus_.member(&replay, "until"));
    ASSERT_EQ(host_.bridge().limitUntil(until), BridgeStatus::kOk);
    ASSERT_EQ(host_.ingest(lines_), BridgeStatus::kOk);
    checkNotices(told());
    const ValueTree early = corpus_.read(host_.deltas());
    ASSERT_EQ(host_.bridge().finish(), BridgeStatus::kOk);
    const ValueTree late = corpus_.read(host_.deltas());
    std::vector<const ValueNode*> deltas;
    for (const ValueTree* told : {&early, &late}) {
      for (const ValueNode& delta : ValueChildren(told->root())) deltas.push_back(&delta);
    }
    size_t index = 0;
    for (const ValueNode& wanted : ValueChildren(corpus_.member(&replay, "deltas"))) {
      ASSERT_LT(index, deltas.size()) << "missing: " << corpus_.canonical(&wanted);
      for (const ValueNode& member : ValueChildren(&wanted)) {
        EXPECT_EQ(corpus_.canonical(corpus_.member(deltas[index], corpus_.keyOf(member))),
                  corpus_.canonical(&member))
            << corpus_.keyOf(member) << " of " << corpus_.canonical(deltas[index]);
      }
      ++index;
    }
    EXPECT_EQ(index, deltas.size());
  }

  void checkNextChange(const ValueNode& wanted) {
    const int32_t contact = host_.openContact(corpus_.text(corpus_.member(&wanted, "contact")));
    ASSERT_GE(contact, 0);
    const double clock = corpus_.instantOf(corpus_.member(&wanted, "clock"));
    ASSERT_EQ(host_.apply(contact, lines_, clock), BridgeStatus::kOk);
    const double at = corpus_.instantOf(corpus_.member(&wanted, "at"));
    const double found = host_.bridge().nextChangeAt(contact);
    if (std::isnan(at)) {
      EXPECT_TRUE(std::isnan(found)) << found;
    } else {
      EXPECT_EQ(found, at);
    }
    EXPECT_EQ(host_.bridge().closeContact(contact), BridgeStatus::kOk);
  }

  Corpus& corpus_ = Corpus::shared();
  BridgeHost host_{&corpus_};
  std::string lines_;
};

TEST_P(CorpusTest, IsAsExpected) {
  ASSERT_NE(expected("definitions"), nullptr);
  if (!define()) return;
  if (const ValueNode* evaluations = expected("evaluate")) {
    ASSERT_EQ(host_.bridge().openDirectory(0), BridgeStatus::kOk);
    ASSERT_EQ(host_.ingest(lines_), BridgeStatus::kOk);
    checkNotices(told());
    for (const ValueNode& evaluation : ValueChildren(evaluations)) checkEvaluation(evaluation);
  }
  if (const ValueNode* replay = expected("replay")) checkReplay(*replay);
  if (const ValueNode* changes = expected("nextChange")) {
    for (const ValueNode& change : ValueChildren(changes)) checkNextChange(change);
  }
}

// Letters and digits only, and the number of the case, since names may differ in other signs alone.
std::string nameOf(const testing::TestParamInfo<CorpusCase>& info) {
  std::string name = info.param.file + " " + info.param.name + " " + std::to_string(info.index);
  for (char& letter : name) {
    if (std::isalnum(static_cast<unsigned char>(letter)) == 0) letter = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Case, CorpusTest, testing::ValuesIn(Corpus::shared().cases()), nameOf);

TEST(Corpus, IsThereAndEveryCaseAssertsSomething) {
  const Corpus& corpus = Corpus::shared();
  EXPECT_GT(corpus.cases().size(), 250U);
  std::set<std::string> names;
  for (const CorpusCase& one : corpus.cases()) {
    EXPECT_TRUE(names.insert(one.name).second) << one.name;
    bool isAsserting = false;
    for (const char* key : {"evaluate", "replay", "nextChange", "problems", "hashes"}) {
      isAsserting = isAsserting || corpus.member(one.node, key) != nullptr;
    }
    EXPECT_TRUE(isAsserting) << one.name;
  }
}

}  // namespace

}  // namespace fosterflow

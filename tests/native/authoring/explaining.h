#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "authoring/explained_segment.h"
#include "authoring/explanation.h"
#include "contact/messaging.h"
#include "language/definition_texts.h"
#include "values/canonical_json.h"

namespace fosterflow {

inline constexpr Instant kDay = kMillisecondsPerDay;
inline constexpr Instant kHour = kMillisecondsPerHour;
/// 2026-11-23T00:00:00Z
inline constexpr Instant kNow = 1'795'392'000'000;

/// Explains to one contact why it is in segments, and looks into the explanation.
class Explaining : public Messaging {
 protected:
  void apply(std::string_view message) { contact_.load(read(message), kNow); }

  /// An event "X" so long before kNow, with properties as JSON.
  void happened(Instant ago, std::string_view properties = "{}", std::string_view name = "X") {
    apply(R"({"type":"track","event":")" + std::string(name) + R"(","userId":"u","timestamp":)" +
          std::to_string(kNow - ago) + R"(,"properties":)" + std::string(properties) + "}");
  }

  /// Explains the segment `id` of a set.
  void explainSet(std::string_view json, std::string_view id, Instant at = kNow,
                  std::string_view parameters = "") {
    const DefinitionSet set = check(json, parameters);
    const std::vector<std::string_view> asGiven = definitionTexts(json);
    std::vector<std::string_view> texts;
    for (const size_t place : set.places) texts.push_back(asGiven[place]);
    plan_ = buildPlan(set, interner_, zones_);
    uint32_t segment = 0;
    while (plan_->segments[segment].id != id) ++segment;
    explained_ = explainedSegment(*plan_, segment, texts, parameters, interner_, reader_, zones_);
    ASSERT_NE(explained_, nullptr);
    json_.clear();
    appendExplanation(json_, *explained_, contact_, at, zones_, englishCatalogue());
    ASSERT_EQ(reader_.read(json_, 1'000, tree_), JsonError::kNone) << json_;
    EXPECT_EQ(contact_.membershipsAt(at, *plan_)[segment] ? "true" : "false", value("holds"));
  }

  void explain(std::string_view when, Instant at = kNow, std::string_view zone = "UTC") {
    explainSet("[" + definition("s", when, zone) + "]", "s", at);
  }

  /// The JSON of what is at a path of keys and indices, such as `condition/of/0/missing`; "" when
  /// there is nothing.
  std::string value(std::string_view path) {
    const ValueNode* node = tree_.root();
    while (!path.empty() && node != nullptr) {
      const size_t end = std::min(path.find('/'), path.size());
      const std::string_view key = path.substr(0, end);
      path.remove_prefix(std::min(end + 1, path.size()));
      const ValueNode* found = nullptr;
      size_t index = 0;
      for (const ValueNode& child : ValueChildren(node)) {
        const bool isHere = node->type == ValueType::kArray ? std::to_string(index) == key
                                                            : interner_.text(child.key) == key;
        if (isHere) found = &child;
        ++index;
      }
      node = found;
    }
    if (node == nullptr) return "";
    std::string json;
    appendCanonicalJson(json, node, interner_);
    return json;
  }

  /// The same of the condition, a text without its quotation marks.
  std::string of(std::string_view path) {
    std::string json = value("condition/" + std::string(path));
    if (json.empty() || json.front() != '"') return json;
    std::string text;
    for (size_t index = 1; index + 1 < json.size(); ++index) {
      if (json[index] == '\\') ++index;
      text += json[index];
    }
    return text;
  }

  Symbol contactId_ = interner_.intern("u");
  Contact contact_{&interner_, &zones_, contactId_};
  std::shared_ptr<const Plan> plan_;
  std::unique_ptr<const ExplainedSegment> explained_;
  std::string json_;
  ValueTree tree_{&interner_};
};

}  // namespace fosterflow

#include "authoring/rules.h"

#include <algorithm>
#include <string>
#include <utility>

#include "language/definition_texts.h"
#include "language/limits.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

void appendSegmentsNamed(const Document& document, std::vector<std::string>& names) {
  if (document.textAt("kind") == "segment") names.emplace_back(document.textAt("segment"));
  for (const Document& item : document.items) appendSegmentsNamed(item, names);
}

// The set with a stand-in for each segment that is named and not there.
std::string completed(std::string_view json, const Document& root) {
  std::vector<std::string> ids;
  std::vector<std::string> missing;
  if (root.isArray()) {
    for (const Document& entry : root.items) ids.emplace_back(entry.textAt("id"));
  } else {
    ids.emplace_back(root.textAt("id"));
  }
  appendSegmentsNamed(root, missing);
  std::string all = "[";
  for (const std::string_view text : definitionTexts(json)) {
    if (all.size() > 1) all += ',';
    all += text;
  }
  for (const std::string& name : missing) {
    if (std::find(ids.begin(), ids.end(), name) != ids.end()) continue;
    ids.push_back(name);
    appendTextMember(all, ",{\"version\":1,\"id\":", name);
    all += R"(,"when":{"kind":"sample","percent":50,"salt":"stand-in"}})";
  }
  all += ']';
  return all;
}

bool lacksOnlySegments(const std::vector<Problem>& problems) {
  return std::all_of(problems.begin(), problems.end(), [](const Problem& problem) {
    return problem.severity == Severity::kWarning || problem.code == ProblemCode::kUnknownSegment;
  });
}

}  // namespace

Rules readRules(std::string_view json, std::string_view parametersJson, const ReadingTools& tools) {
  const auto check = [&parametersJson, &tools](std::string_view text) {
    return checkDefinitions(text, parametersJson, tools.interner, tools.json, tools.zones);
  };
  Rules rules;
  rules.set = check(json);
  const bool isIncomplete = hasErrors(rules.set.problems);
  if (isIncomplete && !lacksOnlySegments(rules.set.problems)) return rules;
  ValueTree tree(&tools.interner);
  if (tools.json.read(json, kMaxDefinitionJsonDepth, tree) != JsonError::kNone) return rules;
  Document root = Document::of(tree.root(), tools.interner);
  if (isIncomplete) {
    DefinitionSet whole = check(completed(json, root));
    if (hasErrors(whole.problems)) return rules;
    // Of the problems, those of a set that is a list now would have other places.
    whole.problems = std::move(rules.set.problems);
    std::erase_if(whole.problems, [](const Problem& problem) {
      return problem.code == ProblemCode::kUnknownSegment;
    });
    rules.set = std::move(whole);
  }
  std::vector<Document> documents;
  if (root.isArray()) {
    documents = std::move(root.items);
  } else {
    documents.push_back(std::move(root));
  }
  rules.rules.resize(documents.size());
  for (size_t index = 0; index < rules.set.definitions.size(); ++index) {
    const size_t place = rules.set.places[index];
    if (place < documents.size()) rules.rules[place].definition = &rules.set.definitions[index];
  }
  for (size_t index = 0; index < documents.size(); ++index) {
    rules.rules[index].document = std::move(documents[index]);
  }
  return rules;
}

}  // namespace fosterflow

#include <string>
#include <string_view>
#include <vector>

#include "authoring/describe/describe.h"
#include "authoring/diff/diff.h"
#include "authoring/document.h"
#include "authoring/language.h"
#include "authoring/lint/lint.h"
#include "authoring/normal_form/normal_form.h"
#include "authoring/query_builder/query_builder.h"
#include "authoring/rules.h"
#include "authoring/scenarios/templates.h"
#include "bridge_implementation.h"

namespace fosterflow {

namespace {

// What a task may need, per byte of what it is given: trees of what is written, of what is checked,
// and of what is said.
constexpr size_t kBytesPerInputByte = 400;
/// Nesting of the options; definitions in them nest deepest.
constexpr uint32_t kMaxOptionsDepth = 512;

/// One call of `author`.
class Authoring {
 public:
  Authoring(std::string& response, const ReadingTools& tools, std::string_view subject,
            const Document& options)
      : response_(response), tools_(tools), subject_(subject), options_(options) {
    const Document* parameters = options.find("parameters");
    if (parameters != nullptr) appendJson(parametersJson_, *parameters);
    const Language* wanted = findLanguage(options.textAt("language"));
    if (wanted != nullptr) language_ = wanted;
  }

  BridgeStatus describe() {
    const Rules rules = readRules(subject_, parametersJson_, tools_);
    if (hasErrors(rules.set.problems)) return refuse(rules.set.problems);
    appendDescriptions(response_, rules, parametersJson_, *language_, tools_);
    return BridgeStatus::kOk;
  }

  BridgeStatus normalForm() {
    const Rules rules = readRules(subject_, "", tools_);
    if (hasErrors(rules.set.problems)) return refuse(rules.set.problems);
    char separator = '[';
    for (const Rules::Rule& rule : rules.rules) {
      response_ += separator;
      separator = ',';
      response_ += fosterflow::normalForm(rule.document);
    }
    response_ += rules.rules.empty() ? "[]" : "]";
    return BridgeStatus::kOk;
  }

  BridgeStatus lint() {
    const Rules rules = readRules(subject_, parametersJson_, tools_);
    if (hasErrors(rules.set.problems)) return refuse(rules.set.problems);
    const bool isList = subject_.find_first_not_of(" \t\n\r\xEF\xBB\xBF") == subject_.find('[');
    appendLint(response_, rules, isList, options_, *language_, tools_);
    return BridgeStatus::kOk;
  }

  BridgeStatus diff() {
    const Rules before = readRules(subject_, "", tools_);
    if (hasErrors(before.set.problems)) return refuse(before.set.problems);
    std::string json = "null";
    if (const Document* with = options_.find("with")) json = canonicalJson(*with);
    const Rules after = readRules(json, "", tools_);
    if (hasErrors(after.set.problems)) return refuse(after.set.problems);
    if (before.rules.size() != 1 || after.rules.size() != 1) return BridgeStatus::kRefused;
    appendDiff(response_, before.rules.front(), after.rules.front(), *language_, tools_.interner);
    return BridgeStatus::kOk;
  }

  BridgeStatus fromQuery() {
    ValueTree tree(&tools_.interner);
    tools_.json.read(subject_, kMaxOptionsDepth, tree);
    std::vector<Problem> problems;
    const Document query = Document::of(tree.root(), tools_.interner);
    const Document condition = conditionOfQuery(query, problems);
    if (!problems.empty()) return refuse(problems);
    const std::string json = canonicalJson(condition);
    const Rules rules = readRules(R"({"version":1,"id":"query","when":)" + json + "}", "", tools_);
    if (hasErrors(rules.set.problems)) return refuse(rules.set.problems);
    appendJson(response_, condition);
    return BridgeStatus::kOk;
  }

  BridgeStatus toQuery() {
    const Rules rules = readRules(subject_, "", tools_);
    if (hasErrors(rules.set.problems)) return refuse(rules.set.problems);
    if (rules.rules.size() != 1) return BridgeStatus::kRefused;
    const Document& definition = rules.rules.front().document;
    std::vector<Problem> problems;
    const Document query =
        queryOfCondition(*definition.find("when"), definition.find("parameters"), problems);
    if (!problems.empty()) return refuse(problems);
    appendJson(response_, query);
    return BridgeStatus::kOk;
  }

  BridgeStatus templates() {
    appendTemplates(response_, tools_);
    return BridgeStatus::kOk;
  }

  BridgeStatus instantiate() {
    std::vector<Problem> problems;
    return appendInstance(response_, subject_, options_, tools_, problems) ? BridgeStatus::kOk
                                                                           : refuse(problems);
  }

  BridgeStatus personaArguments() {
    appendPersonaArguments(response_, tools_);
    return BridgeStatus::kOk;
  }

  BridgeStatus personas() {
    std::vector<Problem> problems;
    return appendPersonas(response_, options_, tools_, problems) ? BridgeStatus::kOk
                                                                 : refuse(problems);
  }

 private:
  BridgeStatus refuse(const std::vector<Problem>& problems) {
    response_ += "{\"problems\":";
    appendProblems(response_, problems);
    response_ += '}';
    return BridgeStatus::kRefused;
  }

  std::string& response_;
  ReadingTools tools_;
  std::string_view subject_;
  const Document& options_;
  std::string parametersJson_;
  const Language* language_ = &english();
};

}  // namespace

BridgeStatus Bridge::author(AuthoringTask task, uint32_t subjectLength, uint32_t optionsLength) {
  Implementation& self = *implementation_;
  self.begin();
  const std::string_view all = self.inputText(subjectLength + optionsLength);
  if (!self.reserve.couldAllocate(all.size() * kBytesPerInputByte)) {
    return BridgeStatus::kOutOfMemory;
  }
  ValueTree tree(&self.interner);
  if (optionsLength > 0) self.json.read(all.substr(subjectLength), kMaxOptionsDepth, tree);
  const Document options = Document::of(tree.root(), self.interner);
  Authoring authoring(self.response, {self.interner, self.json, self.zones},
                      all.substr(0, subjectLength), options);
  switch (task) {
    case AuthoringTask::kDescribe:
      return authoring.describe();
    case AuthoringTask::kNormalForm:
      return authoring.normalForm();
    case AuthoringTask::kLint:
      return authoring.lint();
    case AuthoringTask::kDiff:
      return authoring.diff();
    case AuthoringTask::kFromQuery:
      return authoring.fromQuery();
    case AuthoringTask::kToQuery:
      return authoring.toQuery();
    case AuthoringTask::kTemplates:
      return authoring.templates();
    case AuthoringTask::kInstantiate:
      return authoring.instantiate();
    case AuthoringTask::kPersonaArguments:
      return authoring.personaArguments();
    case AuthoringTask::kPersonas:
      return authoring.personas();
  }
  return BridgeStatus::kRefused;
}

}  // namespace fosterflow

#include <string>
#include <string_view>
#include <utility>
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
#include "language/json_problem.h"
#include "language/wording.h"

namespace fosterflow {

namespace {

// What a task may need, per byte of what it is given: trees of what is written, of what is checked,
// and of what is said.
constexpr size_t kBytesPerInputByte = 400;
/// Nesting of options and of queries; definitions in them nest deepest, to some 150.
constexpr uint32_t kMaxOptionsDepth = 256;

/// The longest retention, of all of time.
constexpr double kMaxDays = 2e8;

/// One call of `author`.
class Authoring {
 public:
  Authoring(std::string& response, const ReadingTools& tools, std::string_view subject,
            const Document& options)
      : response_(response), tools_(tools), subject_(subject), options_(options) {
    const Document* parameters = options.find("parameters");
    if (parameters != nullptr) appendJson(parametersJson_, *parameters);
  }

  /// Whether the options are as a task may have them; else what is wrong is told.
  bool takeOptions() {
    std::vector<Problem> problems;
    if (const Document* code = options_.find("language")) {
      const Language* wanted = findLanguage(code->text);
      if (wanted == nullptr) {
        problems.push_back(optionProblem(
            "/language", unknownNameSentence("language", code->text, kLanguageCodes)));
      } else {
        language_ = wanted;
      }
    }
    const Document* days = options_.find("retentionDays");
    if (days != nullptr && !(days->isNumber() && days->number > 0 && days->number <= kMaxDays)) {
      problems.push_back(optionProblem("/retentionDays",
                                       "\"retentionDays\" must be a number of days, more than 0."));
    }
    const Document* seen = options_.find("seen");
    if (seen != nullptr && !seen->isObject()) {
      problems.push_back(
          optionProblem("/seen", "\"seen\" must be an object of what was seen in the data."));
    }
    if (!problems.empty()) refuse(problems, "optionProblems");
    return problems.empty();
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
    const Rules before = readOne(subject_);
    if (hasErrors(before.set.problems)) return refuse(before.set.problems);
    std::string json = "null";
    if (const Document* with = options_.find("with")) json = canonicalJson(*with);
    const Rules after = readOne(json);
    if (hasErrors(after.set.problems)) return refuse(after.set.problems);
    appendDiff(response_, before.rules.front(), after.rules.front(), *language_, tools_.interner);
    return BridgeStatus::kOk;
  }

  BridgeStatus fromQuery() {
    ValueTree tree(&tools_.interner);
    const JsonError error = tools_.json.read(subject_, kMaxOptionsDepth, tree);
    if (error != JsonError::kNone) return refuse({jsonProblem(error, "The rules of the query")});
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
    const Rules rules = readOne(subject_);
    if (hasErrors(rules.set.problems)) return refuse(rules.set.problems);
    const Document& definition = rules.rules.front().document;
    std::vector<Problem> problems;
    const Document query =
        queryOfCondition(*definition.find("when"), definition.find("parameters"), problems);
    if (!problems.empty()) return refuse(problems);
    appendJson(response_, query);
    return BridgeStatus::kOk;
  }

  BridgeStatus templates() {
    appendTemplates(response_, *language_, tools_);
    return BridgeStatus::kOk;
  }

  BridgeStatus instantiate() {
    std::vector<Problem> problems;
    const bool isRight =
        appendInstance(response_, subject_, options_, *language_, tools_, problems);
    return isRight ? BridgeStatus::kOk : refuse(problems);
  }

  BridgeStatus personaArguments() {
    appendPersonaArguments(response_, *language_, tools_);
    return BridgeStatus::kOk;
  }

  BridgeStatus personas() {
    std::vector<Problem> problems;
    const bool isRight = appendPersonas(response_, options_, *language_, tools_, problems);
    return isRight ? BridgeStatus::kOk : refuse(problems);
  }

 private:
  static Problem optionProblem(const char* path, std::string message) {
    Problem problem;
    problem.path = path;
    problem.code = ProblemCode::kInvalidValue;
    problem.message = std::move(message);
    return problem;
  }

  // One definition, or a problem.
  Rules readOne(std::string_view json) {
    Rules rules = readRules(json, "", tools_);
    if (!hasErrors(rules.set.problems) && rules.rules.size() != 1) {
      Problem problem;
      problem.code = ProblemCode::kWrongType;
      problem.message = "One definition is wanted here, not a list of them.";
      rules.set.problems.push_back(std::move(problem));
    }
    return rules;
  }

  BridgeStatus refuse(const std::vector<Problem>& problems, const char* key = "problems") {
    response_ += "{\"" + std::string(key) + "\":";
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
  const std::string_view all = self.input.text(subjectLength + optionsLength);
  if (all.size() < subjectLength) return BridgeStatus::kRefused;
  if (!self.reserve.couldAllocate(all.size() * kBytesPerInputByte)) {
    return BridgeStatus::kOutOfMemory;
  }
  ValueTree tree(&self.interner);
  if (optionsLength > 0) {
    const JsonError error = self.json.read(all.substr(subjectLength), kMaxOptionsDepth, tree);
    if (error != JsonError::kNone) {
      self.response += "{\"optionProblems\":";
      appendProblems(self.response, {jsonProblem(error, "The options")});
      self.response += '}';
      return BridgeStatus::kRefused;
    }
  }
  const Document options = Document::of(tree.root(), self.interner);
  Authoring authoring(self.response, {self.interner, self.json, self.zones},
                      all.substr(0, subjectLength), options);
  if (!authoring.takeOptions()) return BridgeStatus::kRefused;
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

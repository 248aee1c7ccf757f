#include <string>
#include <string_view>

#include "authoring/describe/describe.h"
#include "authoring/document.h"
#include "authoring/language.h"
#include "authoring/rules.h"
#include "explanation_source.h"
#include "response_writer.h"

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
  Authoring(ExplanationSource& source, std::string_view subject, const Document& options)
      : response_(source.response),
        tools_{source.interner, source.json, source.zones},
        subject_(subject) {
    const Document* parameters = options.find("parameters");
    if (parameters != nullptr) appendJson(parametersJson_, *parameters);
    const Language* wanted = findLanguage(options.textAt("language"));
    if (wanted != nullptr) language_ = wanted;
  }

  BridgeStatus describe() {
    const Rules rules = readRules(subject_, parametersJson_, tools_);
    if (rules.rules.empty() && hasErrors(rules.set.problems)) return refuse(rules.set.problems);
    appendDescriptions(response_, rules, parametersJson_, *language_, tools_);
    return BridgeStatus::kOk;
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
  std::string parametersJson_;
  const Language* language_ = &english();
};

}  // namespace

BridgeStatus Bridge::author(AuthoringTask task, uint32_t subjectLength, uint32_t optionsLength) {
  ExplanationSource source = ExplanationSource::of(*this);
  const std::string_view all = ExplanationSource::input(*this, subjectLength + optionsLength);
  if (!source.reserve.couldAllocate(all.size() * kBytesPerInputByte)) {
    return BridgeStatus::kOutOfMemory;
  }
  ValueTree tree(&source.interner);
  if (optionsLength > 0) source.json.read(all.substr(subjectLength), kMaxOptionsDepth, tree);
  const Document options = Document::of(tree.root(), source.interner);
  Authoring authoring(source, all.substr(0, subjectLength), options);
  switch (task) {
    case AuthoringTask::kDescribe:
      return authoring.describe();
  }
  return BridgeStatus::kRefused;
}

}  // namespace fosterflow

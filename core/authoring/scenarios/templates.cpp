#include "authoring/scenarios/templates.h"

#include <algorithm>
#include <utility>

#include "authoring/scenarios/arguments.h"
#include "authoring/scenarios/template_texts.h"
#include "language/wording.h"

namespace fosterflow {

namespace {

constexpr uint32_t kMaxTemplateDepth = 64;

Document read(std::string_view text, const ReadingTools& tools) {
  ValueTree tree(&tools.interner);
  tools.json.read(text, kMaxTemplateDepth, tree);
  return Document::of(tree.root(), tools.interner);
}

// Says a member in the language.
void say(Document& document, std::string_view key, const Language& language) {
  Document* member = document.find(key);
  if (member == nullptr) return;
  const std::string_view english = member->text;
  const auto found = std::lower_bound(
      language.scenarios.begin(), language.scenarios.end(), english,
      [](const ScenarioWords& words, std::string_view text) { return words.english < text; });
  if (found != language.scenarios.end() && found->english == english) member->text = found->words;
}

// Of a template, or of a definition.
void sayHead(Document& document, const Language& language) {
  say(document, "name", language);
  say(document, "description", language);
}

void sayArguments(Document& declared, const Language& language) {
  for (Document& argument : declared.items) {
    say(argument, "description", language);
    say(argument, "unit", language);
  }
}

const Document& argumentsIn(const Document& options) {
  static const Document kNone = Document::object();
  const Document* arguments = options.find("arguments");
  return arguments != nullptr && arguments->isObject() ? *arguments : kNone;
}

// Appends what is right; else says what is wrong with it.
bool appendIfRight(std::string& out, const std::string& json, const ReadingTools& tools,
                   std::vector<Problem>& problems) {
  const DefinitionSet set = checkDefinitions(json, "", tools.interner, tools.json, tools.zones);
  if (hasErrors(set.problems)) {
    problems.insert(problems.end(), set.problems.begin(), set.problems.end());
    return false;
  }
  out += json;
  return true;
}

// `when` and, of those before whose rules can hold too, none.
Document exclusiveWhen(Document when, const Document& overlaps) {
  if (overlaps.items.empty()) return when;
  Document none = Document::object();
  none.set("kind", Document::ofText("none"));
  Document of = Document::array();
  for (const Document& id : overlaps.items) {
    Document condition = Document::object();
    condition.set("kind", Document::ofText("segment"));
    condition.set("segment", id);
    condition.set("op", Document::ofText("in"));
    of.items.push_back(std::move(condition));
  }
  none.set("of", std::move(of));
  when.find("of")->items.push_back(std::move(none));
  return when;
}

}  // namespace

void appendTemplates(std::string& out, const Language& language, const ReadingTools& tools) {
  char separator = '[';
  for (const std::string_view text : kTemplateTexts) {
    Document scenario = read(text, tools);
    scenario.remove("definition");
    sayHead(scenario, language);
    sayArguments(*scenario.find("arguments"), language);
    out += separator;
    separator = ',';
    appendJson(out, scenario);
  }
  out += ']';
}

bool appendInstance(std::string& out, std::string_view id, const Document& options,
                    const Language& language, const ReadingTools& tools,
                    std::vector<Problem>& problems) {
  std::string ids;
  for (const std::string_view text : kTemplateTexts) {
    const Document scenario = read(text, tools);
    ids += (ids.empty() ? "" : " ") + std::string(scenario.textAt("id"));
    if (scenario.textAt("id") != id) continue;
    const ArgumentValues arguments(*scenario.find("arguments"), argumentsIn(options), problems);
    if (!problems.empty()) return false;
    Document form = *scenario.find("definition");
    sayHead(form, language);
    Document definition = filledIn(form, arguments, nullptr);
    for (const std::string_view key : {"id", "name", "description"}) {
      const Document* given = options.find(key);
      if (given != nullptr) definition.set(key, *given);
    }
    std::string json;
    appendJson(json, definition);
    return appendIfRight(out, json, tools, problems);
  }
  Problem problem;
  problem.code = ProblemCode::kUnknownKey;
  problem.message = unknownNameSentence("template", id, ids);
  problems.push_back(std::move(problem));
  return false;
}

void appendPersonaArguments(std::string& out, const Language& language, const ReadingTools& tools) {
  Document declared = *read(kPersonasText, tools).find("arguments");
  sayArguments(declared, language);
  out += "{\"arguments\":";
  appendJson(out, declared);
  out += '}';
}

bool appendPersonas(std::string& out, const Document& options, const Language& language,
                    const ReadingTools& tools, std::vector<Problem>& problems) {
  const Document all = read(kPersonasText, tools);
  const ArgumentValues arguments(*all.find("arguments"), argumentsIn(options), problems);
  if (!problems.empty()) return false;
  const Document* wanted = options.find("exclusive");
  const bool areExclusive = wanted != nullptr && wanted->isTrue();
  Document definitions = Document::array();
  for (const Document& persona : all.find("personas")->items) {
    Document definition = *persona.find("definition");
    sayHead(definition, language);
    if (areExclusive) {
      if (const Document* rest = persona.find("rest")) {
        definition.set("parameters", *rest->find("parameters"));
        definition.set("when", *rest->find("when"));
      }
      definition.set("when", exclusiveWhen(*definition.find("when"), *persona.find("overlaps")));
    }
    definitions.items.push_back(filledIn(definition, arguments, all.find("parts")));
  }
  std::string json;
  appendJson(json, definitions);
  return appendIfRight(out, json, tools, problems);
}

}  // namespace fosterflow

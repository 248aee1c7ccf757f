#include "authoring/scenarios/arguments.h"

#include <cmath>
#include <utility>

#include "language/place.h"
#include "language/vocabulary.h"
#include "language/wording.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

std::string inWords(double number) {
  std::string text;
  appendJsonNumber(text, number);
  return text;
}

bool isName(const Document& value) { return value.isText() && !value.text.empty(); }

bool areNames(const Document& value) {
  if (!value.isArray() || value.items.empty()) return false;
  for (const Document& item : value.items) {
    if (!isName(item)) return false;
  }
  return true;
}

// "a whole number from 1 to 720 (hours)"
std::string expectation(const Document& declared) {
  const std::string_view type = declared.textAt("type");
  if (type == "event") return "the name of an event, or a list of such names";
  if (type == "property") return "the path of a property";
  if (type == "text") return "a text that is not empty";
  if (type == "choice") {
    std::string names;
    for (const Document& choice : declared.find("choices")->items) {
      if (!names.empty()) names += ", ";
      names += '"' + choice.text + '"';
    }
    return "one of " + names;
  }
  return std::string(type == "whole" ? "a whole number" : "a number") + " from " +
         inWords(declared.find("minimum")->number) + " to " +
         inWords(declared.find("maximum")->number) + " (" + std::string(declared.textAt("unit")) +
         ")";
}

bool suits(const Document& declared, const Document& value) {
  const std::string_view type = declared.textAt("type");
  if (type == "event") return isName(value) || areNames(value);
  if (type == "property" || type == "text") return isName(value);
  if (type == "choice") {
    for (const Document& choice : declared.find("choices")->items) {
      if (value.isText() && value.text == choice.text) return true;
    }
    return false;
  }
  if (!value.isNumber() || (type == "whole" && value.number != std::floor(value.number))) {
    return false;
  }
  return value.number >= declared.find("minimum")->number &&
         value.number <= declared.find("maximum")->number;
}

Problem argumentProblem(std::string_view name, ProblemCode code, std::string message) {
  Problem problem;
  appendPointerKey(problem.path, name);
  problem.code = code;
  problem.message = std::move(message);
  return problem;
}

// What was given, as a sentence shows it.
std::string shown(const Document& value) {
  constexpr size_t kMaxShownBytes = 60;
  std::string text;
  appendJson(text, value);
  return text.size() <= kMaxShownBytes
             ? text
             : "a " + inWords(static_cast<double>(text.size())) + " bytes long value";
}

}  // namespace

ArgumentValues::ArgumentValues(const Document& declared, const Document& given,
                               std::vector<Problem>& problems) {
  std::string names;
  for (const Document& argument : declared.items) {
    const std::string_view name = argument.textAt("name");
    names += (names.empty() ? "" : " ") + std::string(name);
    const Document* value = given.find(name);
    if (value == nullptr) continue;
    if (suits(argument, *value)) {
      values_.set(name, *value);
    } else {
      problems.push_back(argumentProblem(name, ProblemCode::kInvalidValue,
                                         '"' + std::string(name) + "\" must be " +
                                             expectation(argument) + ", but it is " +
                                             shown(*value) + "."));
    }
  }
  for (const std::string& key : given.keys) {
    if (!positionOfName(names, key)) {
      problems.push_back(argumentProblem(key, ProblemCode::kUnknownKey,
                                         unknownNameSentence("argument", key, names)));
    }
  }
  for (const Document& argument : declared.items) {
    const std::string_view name = argument.textAt("name");
    if (values_.find(name) != nullptr) continue;
    const Document* value = argument.find("default");
    if (const Document* defaults = argument.find("defaults")) {
      const Document* chosen = values_.find(defaults->textAt("argument"));
      if (chosen != nullptr) value = defaults->find("values")->find(chosen->text);
    }
    values_.set(name, *value);
  }
  for (const Document& argument : declared.items) {
    const std::string_view above = argument.textAt("above");
    if (above.empty()) continue;
    const std::string_view name = argument.textAt("name");
    const double least = values_.find(above)->number;
    if (values_.find(name)->number > least) continue;
    problems.push_back(argumentProblem(
        name, ProblemCode::kReversedRange,
        '"' + std::string(name) + "\" must be more than \"" + std::string(above) + "\" (" +
            inWords(least) + "), but it is " + inWords(values_.find(name)->number) + "."));
  }
}

Document filledIn(const Document& form, const ArgumentValues& arguments, const Document* parts) {
  if (form.isObject() && form.items.size() == 1) {
    if (form.keys.front() == "argument") return *arguments.find(form.items.front().text);
    if (form.keys.front() == "part") {
      return filledIn(*parts->find(form.items.front().text), arguments, parts);
    }
  }
  Document filled = form;
  for (Document& item : filled.items) item = filledIn(item, arguments, parts);
  return filled;
}

}  // namespace fosterflow

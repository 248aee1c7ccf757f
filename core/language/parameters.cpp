#include "language/parameters.h"

#include <algorithm>
#include <utility>

#include "language/json_problem.h"
#include "language/limits.h"
#include "language/vocabulary.h"
#include "language/wording.h"

namespace fosterflow {

namespace {

constexpr std::string_view kParameterExpectation =
    "a text, a number, true, false, or a list of these";

bool isScalar(const ValueNode& value) {
  return value.type != ValueType::kNull && value.type < ValueType::kArray;
}

bool isParameterValue(const ValueNode& value) {
  if (value.type != ValueType::kArray) {
    return isScalar(value);
  }
  for (const ValueNode& entry : ValueChildren(&value)) {
    if (!isScalar(entry)) {
      return false;
    }
  }
  return true;
}

// true and false are one type.
bool areOfOneType(const ValueNode& left, const ValueNode& right) {
  const auto typeOf = [](const ValueNode& value) {
    return value.type == ValueType::kFalse ? ValueType::kTrue : value.type;
  };
  return typeOf(left) == typeOf(right);
}

// More names than that are not looked through for a suggestion.
constexpr size_t kMaxNamesCompared = 64;

}  // namespace

void ParameterOverrides::read(std::string_view json, JsonReader& reader,
                              std::vector<Problem>& problems) {
  if (json.empty()) {
    return;
  }
  const JsonError error = reader.read(json, kMaxDefinitionJsonDepth, tree_);
  if (error != JsonError::kNone) {
    problems.push_back(jsonProblem(error, "The parameters"));
    return;
  }
  const Place root(*tree_.root());
  if (root.type() != ValueType::kObject) {
    problems_.add(
        root, ProblemCode::kWrongType,
        wrongTypeSentence("The parameters", "an object of names and values", root.type()));
    return;
  }
  for (const ValueNode& member : ValueChildren(tree_.root())) {
    const bool isValid = isParameterValue(member);
    entries_.push_back({member.key, &member, false, isValid});
    if (!isValid) {
      report(entries_.back(), ProblemCode::kParameterType,
             expectationSentence(joined({"The parameter ", inQuotes(interner_->text(member.key))}),
                                 kParameterExpectation));
    }
  }
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& left, const Entry& right) { return left.name < right.name; });
}

ParameterOverrides::Entry* ParameterOverrides::find(Symbol name) {
  const auto found =
      std::lower_bound(entries_.begin(), entries_.end(), name,
                       [](const Entry& entry, Symbol wanted) { return entry.name < wanted; });
  return found == entries_.end() || found->name != name ? nullptr : &*found;
}

void ParameterOverrides::report(const Entry& entry, ProblemCode code, std::string message) {
  std::string pointer;
  appendPointerKey(pointer, interner_->text(entry.name));
  problems_.add(entry.value, std::move(pointer), code, std::move(message));
}

void ParameterOverrides::refuse(const Entry& entry, std::string_view segment,
                                std::string_view expectation) {
  report(entry, ProblemCode::kParameterType,
         joined({"The parameter ", inQuotes(interner_->text(entry.name)), " must be ", expectation,
                 " for the segment ", inQuotes(segment), "."}));
}

void ParameterOverrides::finish(std::vector<Problem>& out) {
  for (const Entry& entry : entries_) {
    if (!entry.isDeclared) {
      report(entry, ProblemCode::kUnknownParameter,
             joined({"No segment declares a parameter ", inQuotes(interner_->text(entry.name)),
                     "; correct the name or leave it out."}));
    }
  }
  problems_.moveTo(out);
}

void Parameters::read(const Place& place, const Interner& interner, std::string_view segment,
                      ParameterOverrides& overrides, ProblemList& problems) {
  for (const ValueNode& member : ValueChildren(&place.node())) {
    Parameter parameter{member.key, &member, nullptr};
    ParameterOverrides::Entry* entry = overrides.find(member.key);
    if (entry != nullptr) {
      entry->isDeclared = true;
    }
    if (!isParameterValue(member)) {
      const Place child(place, interner.text(member.key), member);
      problems.add(child, ProblemCode::kInvalidValue,
                   expectationSentence(child.subject(), kParameterExpectation));
      parameter.declared = nullptr;
    } else if (entry != nullptr && entry->isValid) {
      if (areOfOneType(member, *entry->value)) {
        parameter.override = entry;
      } else {
        overrides.refuse(*entry, segment, typeInWords(member.type));
      }
    }
    parameters_.push_back(parameter);
  }
  std::sort(parameters_.begin(), parameters_.end(),
            [](const Parameter& left, const Parameter& right) { return left.name < right.name; });
}

const Parameter* Parameters::find(Symbol name) const {
  const auto found =
      std::lower_bound(parameters_.begin(), parameters_.end(), name,
                       [](const Parameter& entry, Symbol wanted) { return entry.name < wanted; });
  return found == parameters_.end() || found->name != name ? nullptr : &*found;
}

std::vector<std::string> Parameters::names(const Interner& interner) const {
  std::vector<std::string> names;
  names.reserve(parameters_.size());
  for (const Parameter& parameter : parameters_) {
    names.emplace_back(interner.text(parameter.name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string_view Parameters::nearest(std::string_view given, const Interner& interner) const {
  const size_t count = std::min(parameters_.size(), kMaxNamesCompared);
  for (size_t index = 0; index < count; ++index) {
    const std::string_view name = interner.text(parameters_[index].name);
    if (nearestName(name, given) == name) {
      return name;
    }
  }
  return {};
}

}  // namespace fosterflow

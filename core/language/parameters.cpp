#include "language/parameters.h"

#include <utility>

#include "language/json_problem.h"
#include "language/limits.h"
#include "language/name_list.h"
#include "language/place.h"
#include "language/reading.h"
#include "language/vocabulary.h"
#include "language/wording.h"

namespace fosterflow {

namespace {

constexpr std::string_view kExpectation = "a text, a number, true, false, or a list of these";

// More names than that are not looked through for a suggestion.
constexpr size_t kMaxNamesCompared = 64;

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
ValueType typeOf(const ValueNode& value) {
  return value.type == ValueType::kFalse ? ValueType::kTrue : value.type;
}

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
  const ValueNode& root = *tree_.root();
  if (root.type != ValueType::kObject) {
    problems_.add(&root, "", ProblemCode::kWrongType,
                  "The parameters must be an object of names and values.");
    return;
  }
  index_.build(root);
  isDeclared_.resize(index_.size());
  for (size_t position = 0; position < index_.size(); ++position) {
    const bool isInvalid = !isParameterValue(index_.member(position));
    isInvalid_.push_back(isInvalid ? 1 : 0);
    if (isInvalid) {
      report(index_.member(position), ProblemCode::kParameterType, "The parameter \"%\" must be %.",
             kExpectation);
    }
  }
}

const ValueNode* ParameterOverrides::find(Symbol name) const {
  const size_t position = index_.find(name);
  return position == SymbolIndex::kNone ? nullptr : &index_.member(position);
}

const ValueNode* ParameterOverrides::take(Symbol name, const ValueNode& declared,
                                          std::string_view segment) {
  const size_t position = index_.find(name);
  if (position == SymbolIndex::kNone) {
    return nullptr;
  }
  isDeclared_[position] = 1;
  const ValueNode& override = index_.member(position);
  // What no parameter can be was reported, or is where it is declared.
  if (isInvalid_[position] != 0 || !isParameterValue(declared)) {
    return nullptr;
  }
  if (typeOf(override) != typeOf(declared)) {
    refuse(override, segment, typeInWords(declared.type));
    return nullptr;
  }
  return &override;
}

void ParameterOverrides::report(const ValueNode& override, ProblemCode code, std::string_view form,
                                std::string_view first, std::string_view second) {
  const std::string_view name = interner_->text(override.key);
  std::string pointer;
  appendPointerKey(pointer, name);
  problems_.add(&override, std::move(pointer), code, sentence(form, {name, first, second}));
}

void ParameterOverrides::refuse(const ValueNode& override, std::string_view segment,
                                std::string_view expectation) {
  report(override, ProblemCode::kParameterType,
         "The parameter \"%\", which the segment \"%\" declares, must be %.", segment, expectation);
}

void ParameterOverrides::finish(UndeclaredOverrides undeclared, std::vector<Problem>& out) {
  for (size_t position = 0; position < index_.size(); ++position) {
    if (isDeclared_[position] == 0 && undeclared == UndeclaredOverrides::kRefused) {
      report(index_.member(position), ProblemCode::kUnknownParameter,
             "No segment declares a parameter \"%\"; correct the name or leave it out.");
    }
  }
  problems_.moveTo(out);
}

void Parameters::read(const Reading& reading, const Place& place) {
  index_.build(place.node());
  for (size_t position = 0; position < index_.size(); ++position) {
    const ValueNode& declared = index_.member(position);
    Parameter& parameter = parameters_.emplace_back();
    parameter.override = reading.overrides->take(declared.key, declared, reading.segment);
    if (isParameterValue(declared)) {
      parameter.declared = &declared;
    } else {
      reading.reportUnexpected(Place(place, reading.interner->text(declared.key), declared),
                               ProblemCode::kInvalidValue, kExpectation);
    }
  }
}

const Parameter* Parameters::find(Symbol name) const {
  const size_t position = index_.find(name);
  return position == SymbolIndex::kNone ? nullptr : &parameters_[position];
}

std::vector<std::string> Parameters::names(const Interner& interner) const {
  std::vector<std::string> names;
  for (size_t position = 0; position < index_.size(); ++position) {
    names.emplace_back(interner.text(index_.member(position).key));
  }
  sortNames(names);
  return names;
}

std::string_view Parameters::nearest(std::string_view given, const Interner& interner) const {
  for (size_t position = 0; position < index_.size() && position < kMaxNamesCompared; ++position) {
    const std::string_view name = interner.text(index_.member(position).key);
    if (nearestName(name, given) == name) {
      return name;
    }
  }
  return {};
}

}  // namespace fosterflow

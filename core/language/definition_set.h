#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "language/definition.h"
#include "language/parameters.h"
#include "language/problem.h"
#include "time/zone.h"
#include "values/interner.h"
#include "values/json_reader.h"

namespace fosterflow {

/// The outcome of checking a set: either the definitions (and perhaps warnings), or at least one
/// error.
struct DefinitionSet {
  std::vector<Definition> definitions;  ///< by id, code point order; empty when there are errors
  std::vector<size_t>
      dependencyOrder;            ///< indices into `definitions`: a nested segment before its users
  std::vector<size_t> places;     ///< by definition: its place in the list that was given
  std::vector<Problem> problems;  ///< in the order of the text, errors and warnings
};

/// Reads `json`, one definition or an array of them, and checks all of it: every problem is
/// reported at once. `parametersJson`: an object of parameter overrides, or "" for none; a problem
/// in it carries the pointer inside that object and a message that names the parameter.
/// `undeclared`: overrides of names that no segment declares, which is right when the segments are
/// part of a set that was checked as a whole.
DefinitionSet checkDefinitions(std::string_view json, std::string_view parametersJson,
                               Interner& interner, JsonReader& reader, ZoneRegistry& zones,
                               UndeclaredOverrides undeclared = UndeclaredOverrides::kRefused);

}  // namespace fosterflow

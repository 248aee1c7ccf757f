#pragma once

#include <string_view>
#include <vector>

#include "authoring/document.h"
#include "language/definition_set.h"

namespace fosterflow {

/// What reading definitions needs.
struct ReadingTools {
  Interner& interner;
  JsonReader& json;
  ZoneRegistry& zones;
};

/// Definitions as their author has them: checked, and as they were written.
struct Rules {
  struct Rule {
    const Definition* definition = nullptr;
    Document document;
  };
  DefinitionSet set;        ///< may hold more than what was given: stand-ins
  std::vector<Rule> rules;  ///< in the order given; empty when there are errors
};

/// Reads one definition or an array of them. Unlike an engine, an author may have one segment
/// without those that it names: what is not there is taken to be some segment. `parametersJson`: as
/// of checkDefinitions.
Rules readRules(std::string_view json, std::string_view parametersJson, const ReadingTools& tools);

}  // namespace fosterflow

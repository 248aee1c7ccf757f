#include "language/definition_set.h"

#include <utility>

#include "language/canonical_definition.h"
#include "language/definition_reader.h"
#include "language/definition_texts.h"
#include "language/json_problem.h"
#include "language/limits.h"
#include "language/parameters.h"
#include "language/place.h"
#include "language/problem_list.h"
#include "language/segment_graph.h"
#include "language/wording.h"
#include "values/sorted_order.h"

namespace fosterflow {

DefinitionSet checkDefinitions(std::string_view json, std::string_view parametersJson,
                               Interner& interner, JsonReader& reader, ZoneRegistry& zones,
                               UndeclaredOverrides undeclared) {
  DefinitionSet set;
  ParameterOverrides overrides(interner);
  overrides.read(parametersJson, reader, set.problems);
  ValueTree tree(&interner);
  const JsonError error = reader.read(json, kMaxDefinitionJsonDepth, tree);
  if (error != JsonError::kNone) {
    set.problems.push_back(jsonProblem(error, "The segments"));
    return set;
  }

  ProblemList problems;
  const Place root(*tree.root());
  const std::vector<std::string_view> texts = definitionTexts(json);
  const bool isList = root.type() == ValueType::kArray;
  std::vector<ReadDefinition> segments(isList ? texts.size() : 1);
  if (isList) {
    size_t index = 0;
    for (const ValueNode& entry : ValueChildren(&root.node())) {
      readDefinition(Place(root, index, entry), texts[index].size(), interner, overrides, zones,
                     problems, segments[index]);
      ++index;
    }
  } else {
    readDefinition(root, texts.front().size(), interner, overrides, zones, problems,
                   segments.front());
  }
  if (segments.size() > kMaxSegments) {
    problems.add(
        &root.node(), "", ProblemCode::kTooManySegments,
        sentence("There are % segments, but only % are allowed.", {segments.size(), kMaxSegments}));
  }
  const auto isBefore = [&segments](size_t left, size_t right) {
    return segments[left].definition.id < segments[right].definition.id;
  };
  const std::vector<size_t> byId = sortedOrder(segments.size(), isBefore);
  std::vector<size_t> dependencyOrder = orderSegments(segments, byId, problems);
  problems.moveTo(set.problems);
  overrides.finish(undeclared, set.problems);
  if (hasErrors(set.problems)) {
    return set;
  }
  set.dependencyOrder = std::move(dependencyOrder);
  set.places = byId;
  set.definitions.reserve(segments.size());
  for (const size_t index : byId) {
    Definition& definition = segments[index].definition;
    definition.hash = definitionHash(*segments[index].node, overrides, interner);
    set.definitions.push_back(std::move(definition));
  }
  return set;
}

}  // namespace fosterflow

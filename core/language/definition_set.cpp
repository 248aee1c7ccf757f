#include "language/definition_set.h"

#include <algorithm>

#include "language/canonical_definition.h"
#include "language/definition_reader.h"
#include "language/definition_size.h"
#include "language/json_problem.h"
#include "language/limits.h"
#include "language/parameters.h"
#include "language/place.h"
#include "language/problem_list.h"
#include "language/segment_graph.h"
#include "language/wording.h"

namespace fosterflow {

namespace {

void sortById(std::vector<ReadDefinition>& segments) {
  std::vector<size_t> order(segments.size());
  for (size_t index = 0; index < order.size(); ++index) {
    order[index] = index;
  }
  std::sort(order.begin(), order.end(), [&segments](size_t left, size_t right) {
    const int compared = segments[left].definition.id.compare(segments[right].definition.id);
    return compared != 0 ? compared < 0 : left < right;
  });
  std::vector<ReadDefinition> sorted;
  sorted.reserve(segments.size());
  for (const size_t index : order) {
    sorted.push_back(std::move(segments[index]));
  }
  segments = std::move(sorted);
}

}  // namespace

DefinitionSet checkDefinitions(std::string_view json, std::string_view parametersJson,
                               Interner& interner, JsonReader& reader, ZoneRegistry& zones) {
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
  const std::vector<size_t> sizes = definitionSizes(json);
  std::vector<ReadDefinition> segments;
  if (root.type() < ValueType::kArray) {
    problems.add(root, ProblemCode::kWrongType,
                 wrongTypeSentence(root.subject(), "a segment or a list of segments", root.type()));
  } else if (root.type() == ValueType::kObject) {
    segments.push_back(readDefinition(root, sizes.empty() ? 0 : sizes.front(), interner, overrides,
                                      zones, problems));
  } else {
    for (const ValueNode& entry : ValueChildren(&root.node())) {
      const size_t index = segments.size();
      segments.push_back(readDefinition(Place(root, index, entry),
                                        index < sizes.size() ? sizes[index] : 0, interner,
                                        overrides, zones, problems));
    }
  }
  if (segments.size() > kMaxSegments) {
    problems.add(root, ProblemCode::kTooManySegments,
                 joined({"There are ", std::to_string(segments.size()), " segments, but only ",
                         std::to_string(kMaxSegments), " are allowed."}));
  }
  sortById(segments);
  set.dependencyOrder = orderSegments(segments, problems);
  problems.moveTo(set.problems);
  overrides.finish(set.problems);
  if (hasErrors(set.problems)) {
    set.dependencyOrder.clear();
    return set;
  }
  set.definitions.reserve(segments.size());
  for (ReadDefinition& segment : segments) {
    segment.definition.hash = definitionHash(*segment.node, overrides, interner);
    set.definitions.push_back(std::move(segment.definition));
  }
  return set;
}

}  // namespace fosterflow

#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "language/definition_set.h"
#include "plan/plan.h"

namespace fosterflow {

/// One segment and those that it depends on: their definitions as written, and a plan of these
/// alone, which decides as that of the whole set does.
struct ExplainedSegment {
  DefinitionSet set;
  ConditionNodes nodes;
  std::shared_ptr<const Plan> plan;
  size_t index = 0;  ///< of the segment in the set and in the plan

  [[nodiscard]] const Definition& definition() const { return set.definitions[index]; }
  /// The place of a segment of the set, by its id.
  [[nodiscard]] size_t find(std::string_view id) const;
};

/// Makes it from a set that was accepted: `plan` is that of the whole, `texts` the text of each
/// definition (language/definition_texts.h) by the segments of the plan, `parameters` the JSON of
/// the overrides. nullptr only when something is refused that was accepted before. O(the texts of
/// the segments concerned).
std::unique_ptr<const ExplainedSegment> explainedSegment(const Plan& plan, uint32_t segment,
                                                         const std::vector<std::string_view>& texts,
                                                         std::string_view parameters,
                                                         Interner& interner, JsonReader& reader,
                                                         ZoneRegistry& zones);

}  // namespace fosterflow

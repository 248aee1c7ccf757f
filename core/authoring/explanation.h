#pragma once

#include <cstddef>
#include <string>

#include "authoring/catalogue.h"
#include "authoring/explained_segment.h"
#include "contact/contact.h"

namespace fosterflow {

/// Instants looked at to find when conditions change by time alone. More are only needed by many
/// conditions over many events; the explanation then says up to when it has looked.
inline constexpr size_t kMaxInstantsLookedAt = 20'000;
/// Conditions of nested segments shown, all together; the segment's own are all shown.
inline constexpr size_t kMaxNestedConditions = 1'000;
/// Nesting of conditions shown, those of nested segments counted on.
inline constexpr uint32_t kMaxShownDepth = 40;
/// Bytes of an explanation from which on no more events are shown, only their numbers.
inline constexpr size_t kMaxBytesWithEvents = 2'097'152;

/// Appends, as JSON, why a contact is in a segment at an instant or is not: the tree of the rule as
/// written (bindings/javascript/explanation_types.ts has its shape). Decided as everything is, by
/// an Evaluator at `at`: only events are compared with it; attributes, channels, lists and aliases
/// are those of now. O(history × conditions + instants looked at × (what is due + conditions that
/// have not changed yet)).
void appendExplanation(std::string& out, const ExplainedSegment& segment, const Contact& contact,
                       Instant at, ZoneRegistry& zones, const Catalogue& catalogue);

}  // namespace fosterflow

#pragma once

#include <cstddef>
#include <vector>

#include "language/definition_reader.h"
#include "language/problem_list.h"

namespace fosterflow {

/// Checks how the segments of a set use each other: that ids are distinct, that those used exist,
/// that none uses itself by a detour, and that chains are short. `byId` holds the positions of the
/// segments sorted by id. Returns their dependency order, as positions in `byId`: a segment after
/// those it uses.
std::vector<size_t> orderSegments(const std::vector<ReadDefinition>& segments,
                                  const std::vector<size_t>& byId, ProblemList& problems);

}  // namespace fosterflow

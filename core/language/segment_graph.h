#pragma once

#include <cstddef>
#include <vector>

#include "language/definition_reader.h"
#include "language/problem_list.h"

namespace fosterflow {

/// Checks how the segments of a set use each other: that ids are distinct, that those used exist,
/// that none uses itself by a detour, and that chains are short. `segments` are sorted by id, those
/// with one id in the order of the text. Returns their order: a segment after those that it uses.
std::vector<size_t> orderSegments(const std::vector<ReadDefinition>& segments,
                                  ProblemList& problems);

}  // namespace fosterflow

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "language/definition.h"
#include "language/parameters.h"
#include "language/place.h"
#include "language/problem_list.h"
#include "language/reading.h"
#include "time/zone.h"
#include "values/interner.h"

namespace fosterflow {

/// A definition as far as it can be read without looking at the others of its set.
struct ReadDefinition {
  Definition definition;
  std::vector<SegmentReference> references;
  const ValueNode* node = nullptr;
  std::string idPointer;
};

/// Reads the definition at `place`, whose text has `byteCount` bytes, into `out`, which is new.
void readDefinition(const Place& place, size_t byteCount, Interner& interner,
                    ParameterOverrides& overrides, ZoneRegistry& zones, ProblemList& problems,
                    ReadDefinition& out);

}  // namespace fosterflow

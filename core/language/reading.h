#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "language/limits.h"
#include "language/parameters.h"
#include "language/place.h"
#include "language/problem_list.h"
#include "time/zone.h"
#include "values/interner.h"

namespace fosterflow {

/// A use of another segment, to be looked up when all are known.
struct SegmentReference {
  std::string segment;
  std::string pointer;
  const ValueNode* node = nullptr;
};

/// What the readers of one definition share.
struct Reading {
  Interner* interner = nullptr;
  ProblemList* problems = nullptr;
  ParameterOverrides* overrides = nullptr;
  std::string segment;  ///< the id, for sentences about overrides
  Parameters parameters;
  const Zone* zone = nullptr;  ///< nullptr: each contact's own
  uint32_t conditions = 0;     ///< conditions, filters and steps so far
  std::vector<SegmentReference> references;

  [[nodiscard]] std::string_view text(const ValueNode& node) const {
    return interner->text(node.text);
  }

  void report(const Place& place, ProblemCode code, std::string message,
              Severity severity = Severity::kError) const {
    problems->add(place, code, std::move(message), severity);
  }

  /// Counts a condition, filter or step. False when it is one too many: it is checked, but not
  /// kept.
  bool countCondition() { return ++conditions <= kMaxConditions; }

  /// False (and reported) when `depth` is too deep to look at the condition or filter at `place`.
  bool checkDepth(const Place& place, uint32_t depth) const;
};

}  // namespace fosterflow

#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "language/limits.h"
#include "language/parameters.h"
#include "language/place.h"
#include "language/problem_list.h"
#include "language/wording.h"
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

  /// Reports a sentence (wording.h) about the value at `place`.
  void report(const Place& place, ProblemCode code, std::string_view form,
              std::initializer_list<SentencePart> parts = {}) const;

  /// `<the value> must be <expectation>.`
  void reportUnexpected(const Place& place, ProblemCode code, std::string_view expectation) const;

  /// `<the value> must be <expectation>, but it is <its type>.`
  void reportType(const Place& place, std::string_view expectation,
                  ProblemCode code = ProblemCode::kWrongType) const;

  /// `<the value> must have exactly one of the keys <keys>.`
  void reportKeys(const Place& place, ProblemCode code, std::string_view keys) const;

  /// Reports a list that must have an entry.
  void reportEmptyList(const Place& place) const;

  /// Reports the text at `place` as none of `names`, which are separated by spaces.
  void reportUnknown(const Place& place, ProblemCode code, std::string_view what,
                     std::string_view given, std::string_view names) const;

  /// Warns that no event can ever be in the span at `place`.
  void warnOfEmptyWindow(const Place& place) const;

  /// Counts a condition, filter or step. False when it is one too many: it is checked, but not
  /// kept.
  bool countCondition() { return ++conditions <= kMaxConditions; }

  /// False (and reported) when `depth` is too deep to look at the condition or filter at `place`.
  [[nodiscard]] bool checkDepth(const Place& place, uint32_t depth) const;
};

}  // namespace fosterflow

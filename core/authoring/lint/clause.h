#pragma once

#include <string>
#include <vector>

#include "authoring/document.h"
#include "authoring/lint/value_set.h"
#include "language/definition.h"

namespace fosterflow {

enum class Truth : uint8_t { kFalse, kTrue, kUnknown };

inline Truth opposite(Truth truth) {
  if (truth == Truth::kUnknown) return truth;
  return truth == Truth::kTrue ? Truth::kFalse : Truth::kTrue;
}

/// A condition or property filter as it is reasoned about: with its negations pushed down to the
/// leaves, each of which holds when a value of its subject is in a set.
struct Clause {
  enum class Kind : uint8_t { kLeaf, kAll, kAny };

  Kind kind = Kind::kLeaf;
  std::string path;        ///< JSON Pointer of what it is made of
  bool isNegated = false;  ///< it holds when what it is made of, as written, does not
  std::string normal;      ///< its normal form: equal ones hold together
  std::vector<Clause> children;
  // What it is made of: one of them.
  const Condition* condition = nullptr;
  const PropertyFilter* filter = nullptr;

  // Leaves.
  std::string subject;    ///< what is observed: leaves with one subject observe the same value
  ValueSet universe;      ///< what can be observed at all
  bool isWhole = false;   ///< only whole numbers can be
  HoldingValues holding;  ///< within the universe
  Truth onNothing = Truth::kUnknown;  ///< for a contact of whom nothing is known
  const Metric* counted = nullptr;    ///< when the subject is how many of some events there are
  std::string countedWhere;           ///< normal forms of what picks them
  std::string countedWindow;
};

/// Makes the clause of a checked condition; `document` is the same as it was written. Both must
/// outlive it.
Clause clauseOf(const Condition& condition, const Document& document, std::string path,
                const Interner& interner);

/// The same of a property filter.
Clause clauseOf(const PropertyFilter& filter, const Document& document, std::string path,
                const Interner& interner);

/// Whether the filter lets no event pass, as far as that can be told.
bool isNeverPassed(const PropertyFilter& filter, const Document& document,
                   const Interner& interner);

/// Whether a leaf holds whatever is observed, or never.
Truth truthOf(const Clause& clause);

}  // namespace fosterflow

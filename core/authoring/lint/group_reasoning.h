#pragma once

#include <vector>

#include "authoring/lint/clause.h"

namespace fosterflow {

/// What was found out about clauses.
struct Conclusion {
  enum class Kind : uint8_t {
    kNever,       ///< it never holds
    kAlways,      ///< it always holds
    kExclusive,   ///< a group's members exclude each other: it never holds
    kExhaustive,  ///< one of a group's members always holds: it always does
    kDuplicate,   ///< it holds when a member of its group does that stands before
    kRedundant,   ///< without it, its group holds for the same contacts
  };
  Kind kind = Kind::kNever;
  const Clause* clause = nullptr;
  std::vector<const Clause*> related;  ///< the others that are the reason
};

/// Finds out what follows from the values that the leaves observe: sound, that is, what it
/// concludes is so by the law, but not complete. `conclusions` (nullptr: not wanted) are about the
/// clauses, whose negation is not that of what they are made of. The outcome is about `clause` as a
/// whole.
Truth reasonAbout(const Clause& clause, std::vector<Conclusion>* conclusions);

}  // namespace fosterflow

#pragma once

#include <string>
#include <vector>

#include "authoring/document.h"
#include "language/problem.h"

namespace fosterflow {

/// Turns a query of react-querybuilder (its RuleGroupType, also with independent combinators) into
/// a condition over attributes: a field is the dotted path of an attribute. What cannot be said
/// goes to `problems`, with its place in the query; then the outcome means nothing. Queries nest
/// to 32.
Document conditionOfQuery(const Document& query, std::vector<Problem>& problems);

/// The other way round: conditions over attributes, all, any and none of them. Parameters are put
/// in with their values of `parameters` (nullptr: there are none).
Document queryOfCondition(const Document& condition, const Document* parameters,
                          std::vector<Problem>& problems);

}  // namespace fosterflow

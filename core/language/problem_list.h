#pragma once

#include <string>
#include <vector>

#include "language/problem.h"
#include "values/value.h"

namespace fosterflow {

/// Collects the problems of one JSON text while its readers look at it in any order. Keeps
/// kMaxProblems of them, and at least one error if there is any.
class ProblemList {
 public:
  /// Reports a problem of the value `node`, which stands at `pointer`.
  void add(const ValueNode* node, std::string pointer, ProblemCode code, std::string message,
           Severity severity = Severity::kError);

  /// Appends the problems to `out` in the order of the text, and forgets them.
  void moveTo(std::vector<Problem>& out);

 private:
  std::vector<Problem> problems_;
  std::vector<const ValueNode*> nodes_;  // of each problem: nodes ascend as the text does
  bool hasErrors_ = false;
};

}  // namespace fosterflow

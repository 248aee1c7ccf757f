#pragma once

#include <string>
#include <vector>

#include "contact/message.h"
#include "language/problem.h"
#include "plan/plan.h"

namespace fosterflow {

/// Something to tell about a line of messages: a refusal, or that properties were cut.
struct LineNotice {
  uint64_t line = 0;
  Refusal refusal =
      Refusal::kNone;  ///< kNone: the message was taken, but not all of its properties
};

/// Appends {"refused":[…],"warnings":[…]}.
void appendNotices(std::string& out, const std::vector<LineNotice>& notices);

/// Appends an array of problems.
void appendProblems(std::string& out, const std::vector<Problem>& problems);

/// Appends {"added":[…],"updated":[…],"removed":[…]}: how `after` differs from `before` (nullptr:
/// nothing before).
void appendChanged(std::string& out, const Plan* before, const Plan& after);

/// Appends the array of the plan's segments with what each reads and who uses it.
void appendSegments(std::string& out, const Plan& plan);

}  // namespace fosterflow

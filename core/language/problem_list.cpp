#include "language/problem_list.h"

#include <utility>

#include "language/limits.h"
#include "values/sorted_order.h"

namespace fosterflow {

void ProblemList::add(const ValueNode* node, std::string pointer, ProblemCode code,
                      std::string message, Severity severity) {
  const bool isFirstError = severity == Severity::kError && !hasErrors_;
  hasErrors_ = hasErrors_ || isFirstError;
  if (problems_.size() >= kMaxProblems) {
    if (!isFirstError) {
      return;
    }
    // An error must be told, whatever number of warnings came before.
    problems_.pop_back();
    nodes_.pop_back();
  }
  problems_.push_back({std::move(pointer), code, severity, std::move(message)});
  nodes_.push_back(node);
}

void ProblemList::moveTo(std::vector<Problem>& out) {
  const auto isBefore = [this](size_t left, size_t right) { return nodes_[left] < nodes_[right]; };
  out.reserve(out.size() + problems_.size());
  for (const size_t index : sortedOrder(problems_.size(), isBefore)) {
    out.push_back(std::move(problems_[index]));
  }
  problems_.clear();
  nodes_.clear();
}

}  // namespace fosterflow

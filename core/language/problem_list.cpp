#include "language/problem_list.h"

#include <algorithm>
#include <utility>

#include "language/limits.h"

namespace fosterflow {

void ProblemList::add(const Place& place, ProblemCode code, std::string message,
                      Severity severity) {
  add(&place.node(), place.pointer(), code, std::move(message), severity);
}

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
  const ValueNode* first =
      nodes_.empty() ? nullptr : *std::min_element(nodes_.begin(), nodes_.end());
  // Place in the text above, order of discovery below: one integer sorts by both.
  std::vector<unsigned long long> order;
  order.reserve(nodes_.size());
  for (size_t index = 0; index < nodes_.size(); ++index) {
    order.push_back(static_cast<unsigned long long>(nodes_[index] - first) << 20 | index);
  }
  std::sort(order.begin(), order.end());
  for (const unsigned long long entry : order) {
    out.push_back(std::move(problems_[entry & 0xF'FFFF]));
  }
  problems_.clear();
  nodes_.clear();
}

}  // namespace fosterflow

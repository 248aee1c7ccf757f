#include <algorithm>
#include <numeric>

#include "contact/evaluator.h"
#include "contact/leaf_answers.h"
#include "plan/distinct.h"

namespace fosterflow {

Instant Evaluator::nextNodeChanges(Instant horizon, size_t maxSteps,
                                   std::vector<Instant>& changes) {
  const Instant before = now_;
  const std::vector<uint8_t> truthsBefore = truths_;
  changes.assign(truths_.size(), kNever);
  std::vector<uint32_t> pending(truths_.size());
  std::iota(pending.begin(), pending.end(), 0U);
  std::vector<TimedIndex> moved;
  Instant lookedUntil = horizon;
  for (size_t step = 0; !pending.empty() && schedule_.earliest() <= horizon; ++step) {
    if (step == maxSteps) {
      // Nothing changes before the next wake.
      lookedUntil = schedule_.earliest() - 1;
      break;
    }
    now_ = schedule_.earliest();
    while (schedule_.earliest() <= now_) {
      moved.push_back(schedule_.first());
      refreshTimed(schedule_.first());
    }
    if (touched_.empty()) continue;
    settle();
    const auto hasChanged = [&](uint32_t node) {
      if (truths_[node] == truthsBefore[node]) return false;
      changes[node] = now_;
      return true;
    };
    pending.erase(std::remove_if(pending.begin(), pending.end(), hasChanged), pending.end());
  }
  now_ = before;
  sortDistinct(moved);
  for (const TimedIndex timed : moved) refreshTimed(timed);
  settle();
  return lookedUntil;
}

std::optional<double> Evaluator::numberOf(const CompiledExpression& expression) const {
  return evaluate(expression, [this](const CompiledExpression& part, ValueNode& storage) {
    return valueOf(part, storage);
  });
}

}  // namespace fosterflow

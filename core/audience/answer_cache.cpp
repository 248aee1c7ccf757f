#include "audience/answer_cache.h"

#include <algorithm>
#include <vector>

namespace fosterflow {

Answer& AnswerCache::answer(const std::string& key, uint32_t slots,
                            const std::shared_ptr<const Plan>& plan) {
  Answer& answer = answers_[key];
  answer.known.extend(slots);
  answer.truth.extend(slots);
  if (answer.plan == nullptr) answer.plan = plan;
  answer.lastUse = ++use_;
  return answer;
}

const Answer* AnswerCache::find(const std::string& key) const {
  const auto entry = answers_.find(key);
  return entry == answers_.end() ? nullptr : &entry->second;
}

void AnswerCache::trim() {
  size_t bytes = 0;
  std::vector<uint64_t> uses;
  for (const auto& [key, answer] : answers_) {
    bytes += answer.known.words().size() * 16;
    uses.push_back(answer.lastUse);
  }
  if (bytes <= kMaxBytes && uses.size() <= kMaxAnswers) return;
  // The newer half stays: rarely, and without a list to keep in order.
  std::nth_element(uses.begin(), uses.begin() + static_cast<std::ptrdiff_t>(uses.size() / 2),
                   uses.end());
  const uint64_t oldest = uses[uses.size() / 2];
  std::erase_if(answers_, [oldest](const auto& entry) { return entry.second.lastUse < oldest; });
}

}  // namespace fosterflow

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>

#include "audience/bitmap.h"
#include "plan/plan.h"

namespace fosterflow {

/// What a condition answers of the slots that it was asked about.
struct Answer {
  Bitmap known;
  Bitmap truth;                      ///< a subset of `known`
  std::shared_ptr<const Plan> plan;  ///< keeps the symbols in the key alive
  uint64_t lastUse = 0;
};

/// The answers of conditions at instants, so that what an edit leaves as it is need not be asked
/// again. Slots never change, so answers stay true until the store gives out new ones.
class AnswerCache {
 public:
  /// The answer kept for a key, which may know nothing yet, sized for `slots`. Valid until the next
  /// `trim`.
  Answer& answer(const std::string& key, uint32_t slots, const std::shared_ptr<const Plan>& plan);
  /// nullptr: nothing is kept.
  [[nodiscard]] const Answer* find(const std::string& key) const;
  /// Forgets what was not used for longest, until the rest takes at most `kMaxBytes`.
  void trim();
  void clear() { answers_.clear(); }
  [[nodiscard]] size_t size() const { return answers_.size(); }

  static constexpr size_t kMaxBytes = 96 * 1'048'576;
  static constexpr size_t kMaxAnswers = 1024;

 private:
  std::unordered_map<std::string, Answer> answers_;
  uint64_t use_ = 0;
};

}  // namespace fosterflow

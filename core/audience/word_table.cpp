#include "audience/word_table.h"

#include <algorithm>
#include <utility>

#include "plan/predicate.h"

namespace fosterflow {

void WordTable::stage(uint32_t id, Instant time, const ValueNode& value) {
  staged_.push_back({id, dictionary_.codeOf(value), time});
}

void WordTable::append(uint32_t slot, Instant time, const ValueNode& value) {
  words_.push_back({slot, dictionary_.codeOf(value), time});
}

const WordTable::Word* WordTable::find(uint32_t slot) const {
  const auto place =
      std::lower_bound(words_.begin(), words_.end(), slot,
                       [](const Word& word, uint32_t wanted) { return word.slot < wanted; });
  return place != words_.end() && place->slot == slot ? &*place : nullptr;
}

bool WordTable::counts(const Word& word, const Word& other) const {
  if (word.time != other.time) return word.time > other.time;
  if (word.code == other.code) return false;
  const int order = compareValues(valueOf(word), valueOf(other), *interner_);
  return tie_ == Tie::kLarger ? order > 0 : order < 0;
}

void WordTable::regroup(const std::vector<uint32_t>& slotOfId,
                        const std::vector<uint32_t>& slotOfOldSlot) {
  std::vector<Word> words;
  words.reserve(words_.size() + staged_.size());
  const auto add = [&words](Word word, uint32_t slot) {
    if (slot == kNoIndex) return;
    word.slot = slot;
    words.push_back(word);
  };
  for (const Word& word : words_) add(word, slotOfOldSlot[word.slot]);
  for (size_t index = 0; index < staged_.size(); ++index) {
    add(staged_[index], slotOfId[staged_[index].slot]);
  }
  words_ = {};
  staged_.clear();
  const auto isBefore = [](const Word& left, const Word& right) { return left.slot < right.slot; };
  if (!std::is_sorted(words.begin(), words.end(), isBefore)) {
    std::sort(words.begin(), words.end(), isBefore);
  }
  size_t kept = 0;
  for (const Word& word : words) {
    if (kept > 0 && words[kept - 1].slot == word.slot) {
      if (counts(word, words[kept - 1])) words[kept - 1] = word;
    } else {
      words[kept++] = word;
    }
  }
  words.resize(kept);
  words.shrink_to_fit();
  words_ = std::move(words);
}

}  // namespace fosterflow

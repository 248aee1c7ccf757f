#pragma once

#include <cstdint>
#include <vector>

#include "audience/chunked_array.h"
#include "audience/value_dictionary.h"
#include "time/instant.h"

namespace fosterflow {

/// What was last said of one subject (a trait's path, a channel, a list) about each contact that
/// something was said about.
class WordTable {
 public:
  /// Which of two values counts that were said at one time: the larger for traits, the smaller,
  /// false, for channels and lists.
  enum class Tie : uint8_t { kLarger, kSmaller };

  struct Word {
    uint32_t slot = 0;
    uint32_t code = 0;  ///< of `dictionary`
    Instant time = 0;
  };

  WordTable(Interner* interner, Tie tie) : interner_(interner), tie_(tie), dictionary_(interner) {}

  void stage(uint32_t id, Instant time, const ValueNode& value);
  void dropStaged() { staged_.clear(); }
  [[nodiscard]] size_t stagedCount() const { return staged_.size(); }
  /// Takes in what is staged. `slotOfId` and `slotOfOldSlot` say where contacts are now; kNoIndex:
  /// gone.
  void regroup(const std::vector<uint32_t>& slotOfId, const std::vector<uint32_t>& slotOfOldSlot);
  /// Appends the word of a slot after all others.
  void append(uint32_t slot, Instant time, const ValueNode& value);

  /// Ascending by slot, one a slot.
  [[nodiscard]] const std::vector<Word>& words() const { return words_; }
  [[nodiscard]] const Word* find(uint32_t slot) const;
  [[nodiscard]] const ValueNode* valueOf(const Word& word) const {
    return dictionary_.value(word.code);
  }
  [[nodiscard]] ValueDictionary& dictionary() { return dictionary_; }
  [[nodiscard]] const ValueDictionary& dictionary() const { return dictionary_; }
  [[nodiscard]] size_t bytes() const {
    return words_.capacity() * sizeof(Word) + dictionary_.bytes();
  }
  void restore(std::vector<Word> words) { words_ = std::move(words); }

 private:
  [[nodiscard]] bool counts(const Word& word, const Word& other) const;

  Interner* interner_;
  Tie tie_;
  ValueDictionary dictionary_;
  std::vector<Word> words_;
  ChunkedArray<Word> staged_;  // by id in the place of the slot
};

}  // namespace fosterflow

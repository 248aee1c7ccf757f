#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "values/value.h"

namespace fosterflow {

/// Distinct values, numbered from 1 in the order in which they came; 0 means missing. Two values
/// are one when they are written with the same nodes.
class ValueDictionary {
 public:
  explicit ValueDictionary(Interner* interner) : interner_(interner) {}
  ValueDictionary(const ValueDictionary&) = delete;
  ValueDictionary& operator=(const ValueDictionary&) = delete;
  ~ValueDictionary();

  /// The code of a value, which may be new; its own references are added then. O(nodes).
  uint32_t codeOf(const ValueNode& value);
  /// nullptr for 0.
  [[nodiscard]] const ValueNode* value(uint32_t code) const {
    return code == 0 ? nullptr : values_[code - 1];
  }
  /// How many codes there are, 0 included.
  [[nodiscard]] uint32_t size() const { return static_cast<uint32_t>(values_.size()) + 1; }
  [[nodiscard]] size_t bytes() const {
    return blockNodes_ * sizeof(ValueNode) + values_.capacity() * sizeof(ValueNode*) +
           slots_.capacity() * 4;
  }

 private:
  [[nodiscard]] size_t slotOf(const ValueNode& value) const;
  ValueNode* keep(const ValueNode& value);
  void grow();

  Interner* interner_;
  std::vector<const ValueNode*> values_;
  std::vector<uint32_t> slots_;  // codes; linear probing, a power of two of them; 0: free
  std::vector<std::unique_ptr<ValueNode[]>> blocks_;
  ValueNode* free_ = nullptr;  // in the last block
  size_t freeNodes_ = 0;
  size_t blockNodes_ = 0;
};

}  // namespace fosterflow

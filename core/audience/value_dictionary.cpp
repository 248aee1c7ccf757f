#include "audience/value_dictionary.h"

#include <algorithm>

#include "values/double_bits.h"

namespace fosterflow {

namespace {

constexpr size_t kInitialSlots = 16;
constexpr size_t kFirstBlockNodes = 8;
constexpr size_t kBlockNodes = 1024;
constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15;

uint64_t mixed(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * kMultiplier;
  return hash ^ hash >> 29;
}

size_t hashOf(const ValueNode& value) {
  uint64_t hash = 0;
  const ValueNode* node = &value;
  for (uint32_t index = 0; index < spanOf(value); ++index, ++node) {
    const Symbol key = index == 0 ? kNoSymbol : node->key;
    hash = mixed(hash, static_cast<uint64_t>(node->type) << 32 | key);
    if (node->type == ValueType::kNumber) {
      hash = mixed(hash, bitsOf(node->number));
    } else if (node->type > ValueType::kNumber) {
      hash = mixed(hash, node->text);
    }
  }
  return static_cast<size_t>(hash >> 16);
}

// As written, but for the key that the first node has in what it is part of.
bool isSame(const ValueNode& left, const ValueNode& right) {
  if (left.type != right.type) return false;
  if (left.type == ValueType::kNumber) return bitsOf(left.number) == bitsOf(right.number);
  if (left.type < ValueType::kNumber) return true;
  if (left.text != right.text) return false;
  return left.type == ValueType::kText || sameNodes(&left + 1, &right + 1, left.span - 1);
}

}  // namespace

ValueDictionary::~ValueDictionary() {
  for (const ValueNode* value : values_) releaseNodes(value, spanOf(*value), *interner_);
}

size_t ValueDictionary::slotOf(const ValueNode& value) const {
  const size_t mask = slots_.size() - 1;
  for (size_t slot = hashOf(value) & mask;; slot = (slot + 1) & mask) {
    if (slots_[slot] == 0 || isSame(*values_[slots_[slot] - 1], value)) return slot;
  }
}

uint32_t ValueDictionary::codeOf(const ValueNode& value) {
  if ((values_.size() + 1) * 2 > slots_.size()) grow();
  const size_t slot = slotOf(value);
  if (slots_[slot] == 0) {
    values_.push_back(keep(value));
    slots_[slot] = static_cast<uint32_t>(values_.size());
  }
  return slots_[slot];
}

ValueNode* ValueDictionary::keep(const ValueNode& value) {
  const size_t count = spanOf(value);
  if (count > freeNodes_) {
    freeNodes_ = std::max(count, blocks_.empty() ? kFirstBlockNodes : kBlockNodes);
    blocks_.emplace_back(new ValueNode[freeNodes_]);
    blockNodes_ += freeNodes_;
    free_ = blocks_.back().get();
  }
  ValueNode* kept = free_;
  std::copy(&value, &value + count, kept);
  kept->key = kNoSymbol;
  for (size_t index = 0; index < count; ++index) {
    interner_->retain(kept[index].key);
    if (kept[index].type == ValueType::kText) interner_->retain(kept[index].text);
  }
  free_ += count;
  freeNodes_ -= count;
  return kept;
}

void ValueDictionary::grow() {
  slots_.assign(slots_.empty() ? kInitialSlots : slots_.size() * 2, 0);
  const size_t mask = slots_.size() - 1;
  for (size_t index = 0; index < values_.size(); ++index) {
    size_t slot = hashOf(*values_[index]) & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<uint32_t>(index + 1);
  }
}

}  // namespace fosterflow

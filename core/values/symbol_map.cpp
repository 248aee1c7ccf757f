#include "values/symbol_map.h"

#include <utility>

namespace fosterflow {

namespace {

constexpr size_t kFirstSlots = 8;

// Symbols are handed out in a row; a multiplication spreads them (Knuth's multiplicative hashing).
size_t spread(Symbol key) { return static_cast<size_t>(key * 2'654'435'769U) >> 7; }

}  // namespace

// Where `key` is, or the free slot where it would be.
size_t SymbolMap::slotOf(Symbol key) const {
  const size_t mask = slots_.size() - 1;
  size_t slot = spread(key) & mask;
  while (slots_[slot].key != kNoSymbol && slots_[slot].key != key) slot = (slot + 1) & mask;
  return slot;
}

const uintptr_t* SymbolMap::find(Symbol key) const {
  if (slots_.empty()) return nullptr;
  const Slot& slot = slots_[slotOf(key)];
  return slot.key == kNoSymbol ? nullptr : &slot.value;
}

void SymbolMap::set(Symbol key, uintptr_t value) {
  if ((size_ + 1) * 4 > slots_.size() * 3) grow();
  Slot& slot = slots_[slotOf(key)];
  if (slot.key == kNoSymbol) ++size_;
  slot = {key, value};
}

void SymbolMap::grow() {
  std::vector<Slot> old(slots_.empty() ? kFirstSlots : slots_.size() * 2);
  std::swap(old, slots_);
  for (const Slot& slot : old) {
    if (slot.key != kNoSymbol) slots_[slotOf(slot.key)] = slot;
  }
}

// Closes the gap, so that no marker of deletion is needed: entries that probed past it move up.
void SymbolMap::erase(Symbol key) {
  if (slots_.empty()) return;
  size_t gap = slotOf(key);
  if (slots_[gap].key == kNoSymbol) return;
  const size_t mask = slots_.size() - 1;
  for (size_t next = (gap + 1) & mask; slots_[next].key != kNoSymbol; next = (next + 1) & mask) {
    const size_t home = spread(slots_[next].key) & mask;
    if (((next - home) & mask) < ((next - gap) & mask)) continue;
    slots_[gap] = slots_[next];
    gap = next;
  }
  slots_[gap] = Slot();
  --size_;
}

void SymbolMap::clear() {
  std::vector<Slot>().swap(slots_);  // gives the memory back
  size_ = 0;
}

}  // namespace fosterflow

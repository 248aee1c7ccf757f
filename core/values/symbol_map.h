#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "values/interner.h"

namespace fosterflow {

/// A hash table from symbols to numbers or addresses. Holds no references to its symbols. Smaller
/// in code and memory than the standard's, of which every value type makes another.
class SymbolMap {
 public:
  /// The value of `key`, or nullptr; valid until the next change.
  [[nodiscard]] const uintptr_t* find(Symbol key) const;
  /// Sets the value of `key` (not kNoSymbol), which may be new.
  void set(Symbol key, uintptr_t value);
  /// Forgets `key`, which may be unknown.
  void erase(Symbol key);
  void clear();
  [[nodiscard]] size_t size() const { return size_; }

 private:
  struct Slot {
    Symbol key = kNoSymbol;  // kNoSymbol: free
    uintptr_t value = 0;
  };
  [[nodiscard]] size_t slotOf(Symbol key) const;
  void grow();

  std::vector<Slot> slots_;  // linear probing, a power of two of them
  size_t size_ = 0;
};

}  // namespace fosterflow

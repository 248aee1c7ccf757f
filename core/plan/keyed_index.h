#pragma once

#include <cstdint>
#include <string_view>

#include "values/interner.h"
#include "values/symbol_map.h"

namespace fosterflow {

/// Finds the part of a plan that has a key, so that equal parts are one.
class KeyedIndex {
 public:
  /// The index known for `key`; else records `next` and says that the part is new.
  uint32_t indexOf(std::string_view key, size_t next, bool& isNew) {
    const Symbol symbol = keys_.intern(key);
    const uintptr_t* known = indices_.find(symbol);
    isNew = known == nullptr;
    if (!isNew) return static_cast<uint32_t>(*known);
    indices_.set(symbol, next);
    return static_cast<uint32_t>(next);
  }

 private:
  Interner keys_;
  SymbolMap indices_;
};

}  // namespace fosterflow

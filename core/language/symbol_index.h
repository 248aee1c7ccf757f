#pragma once

#include <cstddef>
#include <vector>

#include "values/value.h"

namespace fosterflow {

/// Finds the members of an object by their keys.
class SymbolIndex {
 public:
  static constexpr size_t kNone = SIZE_MAX;

  /// Indexes the members of `object`, which must outlive this.
  void build(const ValueNode& object);

  [[nodiscard]] size_t size() const { return members_.size(); }
  [[nodiscard]] const ValueNode& member(size_t position) const { return *members_[position]; }

  /// The position of the member with this key, or kNone. O(log members).
  [[nodiscard]] size_t find(Symbol key) const;

 private:
  std::vector<const ValueNode*> members_;  // by key
};

}  // namespace fosterflow

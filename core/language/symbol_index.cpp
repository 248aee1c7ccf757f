#include "language/symbol_index.h"

#include "values/sorted_order.h"

namespace fosterflow {

void SymbolIndex::build(const ValueNode& object) {
  std::vector<const ValueNode*> members;
  for (const ValueNode& member : ValueChildren(&object)) {
    members.push_back(&member);
  }
  const auto isBefore = [&members](size_t left, size_t right) {
    return members[left]->key < members[right]->key;
  };
  members_.clear();
  for (const size_t position : sortedOrder(members.size(), isBefore)) {
    members_.push_back(members[position]);
  }
}

size_t SymbolIndex::find(Symbol key) const {
  size_t first = 0;
  size_t end = members_.size();
  while (first < end) {
    const size_t middle = first + (end - first) / 2;
    if (members_[middle]->key == key) {
      return middle;
    }
    if (members_[middle]->key < key) {
      first = middle + 1;
    } else {
      end = middle;
    }
  }
  return kNone;
}

}  // namespace fosterflow

#pragma once

#include <cstddef>
#include <vector>

namespace fosterflow {

/// Says whether the entry at one position comes before that at another.
using IsBefore = bool (*)(const void* context, size_t left, size_t right);

/// The positions 0 … `count` − 1 sorted; those that are neither before each other keep their order.
/// O(count × log count). One function for all: an instance of std::sort for each type weighs more.
std::vector<size_t> sortedOrder(size_t count, const void* context, IsBefore isBefore);

template <class Callable>
std::vector<size_t> sortedOrder(size_t count, const Callable& isBefore) {
  return sortedOrder(count, &isBefore, [](const void* context, size_t left, size_t right) {
    return (*static_cast<const Callable*>(context))(left, right);
  });
}

}  // namespace fosterflow

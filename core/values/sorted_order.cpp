#include "values/sorted_order.h"

#include <algorithm>

namespace fosterflow {

std::vector<size_t> sortedOrder(size_t count, const void* context, IsBefore isBefore) {
  std::vector<size_t> order(count);
  for (size_t position = 0; position < count; ++position) {
    order[position] = position;
  }
  // Merges runs of growing length; most texts come sorted, or nearly so.
  std::vector<size_t> merged(count);
  for (size_t length = 1; length < count; length *= 2) {
    for (size_t start = 0; start < count; start += 2 * length) {
      const size_t middle = std::min(start + length, count);
      const size_t end = std::min(middle + length, count);
      size_t left = start;
      size_t right = middle;
      for (size_t out = start; out < end; ++out) {
        const bool takesRight =
            left == middle || (right < end && isBefore(context, order[right], order[left]));
        merged[out] = order[takesRight ? right++ : left++];
      }
    }
    order.swap(merged);
  }
  return order;
}

}  // namespace fosterflow

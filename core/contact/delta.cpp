#include "contact/delta.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "values/sorted_order.h"

namespace fosterflow {

void sortDeltas(std::vector<Delta>& deltas, size_t first) {
  Delta* unsorted = deltas.data() + first;
  const std::vector<size_t> order =
      sortedOrder(deltas.size() - first, [unsorted](size_t left, size_t right) {
        const auto rank = [](const Delta& delta) {
          return std::tuple(delta.at, delta.contact.text(), delta.sequence);
        };
        return rank(unsorted[left]) < rank(unsorted[right]);
      });
  std::vector<Delta> sorted;
  sorted.reserve(order.size());
  for (const size_t position : order) sorted.push_back(std::move(unsorted[position]));
  std::move(sorted.begin(), sorted.end(), unsorted);
}

}  // namespace fosterflow

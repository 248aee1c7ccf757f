#include "language/name_list.h"

#include <utility>

#include "values/sorted_order.h"

namespace fosterflow {

void sortNames(std::vector<std::string>& names) {
  const auto isBefore = [&names](size_t left, size_t right) { return names[left] < names[right]; };
  std::vector<std::string> sorted;
  sorted.reserve(names.size());
  for (const size_t position : sortedOrder(names.size(), isBefore)) {
    if (sorted.empty() || sorted.back() != names[position]) {
      sorted.push_back(std::move(names[position]));
    }
  }
  names = std::move(sorted);
}

}  // namespace fosterflow

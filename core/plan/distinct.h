#pragma once

#include <cstdint>
#include <vector>

namespace fosterflow {

/// Sorts indices ascending and leaves each once.
void sortDistinct(std::vector<uint32_t>& indices);

}  // namespace fosterflow

#pragma once

#include <string>
#include <vector>

namespace fosterflow {

/// Sorts names by code point, and drops those that come twice.
void sortNames(std::vector<std::string>& names);

}  // namespace fosterflow

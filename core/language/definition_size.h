#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace fosterflow {

/// The bytes that each definition takes in `json`, which is valid: of each entry if it is a list,
/// else of the whole. White space around them does not count. One pass.
std::vector<size_t> definitionSizes(std::string_view json);

}  // namespace fosterflow

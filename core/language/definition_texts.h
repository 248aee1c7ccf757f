#pragma once

#include <string_view>
#include <vector>

namespace fosterflow {

/// The text of each definition in `json`, which is valid: of each entry if it is a list, else the
/// whole. White space around them does not count. One pass.
std::vector<std::string_view> definitionTexts(std::string_view json);

}  // namespace fosterflow

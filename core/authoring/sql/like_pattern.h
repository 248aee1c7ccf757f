#pragma once

#include <string>
#include <string_view>

namespace fosterflow {

/// A pattern of `like` as SQL's LIKE has it: `%` any run of characters, `_` one; `escape` makes the
/// next of these three itself.
std::string likePattern(std::string_view pattern, char escape);

}  // namespace fosterflow

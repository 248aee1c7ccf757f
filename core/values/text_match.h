#pragma once

#include <string_view>

namespace fosterflow {

/// The pattern of `like`: `*` any run of code points, `?` one code point, `\` makes the next
/// character itself (a trailing lone `\` is itself). The whole text must match. O(text × stars) at
/// worst, no recursion.
bool matchesLike(std::string_view text, std::string_view pattern);

}  // namespace fosterflow

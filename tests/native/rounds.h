#pragma once

#include <algorithm>

namespace fosterflow {

/// How many times slower than natively a test may take to be: sanitizers in WebAssembly are.
#ifdef __EMSCRIPTEN__
inline constexpr int kSlowness = 5;  // odd, so that strides of it meet every byte of a word
#else
inline constexpr int kSlowness = 1;
#endif

/// How often a test repeats, or how large its input is: less in WebAssembly, and at least once.
constexpr int rounds(int count) { return std::max(count / kSlowness, 1); }

}  // namespace fosterflow

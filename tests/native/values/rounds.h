#pragma once

namespace fosterflow {

/// How often a random test repeats: less often in WebAssembly, where sanitizers are slow.
constexpr int rounds(int count) {
#ifdef __EMSCRIPTEN__
  return count / 20;
#else
  return count;
#endif
}

}  // namespace fosterflow

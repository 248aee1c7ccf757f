// Emscripten 3.1.6 brings clang 14 with the C++ library of LLVM 13, which has no std::bit_cast yet.
// CMake includes this before every source file of a WebAssembly build.
#pragma once

#include <bit>

#ifndef __cpp_lib_bit_cast

namespace std {

template <typename To, typename From>
[[nodiscard]] constexpr To bit_cast(const From& from) noexcept {
  static_assert(sizeof(To) == sizeof(From));
  return __builtin_bit_cast(To, from);
}

}  // namespace std

#endif

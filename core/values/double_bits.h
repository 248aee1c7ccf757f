#pragma once

#include <cstdint>

namespace fosterflow {

// std::bit_cast, which the C++ library of the oldest supported Emscripten lacks.

/// The IEEE 754 bits of a double.
inline uint64_t bitsOf(double number) { return __builtin_bit_cast(uint64_t, number); }

/// The double with these bits.
inline double doubleOf(uint64_t bits) { return __builtin_bit_cast(double, bits); }

}  // namespace fosterflow

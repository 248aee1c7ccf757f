#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace fosterflow {

/// SHA-256 (FIPS 180-4) of `bytes`.
std::array<uint8_t, 32> sha256(std::string_view bytes);

/// The first `digits` (up to 64) lowercase hexadecimal digits of SHA-256 of `bytes`.
std::string sha256Hex(std::string_view bytes, size_t digits);

}  // namespace fosterflow

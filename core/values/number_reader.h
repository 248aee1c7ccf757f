#pragma once

#include <cstdint>
#include <string_view>

namespace fosterflow {

enum class NumberError : uint8_t { kNone, kSyntax, kOutOfRange };

/// Reads a JSON number (RFC 8259, section 6), which spaces may follow, as the nearest double, ties
/// to even. kOutOfRange when that would be infinite. Any number of digits.
NumberError readJsonNumber(std::string_view text, double& number);

}  // namespace fosterflow

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fosterflow {

/// Reads the code point at `index` of `text` and moves `index` behind it. `text` is meant to be
/// valid UTF-8; of other bytes it makes some number, but never reads beyond the end.
inline uint32_t readCodePoint(std::string_view text, size_t& index) {
  const auto lead = static_cast<unsigned char>(text[index++]);
  if (lead < 0xC0) return lead;
  const uint32_t more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  uint32_t codePoint = lead & (0x3FU >> more);
  for (uint32_t i = 0; i < more && index < text.size(); ++i, ++index) {
    codePoint = codePoint << 6 | (static_cast<unsigned char>(text[index]) & 0x3FU);
  }
  return codePoint;
}

/// Appends a code point as UTF-8.
inline void appendCodePoint(std::string& out, uint32_t codePoint) {
  const auto append = [&out](uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (codePoint < 0x80) {
    append(codePoint);
    return;
  }
  if (codePoint < 0x800) {
    append(0xC0 | codePoint >> 6);
  } else {
    if (codePoint < 0x10000) {
      append(0xE0 | codePoint >> 12);
    } else {
      append(0xF0 | codePoint >> 18);
      append(0x80 | (codePoint >> 12 & 0x3F));
    }
    append(0x80 | (codePoint >> 6 & 0x3F));
  }
  append(0x80 | (codePoint & 0x3F));
}

}  // namespace fosterflow

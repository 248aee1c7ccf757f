#include "snapshot/checksum.h"

#include <cstring>

namespace fosterflow {

namespace {

// Each step is a bijection of the state for every word, and of the word for every state.
uint64_t mix(uint64_t state, uint64_t word) {
  state = (state ^ word) * 0x9E3779B97F4A7C15;  // 2^64 / golden ratio, odd
  return state ^ state >> 32;
}

}  // namespace

uint64_t checksum64(std::string_view bytes, uint64_t seed) {
  uint64_t state = mix(seed, bytes.size());
  const char* at = bytes.data();
  const char* end = at + bytes.size();
  uint64_t word = 0;
  for (; end - at >= 8; at += 8) {
    std::memcpy(&word, at, 8);
    state = mix(state, word);
  }
  word = 0;
  for (uint32_t shift = 0; at != end; shift += 8) {
    word |= uint64_t{static_cast<uint8_t>(*at++)} << shift;
  }
  return mix(state, word);
}

}  // namespace fosterflow

#include "snapshot/checksum.h"

#include <algorithm>
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
  for (size_t index = 0; index < bytes.size(); index += 8) {
    uint64_t word = 0;
    std::memcpy(&word, bytes.data() + index, std::min<size_t>(8, bytes.size() - index));
    state = mix(state, word);
  }
  return mix(state, 0);
}

}  // namespace fosterflow

#include "audience/keyed_hash.h"

#include <bit>
#include <cstring>

namespace fosterflow {

namespace {

// All platforms are little-endian.
uint64_t wordAt(const char* bytes) {
  uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof(word));
  return word;
}

uint64_t lastWord(std::string_view text) {
  uint64_t word = 0;
  const size_t rest = text.size() % 8;
  if (rest > 0) std::memcpy(&word, text.data() + text.size() - rest, rest);
  return word;
}

struct SipState {
  uint64_t v0, v1, v2, v3;
  void round() {
    v0 += v1;
    v1 = std::rotl(v1, 13) ^ v0;
    v0 = std::rotl(v0, 32);
    v2 += v3;
    v3 = std::rotl(v3, 16) ^ v2;
    v0 += v3;
    v3 = std::rotl(v3, 21) ^ v0;
    v2 += v1;
    v1 = std::rotl(v1, 17) ^ v2;
    v2 = std::rotl(v2, 32);
  }
  void take(uint64_t word) {
    v3 ^= word;
    round();
    v0 ^= word;
  }
};

}  // namespace

uint64_t fingerprintOf(const HashKey& key, std::string_view text) {
  SipState state = {key.first ^ 0x736f6d6570736575, key.second ^ 0x646f72616e646f6d,
                    key.first ^ 0x6c7967656e657261, key.second ^ 0x7465646279746573};
  const size_t whole = text.size() / 8 * 8;
  for (size_t index = 0; index < whole; index += 8) state.take(wordAt(text.data() + index));
  state.take(lastWord(text) | static_cast<uint64_t>(text.size()) << 56);
  state.v2 ^= 0xff;
  state.round();
  state.round();
  state.round();
  const uint64_t hash = state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
  return hash == 0 ? 1 : hash;
}

uint64_t quickHash(const HashKey& key, std::string_view text) {
  constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15;
  uint64_t hash = key.first ^ text.size() * kMultiplier;
  const auto mix = [&](uint64_t word) {
    hash = (hash ^ word) * kMultiplier;
    hash ^= hash >> 32;
  };
  const size_t whole = text.size() / 8 * 8;
  for (size_t index = 0; index < whole; index += 8) mix(wordAt(text.data() + index));
  mix(lastWord(text));
  hash = (hash ^ key.second) * kMultiplier;
  return hash ^ hash >> 29;
}

}  // namespace fosterflow

#include "values/json_tokens.h"

#include <bit>
#include <cstring>

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace fosterflow {

namespace {

constexpr size_t kBlock = 64;
using Bytes = uint8_t __attribute__((vector_size(16)));

/// Bit n: the top bit of byte n.
template <typename Vector>
uint64_t topBits(Vector bytes) {
#if defined(__wasm_simd128__)
  return wasm_i8x16_bitmask(reinterpret_cast<v128_t>(bytes));
#elif defined(__SSE2__)
  return static_cast<uint32_t>(_mm_movemask_epi8(reinterpret_cast<__m128i>(bytes)));
#else
  uint64_t bits = 0;
  for (size_t index = 0; index < sizeof(bytes); ++index) {
    bits |= uint64_t{bytes[index] != 0} << index;
  }
  return bits;
#endif
}

/// Of 64 bytes, which are what: bit n is byte n.
struct Block {
  uint64_t quote = 0;
  uint64_t backslash = 0;
  uint64_t blank = 0;
  uint64_t separator = 0;
  uint64_t control = 0;
};

Bytes bytesAt(const uint8_t* text) {
  Bytes bytes;
  std::memcpy(&bytes, text, sizeof bytes);
  return bytes;
}

/// What compact JSON hardly has.
void classifyRare(const uint8_t* text, Block& block) {
  for (size_t offset = 0; offset < kBlock; offset += sizeof(Bytes)) {
    const Bytes bytes = bytesAt(text + offset);
    block.backslash |= topBits(bytes == uint8_t{'\\'}) << offset;
    block.blank |=
        topBits((bytes == uint8_t{'\n'}) | (bytes == uint8_t{'\r'}) | (bytes == uint8_t{'\t'}))
        << offset;
    block.control |= topBits(bytes < uint8_t{0x20}) << offset;
  }
}

Block classify(const uint8_t* text, Bytes& seen) {
  Block block;
  auto rare = bytesAt(text) < uint8_t{0};
  for (size_t offset = 0; offset < kBlock; offset += sizeof(Bytes)) {
    const Bytes bytes = bytesAt(text + offset);
    seen |= bytes;
    rare |= (bytes < uint8_t{0x20}) | (bytes == uint8_t{'\\'});
    const Bytes braces = bytes | uint8_t{0x20};  // makes [ and ] into { and }
    block.quote |= topBits(bytes == uint8_t{'"'}) << offset;
    block.blank |= topBits(bytes == uint8_t{' '}) << offset;
    block.separator |= topBits((bytes == uint8_t{','}) | (bytes == uint8_t{':'}) |
                               (braces == uint8_t{'{'}) | (braces == uint8_t{'}'}))
                       << offset;
  }
  if (topBits(rare) != 0) classifyRare(text, block);
  return block;
}

/// Which characters a backslash stands before. `carry`: whether the first has one in the block
/// before; then of the next block.
uint64_t escapedBy(uint64_t backslashes, uint64_t& carry) {
  uint64_t escaped = carry;
  backslashes &= ~carry;
  carry = 0;
  while (backslashes != 0) {
    const int place = std::countr_zero(backslashes);
    const uint64_t pair = uint64_t{3} << place;
    escaped |= pair & (pair << 1);
    carry = static_cast<uint64_t>(place == kBlock - 1);
    backslashes &= ~pair;
  }
  return escaped;
}

/// Bit n: whether there is an odd number of bits up to and with n.
uint64_t parityUpTo(uint64_t bits) {
  for (int shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

}  // namespace

JsonTokens findJsonTokens(const uint8_t* text, size_t length, uint32_t* places) {
  Bytes seen = {};
  uint64_t escapeCarry = 0;
  uint64_t insideCarry = 0;  // all ones: a text goes on from the block before
  uint64_t runCarry = 0;     // 1: so does a run that is no text
  uint64_t controls = 0;
  uint64_t backslashes = 0;
  uint32_t* next = places;
  for (size_t start = 0; start < length; start += kBlock) {
    const Block block = classify(text + start, seen);
    const size_t left = length - start;
    const uint64_t given = left < kBlock ? (uint64_t{1} << left) - 1 : ~uint64_t{0};
    uint64_t quotes = block.quote & given;
    backslashes |= block.backslash;
    if ((block.backslash | escapeCarry) != 0) {
      quotes &= ~escapedBy(block.backslash, escapeCarry);
    }
    const uint64_t inside = parityUpTo(quotes) ^ insideCarry;  // with the opening quote
    insideCarry = uint64_t{0} - (inside >> 63);
    controls |= block.control & inside & given;
    const uint64_t other = ~(block.separator | block.blank | quotes);
    const uint64_t runs = other & ~((other << 1) | runCarry);  // where each begins
    runCarry = other >> 63;
    // A text's inside, and its closing quote, begin nothing.
    uint64_t begins = (block.separator | runs | quotes) & ~(inside ^ quotes) & given;
    while (begins != 0) {
      *next++ = static_cast<uint32_t>(start) + static_cast<uint32_t>(std::countr_zero(begins));
      begins &= begins - 1;
    }
  }
  JsonTokens found;
  found.count = static_cast<uint32_t>(next - places);
  // Behind the end no quote is looked at: what is open there was open at the end.
  found.hasOpenText = insideCarry != 0;
  found.hasControlCharacter = controls != 0;
  found.hasEscape = backslashes != 0;
  found.isAscii = topBits(seen) == 0;
  return found;
}

}  // namespace fosterflow

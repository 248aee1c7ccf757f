#include "audience/line_scanner.h"

#include <array>
#include <bit>
#include <cstring>

#include "values/number_reader.h"

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace fosterflow {

namespace {

using Bytes = uint8_t __attribute__((vector_size(LineScanner::kReadAhead)));

// Bit n: whether byte n is set, of bytes that are all ones or zero.
template <typename Vector>
uint32_t bitsOf(Vector bytes) {
#if defined(__wasm_simd128__)
  return wasm_i8x16_bitmask(reinterpret_cast<v128_t>(bytes));
#elif defined(__SSE2__)
  return static_cast<uint32_t>(_mm_movemask_epi8(reinterpret_cast<__m128i>(bytes)));
#else
  uint32_t bits = 0;
  for (size_t index = 0; index < sizeof(bytes); ++index) {
    bits |= uint32_t{bytes[index] != 0} << index;
  }
  return bits;
#endif
}

// A number of up to so many digits, and a power of ten up to this, are exact as doubles.
constexpr size_t kExactDigits = 15;
constexpr std::array<double, kExactDigits + 1> kPowersOfTen = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

bool isDigit(char character) { return character >= '0' && character <= '9'; }

bool endsNumber(char character) {
  return character == ',' || character == '}' || character == ']' || character == '\0';
}

}  // namespace

bool LineScanner::text(std::string_view& text) {
  if (next() != '"') return false;
  const char* first = at_ + 1;
  for (const char* block = first; block < end_; block += kReadAhead) {
    Bytes bytes;
    std::memcpy(&bytes, block, sizeof(bytes));
    const uint32_t special =
        bitsOf((bytes == uint8_t{'"'}) | (bytes == uint8_t{'\\'}) | (bytes < uint8_t{0x20}));
    const uint32_t others = bitsOf(bytes >= uint8_t{0x80});
    if (special == 0) {
      hasOtherThanAscii_ = hasOtherThanAscii_ || others != 0;
      continue;
    }
    const auto size = static_cast<uint32_t>(std::countr_zero(special));
    hasOtherThanAscii_ = hasOtherThanAscii_ || (others & ((1U << size) - 1)) != 0;
    const char* quote = block + size;
    if (quote >= end_ || *quote != '"') return false;
    text = {first, static_cast<size_t>(quote - first)};
    at_ = quote + 1;
    return true;
  }
  return false;
}

bool LineScanner::number(double& number) {
  const char* first = at_;
  const bool isNegative = skip('-');
  const char* digits = at_;
  uint64_t decimal = 0;
  while (isDigit(next()) && at_ - digits <= static_cast<std::ptrdiff_t>(kExactDigits)) {
    decimal = decimal * 10 + static_cast<uint64_t>(*at_++ - '0');
  }
  auto count = static_cast<size_t>(at_ - digits);
  const bool isWhole = count == 1 || (count > 1 && *digits != '0');
  size_t places = 0;
  if (isWhole && next() == '.') {
    ++at_;
    for (; isDigit(next()) && count <= kExactDigits; ++count, ++places) {
      decimal = decimal * 10 + static_cast<uint64_t>(*at_++ - '0');
    }
    if (places == 0) return false;
  }
  if (isWhole && count <= kExactDigits && endsNumber(next()) && (decimal != 0 || !isNegative)) {
    const double exact = static_cast<double>(decimal) / kPowersOfTen[places];
    number = isNegative ? -exact : exact;
    return true;
  }
  at_ = first;
  while (at_ < end_ && !endsNumber(*at_)) ++at_;
  const std::string_view token(first, static_cast<size_t>(at_ - first));
  return !token.empty() && readJsonNumber(token, number) == NumberError::kNone;
}

bool LineScanner::word(std::string_view word) {
  if (std::string_view(at_, static_cast<size_t>(end_ - at_)).substr(0, word.size()) != word) {
    return false;
  }
  at_ += word.size();
  return endsNumber(next());
}

bool LineScanner::members(uint32_t depthLeft) {
  if (skip('}')) return true;
  do {
    std::string_view key;
    if (!text(key) || !skipBefore(':') || !value(depthLeft)) return false;
  } while (skipBefore(','));
  return skip('}');
}

bool LineScanner::elements(uint32_t depthLeft) {
  if (skip(']')) return true;
  do {
    if (!value(depthLeft)) return false;
  } while (skipBefore(','));
  return skip(']');
}

bool LineScanner::value(uint32_t depthLeft) {
  switch (next()) {
    case '"': {
      std::string_view ignored;
      return text(ignored);
    }
    case '{':
      ++at_;
      return depthLeft > 0 && members(depthLeft - 1);
    case '[':
      ++at_;
      return depthLeft > 0 && elements(depthLeft - 1);
    case 't':
      return word("true");
    case 'f':
      return word("false");
    case 'n':
      return word("null");
    default: {
      double ignored = 0;
      return number(ignored);
    }
  }
}

bool LineScanner::passBrackets(std::string_view& raw) {
  const char* first = at_;
  size_t depth = 0;
  while (at_ < end_) {
    if (*at_ == '"') {
      std::string_view ignored;
      if (!text(ignored)) return false;
      continue;
    }
    const char character = *at_++;
    if (character == '{' || character == '[') ++depth;
    if (character == '}' || character == ']') --depth;
    if (depth == 0) {
      raw = {first, static_cast<size_t>(at_ - first)};
      return true;
    }
  }
  return false;
}

}  // namespace fosterflow

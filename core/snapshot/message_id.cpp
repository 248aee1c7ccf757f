#include "snapshot/message_id.h"

#include "values/canonical_json.h"

namespace fosterflow {

namespace {

constexpr size_t kMaxDigits = 15;
constexpr size_t kUuidLength = 36;

bool isDash(size_t place) { return place == 8 || place == 13 || place == 18 || place == 23; }

bool isDigit(char character) { return character >= '0' && character <= '9'; }

}  // namespace

Stemmed stemmedOf(std::string_view text) {
  size_t start = text.size();
  while (start > 0 && text.size() - start < kMaxDigits && isDigit(text[start - 1])) --start;
  while (start < text.size() && text[start] == '0') ++start;
  Stemmed stemmed{text.substr(0, start), 0};
  if (start == text.size()) return stemmed;
  for (size_t place = start; place < text.size(); ++place) {
    stemmed.number = stemmed.number * 10 + (text[place] - '0');
  }
  ++stemmed.number;
  return stemmed;
}

void appendStemmed(std::string& out, const Stemmed& stemmed) {
  out += stemmed.stem;
  if (stemmed.number > 0) appendJsonInteger(out, stemmed.number - 1);
}

bool readUuid(std::string_view text, Uuid& out) {
  if (text.size() != kUuidLength) return false;
  for (size_t place = 0; place < kUuidLength; ++place) {
    const char character = text[place];
    if (isDash(place)) {
      if (character != '-') return false;
      continue;
    }
    const bool isLetter = character >= 'a' && character <= 'f';
    if (!isLetter && !isDigit(character)) return false;
    const auto digit = static_cast<uint64_t>(isLetter ? character - 'a' + 10 : character - '0');
    uint64_t& half = place < 19 ? out.high : out.low;
    half = half << 4 | digit;
  }
  return true;
}

void writeUuid(const Uuid& uuid, char* out) {
  uint32_t digit = 0;
  for (size_t place = 0; place < kUuidLength; ++place) {
    if (isDash(place)) {
      out[place] = '-';
      continue;
    }
    const uint64_t half = digit < 16 ? uuid.high : uuid.low;
    out[place] = "0123456789abcdef"[half >> (60 - 4 * (digit % 16)) & 0xF];
    ++digit;
  }
}

}  // namespace fosterflow

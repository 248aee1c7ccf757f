#include "snapshot/byte_stream.h"

#include <cstring>

#include "time/instant.h"

namespace fosterflow {

void appendVarint(std::string& out, uint64_t number) {
  char bytes[10];
  size_t length = 0;
  for (; number >= 0x80; number >>= 7) bytes[length++] = static_cast<char>(number | 0x80);
  bytes[length++] = static_cast<char>(number);
  out.append(bytes, length);
}

void appendSignedVarint(std::string& out, int64_t number) {
  const auto bits = static_cast<uint64_t>(number);
  appendVarint(out, number < 0 ? ~(bits << 1) : bits << 1);
}

void appendText(std::string& out, std::string_view text) {
  appendVarint(out, text.size());
  out += text;
}

void appendFixed64(std::string& out, uint64_t number) {
  out.append(reinterpret_cast<const char*>(&number), sizeof(number));
}

uint8_t ByteReader::byte() {
  if (at_ == end_) {
    fail("it ends too early");
    return 0;
  }
  return static_cast<uint8_t>(*at_++);
}

bool ByteReader::flag() {
  const uint8_t value = byte();
  if (value > 1) fail("neither yes nor no");
  return value == 1;
}

uint64_t ByteReader::varint() {
  uint64_t number = 0;
  for (uint32_t shift = 0; shift < 64; shift += 7) {
    const uint8_t next = byte();
    const uint64_t bits = next & 0x7FU;
    if (shift == 63 && bits > 1) break;
    number |= bits << shift;
    if (next < 0x80) return number;
  }
  fail("a number that is too large");
  return 0;
}

int64_t ByteReader::signedVarint() {
  const uint64_t bits = varint();
  return static_cast<int64_t>((bits & 1) != 0 ? ~(bits >> 1) : bits >> 1);
}

int64_t ByteReader::instant() {
  const int64_t time = signedVarint();
  if (time < kMinInstant || time > kMaxInstant) fail("a time that is out of range");
  return failed() ? 0 : time;
}

size_t ByteReader::count() {
  const uint64_t number = varint();
  if (number > left()) {
    fail("more things than bytes");
    return 0;
  }
  return static_cast<size_t>(number);
}

uint64_t ByteReader::fixed64() {
  uint64_t number = 0;
  const std::string_view eight = bytes(sizeof(number));
  if (!eight.empty()) std::memcpy(&number, eight.data(), sizeof(number));
  return number;
}

std::string_view ByteReader::bytes(uint64_t length) {
  if (length > left()) {
    fail("it ends too early");
    return {};
  }
  const std::string_view all(at_, static_cast<size_t>(length));
  at_ += length;
  return all;
}

std::string_view ByteReader::text() {
  const char* start = at_;
  const std::string_view all = bytes(varint());
  if (!isUtf8(all)) {
    failAt(start, "a text that is not UTF-8");
    return {};
  }
  return all;
}

bool isUtf8(std::string_view text) {
  const auto* byte = reinterpret_cast<const unsigned char*>(text.data());
  const unsigned char* end = byte + text.size();
  while (byte != end) {
    const uint32_t lead = *byte++;
    if (lead < 0x80) continue;
    const uint32_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    if (lead < 0xC2 || lead > 0xF4 || static_cast<size_t>(end - byte) < more) return false;
    uint32_t codePoint = lead & (0x3FU >> more);
    for (uint32_t index = 0; index < more; ++index) {
      const uint32_t next = *byte++;
      if ((next & 0xC0) != 0x80) return false;
      codePoint = codePoint << 6 | (next & 0x3F);
    }
    const bool isOverlong = codePoint < (more == 1 ? 0x80U : more == 2 ? 0x800U : 0x10000U);
    if (isOverlong || codePoint > 0x10FFFF || (codePoint >= 0xD800 && codePoint < 0xE000)) {
      return false;
    }
  }
  return true;
}

}  // namespace fosterflow

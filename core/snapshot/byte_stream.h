#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fosterflow {

// Whole numbers are written seven bits a byte, the lowest first, the eighth bit saying that more
// follow; signed ones with their sign in the lowest bit.

void appendVarint(std::string& out, uint64_t number);
void appendSignedVarint(std::string& out, int64_t number);
/// The length in bytes, then the bytes.
void appendText(std::string& out, std::string_view text);
/// Eight bytes, the lowest first.
void appendFixed64(std::string& out, uint64_t number);

/// Reads bytes that may be anything. The first thing that is wrong is kept with its place, and all
/// further reads answer nothing.
class ByteReader {
 public:
  ByteReader(const char* begin, const char* end) : at_(begin), end_(end) {}

  [[nodiscard]] bool failed() const { return reason_ != nullptr; }
  /// What is wrong, and where; nullptr: nothing.
  [[nodiscard]] const char* reason() const { return reason_; }
  [[nodiscard]] const char* place() const { return at_; }
  [[nodiscard]] size_t left() const { return static_cast<size_t>(end_ - at_); }

  /// Only the first call counts.
  void fail(const char* reason) {
    if (!failed()) reason_ = reason;
    end_ = at_;
  }
  void failAt(const char* place, const char* reason) {
    if (!failed()) at_ = place;
    fail(reason);
  }

  uint8_t byte();
  /// Puts the byte back that was read last.
  void back() { --at_; }
  /// 0 or 1.
  bool flag();
  uint64_t varint();
  int64_t signedVarint();
  /// A signed number that is an instant.
  int64_t instant();
  /// A number of things that take at least one byte each.
  size_t count();
  uint64_t fixed64();
  std::string_view bytes(uint64_t length);
  /// Length and bytes, which must be UTF-8.
  std::string_view text();

 private:
  const char* at_;
  const char* end_;
  const char* reason_ = nullptr;
};

/// Whether `text` is UTF-8: no overlong forms, no surrogates, nothing beyond U+10FFFF.
bool isUtf8(std::string_view text);

}  // namespace fosterflow

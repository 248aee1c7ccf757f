#pragma once

#include <cstdint>
#include <string_view>

namespace fosterflow {

/// Walks over one line of compact JSON from left to right. It knows what is common and gives up on
/// the rest: escapes, spaces beyond one, numbers that take care to read. What it accepts is JSON;
/// what it gives up on may be. At least `kReadAhead` bytes must be readable behind the line.
class LineScanner {
 public:
  static constexpr size_t kReadAhead = 16;

  explicit LineScanner(std::string_view line) : at_(line.data()), end_(line.data() + line.size()) {}

  [[nodiscard]] bool atEnd() const { return at_ == end_; }
  [[nodiscard]] const char* place() const { return at_; }
  /// The next character; 0 at the end.
  [[nodiscard]] char next() const { return at_ < end_ ? *at_ : '\0'; }

  bool skip(char character) {
    if (next() != character) return false;
    ++at_;
    return true;
  }
  /// As `skip`, and one space behind it.
  bool skipBefore(char character) {
    if (!skip(character)) return false;
    if (next() == ' ') ++at_;
    return true;
  }

  /// A text without escapes; of bytes beyond ASCII, which `hasOtherThanAscii` then tells of,
  /// nothing is checked.
  bool text(std::string_view& text);
  /// A number, to the nearest double.
  bool number(double& number);
  bool word(std::string_view word);
  /// Any value: checked, not read.
  bool value(uint32_t depthLeft);
  /// An array or object: where it ends, by its brackets; what is in it is not checked.
  bool passBrackets(std::string_view& raw);

  [[nodiscard]] bool hasOtherThanAscii() const { return hasOtherThanAscii_; }

 private:
  bool members(uint32_t depthLeft);
  bool elements(uint32_t depthLeft);
  const char* at_;
  const char* end_;
  bool hasOtherThanAscii_ = false;
};

}  // namespace fosterflow

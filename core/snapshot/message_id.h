#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fosterflow {

/// A text as what it begins with and the number that it ends with.
struct Stemmed {
  std::string_view stem;
  /// The number, 1 added; 0: there is none.
  int64_t number = 0;
};

/// The longest ending of up to 15 digits that does not begin with 0 is the number.
Stemmed stemmedOf(std::string_view text);
/// Appends the text again.
void appendStemmed(std::string& out, const Stemmed& stemmed);

/// The 128 bits of a UUID, as two numbers in the order in which it is written.
struct Uuid {
  uint64_t high = 0;
  uint64_t low = 0;

  /// Of version 4, so that six of the bits say nothing.
  [[nodiscard]] bool isRandom() const { return (high >> 12 & 0xF) == 4 && low >> 62 == 2; }
};

/// False when it is no UUID in lower case with its four dashes.
bool readUuid(std::string_view text, Uuid& out);
/// Writes 36 characters.
void writeUuid(const Uuid& uuid, char* out);

}  // namespace fosterflow

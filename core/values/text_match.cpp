#include "values/text_match.h"

#include <cstddef>

namespace fosterflow {
namespace {

/// The index of the code point after the one at `index`.
size_t nextCodePoint(std::string_view text, size_t index) {
  do {
    ++index;
  } while (index < text.size() && (static_cast<unsigned char>(text[index]) & 0xC0) == 0x80);
  return index;
}

}  // namespace

/// Greedy with one point of return: only the latest star can need another try, because whatever an
/// earlier star could still take, the latest one can take too.
bool matchesLike(std::string_view text, std::string_view pattern) {
  constexpr size_t kNone = static_cast<size_t>(-1);
  size_t textIndex = 0;
  size_t patternIndex = 0;
  size_t retryPattern = kNone;  // behind the latest star
  size_t retryText = 0;         // where that star's run ends so far
  while (true) {
    if (patternIndex < pattern.size() && pattern[patternIndex] == '*') {
      retryPattern = ++patternIndex;
      retryText = textIndex;
      if (retryPattern == pattern.size()) return true;
      continue;
    }
    if (textIndex == text.size()) return patternIndex == pattern.size();
    if (patternIndex < pattern.size()) {
      if (pattern[patternIndex] == '?') {
        ++patternIndex;
        textIndex = nextCodePoint(text, textIndex);
        continue;
      }
      const bool escapes = pattern[patternIndex] == '\\' && patternIndex + 1 < pattern.size();
      const size_t literal = escapes ? patternIndex + 1 : patternIndex;
      if (pattern[literal] == text[textIndex]) {
        patternIndex = literal + 1;
        ++textIndex;
        continue;
      }
    }
    if (retryPattern == kNone) return false;
    retryText = nextCodePoint(text, retryText);
    textIndex = retryText;
    patternIndex = retryPattern;
  }
}

}  // namespace fosterflow

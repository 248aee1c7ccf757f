#include "authoring/sql/like_pattern.h"

namespace fosterflow {

std::string likePattern(std::string_view pattern, char escape) {
  std::string result;
  for (size_t index = 0; index < pattern.size(); ++index) {
    char character = pattern[index];
    if (character == '*' || character == '?') {
      result += character == '*' ? '%' : '_';
      continue;
    }
    if (character == '\\' && index + 1 < pattern.size()) character = pattern[++index];
    if (character == '%' || character == '_' || character == escape) result += escape;
    result += character;
  }
  return result;
}

}  // namespace fosterflow

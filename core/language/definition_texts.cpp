#include "language/definition_texts.h"

namespace fosterflow {

namespace {

bool isSpace(char character) {
  return character == ' ' || character == '\t' || character == '\n' || character == '\r';
}

// The position after the text that starts with the quotation mark at `start`.
size_t endOfText(std::string_view json, size_t start) {
  size_t position = start + 1;
  while (position < json.size() && json[position] != '"') {
    position += json[position] == '\\' ? 2U : 1U;
  }
  return position + 1;
}

}  // namespace

std::vector<std::string_view> definitionTexts(std::string_view json) {
  std::vector<std::string_view> texts;
  const size_t root = json.find_first_not_of(" \t\n\r\xEF\xBB\xBF");
  const bool isList = root != std::string_view::npos && json[root] == '[';
  size_t depth = 0;  // 0 between definitions
  size_t first = 0;
  size_t end = 0;  // behind the definition so far; 0 before it starts
  const auto finish = [&] {
    if (end > 0) {
      texts.push_back(json.substr(first, end - first));
    }
    end = 0;
  };
  for (size_t position = isList ? root + 1 : root; position < json.size();) {
    const char character = json[position];
    const size_t start = position;
    position = character == '"' ? endOfText(json, position) : position + 1;
    if (depth == 0 && (character == ',' || character == ']')) {
      finish();
    } else if (!isSpace(character)) {
      first = end == 0 ? start : first;
      end = position;
    }
    if (character == '[' || character == '{') {
      ++depth;
    } else if ((character == ']' || character == '}') && depth > 0) {
      --depth;
    }
  }
  finish();
  return texts;
}

}  // namespace fosterflow

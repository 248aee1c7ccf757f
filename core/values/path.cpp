#include "values/path.h"

namespace fosterflow {

std::vector<std::string> splitPath(std::string_view path) {
  std::vector<std::string> keys(1);
  for (size_t i = 0; i < path.size(); ++i) {
    if (path[i] == '.') {
      keys.emplace_back();
      continue;
    }
    const bool escapes =
        path[i] == '\\' && i + 1 < path.size() && (path[i + 1] == '.' || path[i + 1] == '\\');
    if (escapes) ++i;
    keys.back().push_back(path[i]);
  }
  return keys;
}

void appendPathKey(std::string& path, std::string_view key, bool isFirst) {
  if (!isFirst) path.push_back('.');
  for (const char character : key) {
    if (character == '.' || character == '\\') path.push_back('\\');
    path.push_back(character);
  }
}

const ValueNode* findAtPath(const ValueNode* root, const Symbol* keys, size_t keyCount) {
  const ValueNode* value = root;
  for (size_t i = 0; i < keyCount && value != nullptr; ++i) {
    const ValueNode* found = nullptr;
    if (value->type == ValueType::kObject) {
      for (const ValueNode& member : ValueChildren(value)) {
        if (member.key == keys[i]) {
          found = &member;
          break;
        }
      }
    }
    value = found;
  }
  return value;
}

}  // namespace fosterflow

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "values/value.h"

namespace fosterflow {

/// Splits a dotted path into its keys: `address.city`; `\.` is a dot inside a key, `\\` a
/// backslash, any other backslash itself. An empty key is a key, so "" is the path of the one key
/// "".
std::vector<std::string> splitPath(std::string_view path);

/// Appends `key` to a dotted path, escaped so that splitPath gives it back.
void appendPathKey(std::string& path, std::string_view key, bool isFirst);

/// The value at `keys` below `root`, walking objects only; nullptr where there is none (or root is
/// nullptr). O(members of the objects on the way).
const ValueNode* findAtPath(const ValueNode* root, const Symbol* keys, size_t keyCount);

}  // namespace fosterflow

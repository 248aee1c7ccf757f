#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "values/canonical_json.h"
#include "values/json_reader.h"

namespace fosterflow {

/// Reads JSON texts into trees of one interner.
class JsonFixture : public testing::Test {
 protected:
  static constexpr uint32_t kDepth = 64;

  ValueTree tree(std::string_view json) {
    ValueTree result(&interner_);
    EXPECT_EQ(reader_.read(json, kDepth, result), JsonError::kNone) << json;
    return result;
  }

  std::string canonical(const ValueTree& value) {
    std::string text;
    appendCanonicalJson(text, value.root(), interner_);
    return text;
  }

  /// The canonical form of a text, or the error's name.
  std::string readBack(std::string_view json, uint32_t maxDepth = kDepth) {
    ValueTree result(&interner_);
    const JsonError error = reader_.read(json, maxDepth, result);
    if (error == JsonError::kNone) return canonical(result);
    EXPECT_TRUE(result.empty()) << json;
    switch (error) {
      case JsonError::kEmpty:
        return "empty";
      case JsonError::kSyntax:
        return "syntax";
      case JsonError::kInvalidUtf8:
        return "utf8";
      case JsonError::kNumberOutOfRange:
        return "range";
      case JsonError::kTooDeep:
        return "deep";
      default:
        return "memory";
    }
  }

  Interner interner_;
  JsonReader reader_;
};

}  // namespace fosterflow

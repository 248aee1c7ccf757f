#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "values/value.h"

namespace fosterflow {

/// Why a text is not acceptable JSON.
enum class JsonError : uint8_t {
  kNone,
  kEmpty,             ///< no value at all
  kSyntax,            ///< not JSON, truncated, or more than one value
  kInvalidUtf8,       ///< bytes that are not UTF-8
  kNumberOutOfRange,  ///< a number that no finite double represents (1e999)
  kTooDeep,           ///< nested beyond the limit given
  kOutOfMemory,
};

/// A value that is read once and not kept. Of an array or object there is the type alone.
struct JsonScalar {
  ValueType type = ValueType::kNull;
  double number = 0;      ///< kNumber
  std::string_view text;  ///< kText; lives until the reader's next call, if the text read from does
};

/// Receives the members of a top-level object one by one; see JsonReader::readObject.
class JsonMemberSink {
 public:
  virtual ~JsonMemberSink() = default;
  /// Where the member named `key` should be stored; nullptr: checked, but not stored.
  /// For a key that comes twice, the tree is cleared first, so the last one counts.
  virtual ValueTree* treeFor(std::string_view key) = 0;
  /// Where the member should be put instead if its value need not be kept; nullptr: in the tree.
  /// For a key that comes twice, the last one counts.
  virtual JsonScalar* scalarFor(std::string_view /*key*/) { return nullptr; }
};

/// Parses JSON with simdjson into ValueTrees. The whole text is validated, also the parts that are
/// not stored. Duplicate keys: the last one counts. Lone surrogates are read as U+FFFD. One reader
/// keeps its buffers between calls; not thread safe.
class JsonReader {
 public:
  /// Bytes that must be readable after the text handed to readPadded/readObject (their content is
  /// ignored).
  static constexpr size_t kPadding = 64;

  JsonReader();
  JsonReader(const JsonReader&) = delete;
  JsonReader& operator=(const JsonReader&) = delete;
  ~JsonReader();

  /// Reads one JSON value of any type. `text` must be followed by kPadding readable bytes.
  /// `maxDepth`: nesting allowed; a scalar is depth 0, [] and {} are depth 1. On error `out` is
  /// empty.
  JsonError readPadded(std::string_view text, uint32_t maxDepth, ValueTree& out);

  /// The same for a text without padding; copies it first.
  JsonError read(std::string_view text, uint32_t maxDepth, ValueTree& out);

  /// Reads a top-level object member by member into the sink's trees, without storing the others.
  /// `isObject` is false (and nothing is stored) when the text is valid JSON but no object.
  JsonError readObject(std::string_view paddedText, uint32_t maxDepth, JsonMemberSink& sink,
                       bool& isObject);

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace fosterflow

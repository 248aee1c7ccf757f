#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "snapshot/byte_stream.h"
#include "values/value.h"

namespace fosterflow {

/// What a value begins with. Decimals have their scale in it, and come last.
enum class ValueTag : uint8_t { kNull, kFalse, kTrue, kText, kDouble, kArray, kObject, kDecimal };

/// How values name their texts and keys: by themselves, or by their place in a table.
class TextWriter {
 public:
  virtual ~TextWriter() = default;
  virtual void write(std::string& out, std::string_view text) = 0;
};

/// The other side of a TextWriter.
class TextReader {
 public:
  virtual ~TextReader() = default;
  /// Fails when there is none.
  virtual std::string_view read(ByteReader& bytes) = 0;
};

/// Texts by themselves.
class InlineTextWriter final : public TextWriter {
 public:
  void write(std::string& out, std::string_view text) override { appendText(out, text); }
};
class InlineTextReader final : public TextReader {
 public:
  std::string_view read(ByteReader& bytes) override { return bytes.text(); }
};

/// The positions of an object's members by their keys, in code point order.
std::vector<const ValueNode*> membersByKey(const ValueNode& object, const Interner& interner);

/// Appends a value of any type. Equal values give equal bytes: members come by key, -0 is 0.
void appendValue(std::string& out, const ValueNode& value, TextWriter& texts,
                 const Interner& interner);

/// Reads one value; nodes are appended to `nodes`, if given, with new references to their symbols.
/// Answers how many nodes it has; 0 when it fails, and then `nodes` holds what was read before.
size_t readValue(ByteReader& bytes, TextReader& texts, Interner* interner,
                 std::vector<ValueNode>* nodes);

}  // namespace fosterflow

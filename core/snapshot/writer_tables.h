#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "contact/event.h"
#include "snapshot/index_table.h"
#include "snapshot/value_bytes.h"

namespace fosterflow {

/// What the blocks of a history refer to, each in the order of first appearance, so that what comes
/// later changes nothing of what was before: texts, shapes, and for each column the values it
/// knows.
///
/// A shape is an event's name with the keys of its properties. A column holds the values that lie
/// under one key, whichever the shapes. Symbols are kept without references: the events that
/// brought them must live as long as what they brought is not truncated.
class WriterTables {
 public:
  explicit WriterTables(const Interner* interner) : interner_(interner) {}

  /// How much there is of everything.
  struct Sizes {
    size_t texts = 0;
    size_t shapes = 0;
    size_t rawShapes = 0;
    size_t columns = 0;
    size_t values = 0;
  };
  [[nodiscard]] Sizes sizes() const;
  /// Forgets what came since there was this much.
  void truncate(const Sizes& sizes);

  [[nodiscard]] const TextTable& texts() const { return texts_; }
  uint32_t textOf(std::string_view text) { return texts_.findOrAdd(text); }
  /// The bytes that describe shapes, in order.
  [[nodiscard]] const TextTable& shapes() const { return shapes_; }

  /// The shape of an event. Its values are appended to `leaves` and their columns to `columns`, in
  /// the order of the shape.
  uint32_t shapeOf(const Event& event, std::vector<const ValueNode*>& leaves,
                   std::vector<uint32_t>& columns);

  [[nodiscard]] size_t columnCount() const { return columnValues_.size(); }
  /// How many values a column knows.
  [[nodiscard]] uint32_t valueCount(uint32_t column) const { return columnValues_[column]; }
  /// The place of a value among those of its column. Arrays are always new.
  uint32_t valueOf(uint32_t column, const ValueNode& value);
  [[nodiscard]] size_t totalValues() const { return values_.size(); }
  /// Takes back the values since there were so many.
  void truncateValues(size_t count);

 private:
  struct RawShape {
    uint32_t firstToken = 0, tokenCount = 0;
    uint32_t firstLeaf = 0, leafCount = 0;
    uint32_t shape = 0;
  };
  struct Value {
    uint32_t column = 0;
    ValueType type = ValueType::kNull;
    uint64_t bits = 0;
  };

  void tokenize(const ValueNode& object, std::vector<const ValueNode*>& leaves);
  uint32_t addRawShape(const Event& event, uint32_t hash,
                       const std::vector<const ValueNode*>& leaves);
  void describe(const ValueNode& object, const std::vector<const ValueNode*>& leaves,
                std::string& bytes);
  uint32_t columnOf(uint32_t key);

  const Interner* interner_;
  TextTable texts_;
  TextTable shapes_;
  // As they come, with keys as symbols and in any order.
  std::vector<RawShape> rawShapes_;
  IndexTable rawShapeTable_;
  std::vector<uint32_t> rawTokens_;
  std::vector<uint32_t> leafOrder_;  // by leaf of raw shape, in the order of its shape: which leaf
  std::vector<uint32_t> leafColumns_;   // likewise
  std::vector<uint32_t> columnOfText_;  // by text that is a key; kNone: none
  std::vector<uint32_t> keyOfColumn_;
  std::vector<uint32_t> columnValues_;
  std::vector<Value> values_;
  IndexTable valueTable_;
  std::vector<uint32_t> valuePlaces_;  // by value: its place in its column
  std::vector<uint32_t> tokens_;
  std::vector<const ValueNode*> raw_;
};

}  // namespace fosterflow

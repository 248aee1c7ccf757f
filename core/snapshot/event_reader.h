#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "contact/history.h"
#include "snapshot/bit_stream.h"
#include "snapshot/byte_stream.h"
#include "snapshot/value_bytes.h"

namespace fosterflow {

/// Reads what an EventWriter wrote, or anything. Checks all of it before or while it makes events:
/// bytes that were checked once can be read without failure.
class EventReader {
 public:
  EventReader() = default;
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;
  ~EventReader();

  /// Reads the events at `bytes`, which are followed by BitReader::kPadding readable ones, and adds
  /// them to `history`; without one, only checks them. O(bytes + values).
  void read(ByteReader& bytes, Interner* interner, History* history);

  /// Events that were read.
  [[nodiscard]] size_t eventCount() const { return eventCount_; }
  /// Nodes that their properties have in all, 2^32 at most.
  [[nodiscard]] uint64_t nodeCount() const { return nodeCount_; }

 private:
  struct Shape {
    uint32_t name = 0;
    uint32_t firstToken = 0;  // in tokens_, as many as there are keys
    uint32_t tokenEnd = 0;
    uint32_t firstLeaf = 0;  // in leafColumns_
    uint32_t leafEnd = 0;
    uint32_t nodes = 1;
    uint32_t events = 0;  // of this block, while they are counted
  };
  // A key, which column its value is in, and for an object, where its members end.
  struct Token {
    uint32_t key = 0;
    uint32_t column = 0;
    uint32_t membersEnd = 0;  // 0: not an object
  };
  struct Column {
    std::vector<ValueNode> known;  // texts as places; arrays as places in arrays_
    std::vector<ValueNode> cells;  // of this block, each with a reference to its text
    uint32_t count = 0;            // in this block
    uint32_t next = 0;
  };
  // An array that a column knows: where it is written, and its nodes.
  struct Array {
    const char* begin = nullptr;
    const char* end = nullptr;
    uint32_t nodes = 0;
  };

  void readBlock(ByteReader& bytes, size_t events);
  void readTables(ByteReader& bytes);
  void readShape(ByteReader& bytes);
  void readMembers(ByteReader& bytes, Shape& shape, uint32_t depth);
  void readKnown(ByteReader& bytes);
  ValueNode readKnownValue(ByteReader& bytes);
  const char* readBits(BitReader& bits, size_t events);
  const char* readIds(BitReader& bits, size_t events);
  const char* readColumn(BitReader& bits, Column& column);
  const char* readKnownCells(BitReader& bits, Column& column);
  const char* readDecimalCells(BitReader& bits, Column& column);
  const char* readTextCells(BitReader& bits, Column& column);
  void addEvents(size_t events);
  void addMembers(uint32_t token, uint32_t end, std::vector<ValueNode>& nodes);
  [[nodiscard]] bool isText(int64_t place) const {
    return place >= 0 && static_cast<uint64_t>(place) < texts_.size();
  }
  Symbol symbolOf(uint32_t text);
  Symbol internStemmed(int64_t stem, int64_t number);

  class TableTexts final : public TextReader {
   public:
    explicit TableTexts(const std::vector<std::string_view>* texts) : texts_(texts) {}
    std::string_view read(ByteReader& bytes) override;

   private:
    const std::vector<std::string_view>* texts_;
  };

  Interner* interner_ = nullptr;
  History* history_ = nullptr;
  size_t eventCount_ = 0;
  uint64_t nodeCount_ = 0;
  Instant time_ = 0;
  std::vector<std::string_view> texts_;
  std::vector<Symbol> symbols_;  // by text, with a reference; kNoSymbol: not yet
  std::vector<uint32_t> columnOfText_;
  std::vector<Shape> shapes_;
  std::vector<Token> tokens_;
  std::vector<uint32_t> leafColumns_;
  std::vector<Column> columns_;
  std::vector<Array> arrays_;
  // Of the block that is read.
  std::vector<Instant> times_;
  std::vector<uint32_t> shapeOfEvent_;
  std::vector<uint32_t> touched_;  // columns
  std::vector<uint32_t> touchedShapes_;
  std::vector<Event> events_;  // their ids, with references
  std::string text_;
  std::vector<ValueNode> one_;
};

}  // namespace fosterflow

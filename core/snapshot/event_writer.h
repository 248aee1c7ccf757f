#pragma once

#include <string>
#include <vector>

#include "contact/history.h"
#include "snapshot/bit_stream.h"
#include "snapshot/writer_tables.h"

namespace fosterflow {

/// Events of the block that comes when so many are left: most have 128, and smaller ones at the end
/// make that only a few events are written anew for each that comes.
inline size_t blockSize(size_t left) {
  for (size_t size = 128; size >= 16; size /= 2) {
    if (left >= size) return size;
  }
  return left;
}

/// What names an event beside its content.
enum class IdKind : uint8_t { kSender, kText, kUuid, kRandomUuid };

/// How the values of one column in one block are written.
enum class ColumnMode : uint8_t { kKnownValues, kDecimals, kStemmedTexts };
inline constexpr uint32_t kColumnModeBits = 2;
inline constexpr uint32_t kScaleBits = 3;

/// Writes a history as bytes, in blocks. They are kept, so that the next time only those are
/// written anew in which something has changed.
class EventWriter {
 public:
  explicit EventWriter(const Interner* interner) : interner_(interner), tables_(interner) {}

  /// Nothing that was written is kept for the next time.
  void forget() { ends_.clear(); }

  /// Appends the number of events and their blocks. `steady`: how many of the first events are the
  /// same, and alive, as at the call before.
  void write(std::string& out, const TimeLine<TimedEvent>& events, size_t steady);

 private:
  // How a column could be written.
  struct Choice {
    ColumnMode mode = ColumnMode::kKnownValues;
    size_t bits = SIZE_MAX;
  };

  void writeBlock(const TimeLine<TimedEvent>& events, size_t first, size_t end);
  void writeIds(const TimeLine<TimedEvent>& events, size_t first, size_t end, BitWriter& bits);
  void writeValues(uint32_t column, BitWriter& bits);
  bool decimals(const std::vector<const ValueNode*>& values, uint32_t& scale);
  Choice stemmed(const std::vector<const ValueNode*>& values);
  Choice choose(uint32_t column, const std::vector<const ValueNode*>& values, uint32_t& scale);
  size_t known(uint32_t column, const std::vector<const ValueNode*>& values);

  const Interner* interner_;
  WriterTables tables_;
  // Where a block ends, by events and bytes, and what the tables held then.
  struct BlockEnd {
    size_t events = 0;
    size_t bytes = 0;
    WriterTables::Sizes sizes;
  };
  std::string blocks_;
  std::vector<BlockEnd> ends_;
  // Of the block that is written; kept for their memory.
  std::vector<const ValueNode*> leaves_;
  std::vector<uint32_t> leafColumns_;
  std::vector<std::vector<const ValueNode*>> byColumn_;
  std::vector<int64_t> numbers_, stems_, known_;
  std::vector<std::string_view> split_;
  std::string newValues_;  // the values that columns came to know
  uint32_t columnsWithNew_ = 0;
};

}  // namespace fosterflow

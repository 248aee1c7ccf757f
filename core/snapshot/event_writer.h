#pragma once

#include <string>
#include <vector>

#include "contact/history.h"
#include "snapshot/bit_stream.h"
#include "snapshot/writer_tables.h"

namespace fosterflow {

/// Events of a block; the last may have fewer.
inline constexpr size_t kBlockEvents = 128;

/// What names an event beside its content.
enum class IdKind : uint8_t { kSender, kText, kUuid, kRandomUuid };

/// How the values of one column in one block are written.
enum class ColumnMode : uint8_t { kKnownValues, kDecimals, kStemmedTexts };
inline constexpr uint32_t kColumnModeBits = 2;
inline constexpr uint32_t kScaleBits = 3;

/// Writes a history as bytes, in blocks. Full blocks are kept, so that the next time only what came
/// behind them is written anew.
class EventWriter {
 public:
  explicit EventWriter(const Interner* interner) : interner_(interner), tables_(interner) {}

  /// Appends the number of events and their blocks. `steady`: how many of the first events are the
  /// same, and alive, as at the call before.
  void write(std::string& out, const TimeLine<TimedEvent>& events, size_t steady);

 private:
  // How a column could be written.
  struct Choice {
    ColumnMode mode = ColumnMode::kKnownValues;
    size_t bits = SIZE_MAX;
  };

  void writeBlock(std::string& out, const TimeLine<TimedEvent>& events, size_t first, size_t end);
  void writeIds(const TimeLine<TimedEvent>& events, size_t first, size_t end, BitWriter& bits);
  void writeValues(uint32_t column, BitWriter& bits);
  bool decimals(const std::vector<const ValueNode*>& values, uint32_t& scale);
  Choice stemmed(const std::vector<const ValueNode*>& values);
  Choice choose(uint32_t column, const std::vector<const ValueNode*>& values, uint32_t& scale);
  size_t known(uint32_t column, const std::vector<const ValueNode*>& values);

  const Interner* interner_;
  WriterTables tables_;
  std::string finished_;
  size_t finishedEvents_ = 0;
  WriterTables::Sizes finishedSizes_;
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

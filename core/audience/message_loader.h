#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "audience/audience_store.h"
#include "audience/line_scanner.h"
#include "contact/message.h"

namespace fosterflow {

/// Reads lines of messages into what a store has staged. Lines of events, which are most, it reads
/// itself, straight into the columns; what is not common in one, and all other messages, the
/// MessageReader reads. Both give the same. Several events are staged at a time, so that looking
/// their contacts up need not wait for memory one after the other.
class MessageLoader {
 public:
  MessageLoader(AudienceStore& store, MessageReader& messages);

  /// Reads one line, behind which JsonReader::kPadding bytes must be readable, and which stays
  /// where it is until `flush`.
  Refusal load(std::string_view line, bool& wasCut);
  /// Stages what was read. To be called behind the last line.
  void flush();

 private:
  // A property of the event that is read.
  struct Property {
    std::string_view key;
    std::string_view written;  // a text with its quotes, a word, or an array or object
    double number = 0;         // when nothing is written
  };
  struct StagedCell {
    EventTable::Column* column;
    Cell cell;
  };
  struct Event {
    EventTable* table = nullptr;
    uint32_t tableIndex = 0;
    std::string_view contact;
    Instant time = 0;
    uint64_t fingerprint = 0;
    size_t endOfCells = 0;
  };
  // The members of a line that mean something; those that are missing are empty.
  struct Line {
    std::string_view type, messageId, userId, anonymousId, timestamp, event;
    bool hasName = false;
    bool hasProperties = false;
  };

  bool readEvent(std::string_view line);
  bool readMembers(LineScanner& scanner, Line& line);
  bool readProperties(LineScanner& scanner);
  bool readTime(std::string_view text, Instant& time);
  bool findCells(EventTable& table);
  [[nodiscard]] bool findTable(const Line& line, Event& event);
  EventTable::Column& columnOf(EventTable& table, std::string_view key);
  void learn(const Message& message);

  static constexpr size_t kBatch = 32;

  AudienceStore& store_;
  MessageReader& messages_;
  Line line_;
  std::vector<Property> properties_;
  std::vector<StagedCell> cells_;
  std::vector<Event> events_;
  std::vector<uint32_t> ids_;
  size_t nextColumn_ = 0;
  uint64_t lines_ = 0;
  bool isUnderstood_ = false;    // the line is JSON, and its members are those that were read
  std::array<char, 10> date_{};  // the last one read, and its midnight
  Instant midnight_ = 0;
  // The table of the last event of each type and length of name.
  struct KnownTable {
    EventTable* table = nullptr;
    uint32_t index = 0;
  };
  std::array<KnownTable, 64> tables_;
};

}  // namespace fosterflow

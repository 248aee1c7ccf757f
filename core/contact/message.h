#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "time/instant.h"
#include "values/json_reader.h"
#include "values/value.h"

namespace fosterflow {

/// Why a message was refused; `refusalName` and `refusalText` say it to people.
enum class Refusal : uint8_t {
  kNone,
  kInvalidJson,
  kInvalidUtf8,
  kNumberOutOfRange,
  kTooDeep,
  kTooLarge,
  kNotAnObject,
  kUnknownType,
  kInvalidId,  ///< userId, anonymousId or messageId is no text
  kMissingId,  ///< neither userId nor anonymousId
  kInvalidEvent,
  kInvalidTimestamp,
  kMissingTimestamp,
  kInvalidProperties,
  kInvalidTraits,
  kInvalidPreviousId,
  kInvalidChannel,
  kInvalidReachable,
  kInvalidList,
  kInvalidAction,
  kOtherContact,
  kOutOfMemory,
};

/// The published name, such as "missing_id".
std::string_view refusalName(Refusal refusal);
/// One sentence: what is wrong and what to do.
std::string_view refusalText(Refusal refusal);

enum class MessageType : uint8_t { kTrack, kIdentify, kPage, kScreen, kAlias, kChannel, kList };

/// A message of the Segment Spec, checked. Symbols and trees belong to the MessageReader and live
/// until its next read.
struct Message {
  MessageType type = MessageType::kTrack;
  Symbol contact = kNoSymbol;     ///< userId, else anonymousId
  Symbol messageId = kNoSymbol;   ///< kNoSymbol: none
  Symbol name = kNoSymbol;        ///< track, page, screen: the event; channel; list
  Symbol previousId = kNoSymbol;  ///< alias
  bool isOn = false;              ///< channel: reachable; list: add
  std::optional<Instant> timestamp;
  ValueTree* data =
      nullptr;          ///< events: properties; identify: traits. Never nullptr there; may be empty
  bool wasCut = false;  ///< more than kMaxProperties: the first by path were kept
};

/// Reads messages, one at a time. Keeps its buffers; not thread safe.
class MessageReader {
 public:
  explicit MessageReader(Interner* interner);
  MessageReader(const MessageReader&) = delete;
  MessageReader& operator=(const MessageReader&) = delete;
  ~MessageReader();

  /// Reads one message. `text` must be followed by JsonReader::kPadding readable bytes.
  Refusal read(std::string_view text, Message& message);

 private:
  class Members;
  void forget();
  Refusal interpret(Message& message);
  Refusal interpretEvent(Message& message);
  Symbol symbolOf(const JsonScalar& scalar);
  Refusal object(ValueTree& tree, Refusal refusal, Message& message);
  [[nodiscard]] Refusal timestamp(Message& message) const;
  void setName(ValueTree& properties);

  Interner* interner_;
  JsonReader json_;
  std::unique_ptr<Members> members_;
  Symbol page_, screen_, nameKey_;
  // The symbols of the last message: contact, messageId, and name or previousId.
  std::array<Symbol, 3> held_{};
  size_t heldCount_ = 0;
};

/// Keeps the first kMaxProperties leaves of an object by code point order of their dotted paths
/// (arrays are leaves, null counts, {} does not); objects that lose all their leaves go. True when
/// something was cut.
bool limitProperties(ValueTree& object, Interner* interner);

}  // namespace fosterflow

#include "contact/message.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "language/limits.h"
#include "time/iso_date.h"

namespace fosterflow {

// The members of a message that mean something.
class MessageReader::Members final : public JsonMemberSink {
 public:
  explicit Members(Interner* interner) {
    for (ValueTree& tree : trees_) tree = ValueTree(interner);
  }

  // Those that are kept as trees come first; of the others there is one value, or none.
  enum Key : uint8_t {
    kProperties,
    kTraits,
    kTreeCount,
    kType = kTreeCount,
    kMessageId,
    kUserId,
    kAnonymousId,
    kTimestamp,
    kEvent,
    kName,
    kPreviousId,
    kChannel,
    kReachable,
    kList,
    kAction,
    kKeyCount,
  };

  ValueTree* treeFor(std::string_view key) override {
    const Key index = indexOf(key);
    return index < kTreeCount ? &trees_[index] : nullptr;
  }

  JsonScalar* scalarFor(std::string_view key) override {
    const Key index = indexOf(key);
    return index < kTreeCount || index == kKeyCount ? nullptr : &scalars_[index - kTreeCount];
  }

  ValueTree& tree(Key key) { return trees_[key]; }
  // What is missing is null.
  const JsonScalar& operator[](Key key) const { return scalars_[key - kTreeCount]; }

  // The text of a key; "" when it is missing or something else.
  [[nodiscard]] std::string_view text(Key key) const {
    const JsonScalar& scalar = (*this)[key];
    return scalar.type == ValueType::kText ? scalar.text : std::string_view();
  }

  void clear() {
    for (ValueTree& tree : trees_) tree.clear();
    for (JsonScalar& scalar : scalars_) scalar.type = ValueType::kNull;
  }

 private:
  static constexpr std::array<std::string_view, kKeyCount> kNames = {
      "properties", "traits", "type",       "messageId", "userId",    "anonymousId", "timestamp",
      "event",      "name",   "previousId", "channel",   "reachable", "list",        "action"};

  // Size and third letter leave one name that it can be.
  static Key indexOf(std::string_view key) {
    const Key candidate = candidateFor(key);
    return candidate != kKeyCount && kNames[candidate] == key ? candidate : kKeyCount;
  }

  static Key candidateFor(std::string_view key) {
    switch (key.size()) {
      case 4:
        return key[2] == 'p' ? kType : key[2] == 'm' ? kName : kList;
      case 5:
        return kEvent;
      case 6:
        return key[2] == 'e' ? kUserId : key[2] == 'a' ? kTraits : kAction;
      case 7:
        return kChannel;
      case 9:
        return key[2] == 'm' ? kTimestamp : key[2] == 's' ? kMessageId : kReachable;
      case 10:
        return key[2] == 'o' ? kProperties : kPreviousId;
      case 11:
        return kAnonymousId;
      default:
        return kKeyCount;
    }
  }

  std::array<ValueTree, kTreeCount> trees_;
  std::array<JsonScalar, kKeyCount - kTreeCount> scalars_;
};

namespace {

Refusal refusalOf(JsonError error) {
  switch (error) {
    case JsonError::kNone:
      return Refusal::kNone;
    case JsonError::kInvalidUtf8:
      return Refusal::kInvalidUtf8;
    case JsonError::kNumberOutOfRange:
      return Refusal::kNumberOutOfRange;
    case JsonError::kTooDeep:
      return Refusal::kTooDeep;
    case JsonError::kOutOfMemory:
      return Refusal::kOutOfMemory;
    default:
      return Refusal::kInvalidJson;
  }
}

struct TypeName {
  std::string_view name;
  MessageType type;
};

constexpr std::array<TypeName, 7> kTypes = {{
    {"track", MessageType::kTrack},
    {"identify", MessageType::kIdentify},
    {"page", MessageType::kPage},
    {"screen", MessageType::kScreen},
    {"alias", MessageType::kAlias},
    {"channel", MessageType::kChannel},
    {"list", MessageType::kList},
}};

}  // namespace

MessageReader::MessageReader(Interner* interner)
    : interner_(interner),
      members_(std::make_unique<Members>(interner)),
      page_(interner->intern("page")),
      screen_(interner->intern("screen")),
      nameKey_(interner->intern("name")) {}

MessageReader::~MessageReader() {
  forget();
  interner_->release(page_);
  interner_->release(screen_);
  interner_->release(nameKey_);
}

void MessageReader::forget() {
  members_->clear();
  while (heldCount_ > 0) interner_->release(held_[--heldCount_]);
}

Refusal MessageReader::read(std::string_view text, Message& message) {
  forget();
  message = Message();
  if (text.size() > kMaxMessageBytes) return Refusal::kTooLarge;
  bool isObject = false;
  const JsonError error = json_.readObject(text, kMaxMessageDepth, *members_, isObject);
  if (error != JsonError::kNone) return refusalOf(error);
  return isObject ? interpret(message) : Refusal::kNotAnObject;
}

Refusal MessageReader::interpret(Message& message) {
  const Members& members = *members_;
  const std::string_view typeName = members.text(Members::kType);
  const auto* type = std::find_if(kTypes.begin(), kTypes.end(),
                                  [&](const TypeName& entry) { return entry.name == typeName; });
  if (type == kTypes.end()) return Refusal::kUnknownType;
  message.type = type->type;
  for (const auto& [key, symbol] : {std::pair{Members::kMessageId, &message.messageId},
                                    std::pair{Members::kUserId, &message.contact},
                                    std::pair{Members::kAnonymousId, &message.contact}}) {
    const JsonScalar& id = members[key];
    if (id.type != ValueType::kText && id.type != ValueType::kNull) return Refusal::kInvalidId;
    if (*symbol == kNoSymbol) *symbol = symbolOf(id);
  }
  if (message.contact == kNoSymbol) return Refusal::kMissingId;
  const Refusal refusal = timestamp(message);
  if (refusal != Refusal::kNone) return refusal;
  switch (message.type) {
    case MessageType::kTrack:
    case MessageType::kPage:
    case MessageType::kScreen:
      return interpretEvent(message);
    case MessageType::kIdentify:
      return object(members_->tree(Members::kTraits), Refusal::kInvalidTraits, message);
    case MessageType::kAlias:
      message.previousId = symbolOf(members[Members::kPreviousId]);
      return message.previousId == kNoSymbol ? Refusal::kInvalidPreviousId : Refusal::kNone;
    case MessageType::kChannel: {
      message.name = symbolOf(members[Members::kChannel]);
      if (message.name == kNoSymbol) return Refusal::kInvalidChannel;
      const ValueType reachable = members[Members::kReachable].type;
      if (reachable != ValueType::kTrue && reachable != ValueType::kFalse) {
        return Refusal::kInvalidReachable;
      }
      message.isOn = reachable == ValueType::kTrue;
      return Refusal::kNone;
    }
    case MessageType::kList: {
      message.name = symbolOf(members[Members::kList]);
      if (message.name == kNoSymbol) return Refusal::kInvalidList;
      const std::string_view action = members.text(Members::kAction);
      if (action != "add" && action != "remove") return Refusal::kInvalidAction;
      message.isOn = action == "add";
      return Refusal::kNone;
    }
  }
  return Refusal::kUnknownType;
}

// Held until the next read; kNoSymbol for "", null and anything else that is no text.
Symbol MessageReader::symbolOf(const JsonScalar& scalar) {
  if (scalar.type != ValueType::kText || scalar.text.empty()) return kNoSymbol;
  const Symbol symbol = interner_->intern(scalar.text);
  held_[heldCount_++] = symbol;
  return symbol;
}

Refusal MessageReader::timestamp(Message& message) const {
  const JsonScalar& value = (*members_)[Members::kTimestamp];
  switch (value.type) {
    case ValueType::kNull:
      return Refusal::kNone;
    case ValueType::kText: {
      IsoDate date;
      if (!parseIsoDate(value.text, date) || !date.hasTime || !date.hasOffset) {
        return Refusal::kInvalidTimestamp;
      }
      message.timestamp = date.local - date.offsetMilliseconds;
      return Refusal::kNone;
    }
    case ValueType::kNumber:
      if (std::trunc(value.number) != value.number ||
          std::abs(value.number) > static_cast<double>(kMaxInstant)) {
        return Refusal::kInvalidTimestamp;
      }
      message.timestamp = static_cast<Instant>(value.number);
      return Refusal::kNone;
    default:
      return Refusal::kInvalidTimestamp;
  }
}

Refusal MessageReader::interpretEvent(Message& message) {
  ValueTree& properties = members_->tree(Members::kProperties);
  if (message.type == MessageType::kTrack) {
    message.name = symbolOf((*members_)[Members::kEvent]);
    if (message.name == kNoSymbol) return Refusal::kInvalidEvent;
  } else {
    message.name = message.type == MessageType::kPage ? page_ : screen_;
    if (isSet(properties.root()) && properties.root()->type != ValueType::kObject) {
      return Refusal::kInvalidProperties;
    }
    setName(properties);
  }
  return object(properties, Refusal::kInvalidProperties, message);
}

// The page's or screen's name replaces the property `name`.
void MessageReader::setName(ValueTree& properties) {
  const JsonScalar& name = (*members_)[Members::kName];
  if (name.type != ValueType::kText) return;
  std::vector<ValueNode>& nodes = properties.nodes();
  if (!isSet(properties.root())) {
    nodes.assign(1, ValueNode());
    nodes[0].type = ValueType::kObject;
  }
  for (size_t index = 1; index < nodes.size(); index += spanOf(nodes[index])) {
    if (nodes[index].key != nameKey_) continue;
    const uint32_t span = spanOf(nodes[index]);
    releaseNodes(&nodes[index], span, *interner_);
    const auto from = nodes.begin() + static_cast<std::ptrdiff_t>(index);
    nodes.erase(from, from + span);
    break;  // no key comes twice
  }
  ValueNode member;
  member.type = ValueType::kText;
  member.key = nameKey_;
  member.text = interner_->intern(name.text);
  interner_->retain(member.key);
  nodes.push_back(member);
  nodes[0].span = static_cast<uint32_t>(nodes.size());
}

Refusal MessageReader::object(ValueTree& tree, Refusal refusal, Message& message) {
  message.data = &tree;
  if (!isSet(tree.root())) {
    tree.clear();
    return Refusal::kNone;
  }
  if (tree.root()->type != ValueType::kObject) return refusal;
  message.wasCut = limitProperties(tree, interner_);
  return Refusal::kNone;
}

}  // namespace fosterflow

#include "contact/message.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "language/limits.h"
#include "time/iso_date.h"
#include "values/path.h"

namespace fosterflow {

// The members of a message that mean something.
class MessageReader::Members final : public JsonMemberSink {
 public:
  explicit Members(Interner* interner) {
    for (ValueTree& tree : trees_) tree = ValueTree(interner);
  }

  // The first kTextCount are read and forgotten when they are texts; the texts of the others may be
  // kept.
  enum Key : uint8_t {
    kType,
    kTimestamp,
    kAction,
    kTextCount,
    kMessageId = kTextCount,
    kUserId,
    kAnonymousId,
    kEvent,
    kName,
    kProperties,
    kTraits,
    kPreviousId,
    kChannel,
    kReachable,
    kList,
    kKeyCount,
  };

  ValueTree* treeFor(std::string_view key) override {
    const size_t index = indexOf(key);
    if (index == kKeyCount) return nullptr;
    if (index < kTextCount) hasText_[index] = false;
    isFilled_[index] = true;
    return &trees_[index];
  }

  std::string* textFor(std::string_view key) override {
    const size_t index = indexOf(key);
    if (index >= kTextCount) return nullptr;
    trees_[index].clear();
    hasText_[index] = true;
    return &texts_[index];
  }

  // The text of one of the keys whose texts are not kept; false when it is missing or something
  // else.
  bool text(Key key, std::string_view& text) const {
    text = texts_[key];
    return hasText_[key];
  }

  ValueTree& operator[](Key key) { return trees_[key]; }
  const ValueTree& operator[](Key key) const { return trees_[key]; }

  void clear() {
    hasText_.fill(false);
    for (size_t index = 0; index < kKeyCount; ++index) {
      if (!isFilled_[index]) continue;
      trees_[index].clear();
      isFilled_[index] = false;
    }
  }

 private:
  static constexpr std::array<std::string_view, kKeyCount> kNames = {
      "type", "timestamp",  "action", "messageId",  "userId",  "anonymousId", "event",
      "name", "properties", "traits", "previousId", "channel", "reachable",   "list"};

  static size_t indexOf(std::string_view key) {
    size_t index = 0;
    while (index < kKeyCount && kNames[index] != key) ++index;
    return index;
  }

  std::array<ValueTree, kKeyCount> trees_;
  std::array<std::string, kTextCount> texts_;
  std::array<bool, kTextCount> hasText_{};
  std::array<bool, kKeyCount> isFilled_{};
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

bool isText(const ValueTree& tree) {
  return !tree.empty() && tree.root()->type == ValueType::kText;
}

}  // namespace

MessageReader::MessageReader(Interner* interner)
    : interner_(interner),
      members_(std::make_unique<Members>(interner)),
      page_(interner->intern("page")),
      screen_(interner->intern("screen")),
      nameKey_(interner->intern("name")) {}

MessageReader::~MessageReader() {
  interner_->release(page_);
  interner_->release(screen_);
  interner_->release(nameKey_);
}

Refusal MessageReader::read(std::string_view text, Message& message) {
  members_->clear();
  message = Message();
  if (text.size() > kMaxMessageBytes) return Refusal::kTooLarge;
  bool isObject = false;
  const JsonError error = json_.readObject(text, kMaxMessageDepth, *members_, isObject);
  if (error != JsonError::kNone) return refusalOf(error);
  return isObject ? interpret(message) : Refusal::kNotAnObject;
}

Refusal MessageReader::interpret(Message& message) {
  const Members& members = *members_;
  std::string_view typeName;
  if (!members.text(Members::kType, typeName)) return Refusal::kUnknownType;
  const auto* type = std::find_if(kTypes.begin(), kTypes.end(),
                                  [&](const TypeName& entry) { return entry.name == typeName; });
  if (type == kTypes.end()) return Refusal::kUnknownType;
  message.type = type->type;
  Symbol anonymousId = kNoSymbol;
  for (const auto& [key, symbol] : {std::pair{Members::kMessageId, &message.messageId},
                                    std::pair{Members::kUserId, &message.contact},
                                    std::pair{Members::kAnonymousId, &anonymousId}}) {
    const Refusal refusal = optionalText(members[key], *symbol);
    if (refusal != Refusal::kNone) return refusal;
  }
  if (message.contact == kNoSymbol) message.contact = anonymousId;
  if (message.contact == kNoSymbol) return Refusal::kMissingId;
  const Refusal refusal = timestamp(message);
  if (refusal != Refusal::kNone) return refusal;
  switch (message.type) {
    case MessageType::kTrack: {
      const Refusal eventRefusal = optionalText(members[Members::kEvent], message.name);
      if (eventRefusal != Refusal::kNone || message.name == kNoSymbol) {
        return Refusal::kInvalidEvent;
      }
      return interpretEvent(message, message.name);
    }
    case MessageType::kPage:
    case MessageType::kScreen:
      return interpretEvent(message, message.type == MessageType::kPage ? page_ : screen_);
    case MessageType::kIdentify:
      return object((*members_)[Members::kTraits], Refusal::kInvalidTraits, message);
    case MessageType::kAlias:
      if (optionalText(members[Members::kPreviousId], message.previousId) != Refusal::kNone ||
          message.previousId == kNoSymbol) {
        return Refusal::kInvalidPreviousId;
      }
      return Refusal::kNone;
    case MessageType::kChannel: {
      if (optionalText(members[Members::kChannel], message.name) != Refusal::kNone ||
          message.name == kNoSymbol) {
        return Refusal::kInvalidChannel;
      }
      const ValueNode* reachable = members[Members::kReachable].root();
      if (reachable == nullptr ||
          (reachable->type != ValueType::kTrue && reachable->type != ValueType::kFalse)) {
        return Refusal::kInvalidReachable;
      }
      message.isOn = reachable->type == ValueType::kTrue;
      return Refusal::kNone;
    }
    case MessageType::kList: {
      if (optionalText(members[Members::kList], message.name) != Refusal::kNone ||
          message.name == kNoSymbol) {
        return Refusal::kInvalidList;
      }
      std::string_view action;
      if (!members.text(Members::kAction, action) || (action != "add" && action != "remove")) {
        return Refusal::kInvalidAction;
      }
      message.isOn = action == "add";
      return Refusal::kNone;
    }
  }
  return Refusal::kUnknownType;
}

// null and "" are as if absent; a text is taken; anything else is refused.
Refusal MessageReader::optionalText(const ValueTree& tree, Symbol& symbol) const {
  symbol = kNoSymbol;
  if (!isSet(tree.root())) return Refusal::kNone;
  if (tree.root()->type != ValueType::kText) return Refusal::kInvalidId;
  if (!interner_->text(tree.root()->text).empty()) symbol = tree.root()->text;
  return Refusal::kNone;
}

Refusal MessageReader::timestamp(Message& message) const {
  std::string_view text;
  if (members_->text(Members::kTimestamp, text)) {
    IsoDate date;
    if (!parseIsoDate(text, date) || !date.hasTime || !date.hasOffset) {
      return Refusal::kInvalidTimestamp;
    }
    message.timestamp = date.local - date.offsetMilliseconds;
    return Refusal::kNone;
  }
  const ValueNode* value = (*members_)[Members::kTimestamp].root();
  if (!isSet(value)) return Refusal::kNone;
  if (value->type == ValueType::kNumber) {
    if (std::trunc(value->number) != value->number ||
        std::abs(value->number) > static_cast<double>(kMaxInstant)) {
      return Refusal::kInvalidTimestamp;
    }
    message.timestamp = static_cast<Instant>(value->number);
    return Refusal::kNone;
  }
  return Refusal::kInvalidTimestamp;
}

Refusal MessageReader::interpretEvent(Message& message, Symbol name) {
  message.name = name;
  ValueTree& properties = (*members_)[Members::kProperties];
  if (isSet(properties.root()) && properties.root()->type != ValueType::kObject) {
    return Refusal::kInvalidProperties;
  }
  if (message.type != MessageType::kTrack) setName();
  return object(properties, Refusal::kInvalidProperties, message);
}

// The page's or screen's name replaces the property `name`.
void MessageReader::setName() {
  const ValueTree& name = (*members_)[Members::kName];
  if (!isText(name)) return;
  ValueTree& properties = (*members_)[Members::kProperties];
  members_->treeFor("properties");  // marks it as filled
  std::vector<ValueNode> nodes(1);
  nodes[0].type = ValueType::kObject;
  if (isSet(properties.root())) {
    for (const ValueNode& member : ValueChildren(properties.root())) {
      const uint32_t span = spanOf(member);
      if (member.key != nameKey_) {
        for (uint32_t index = 0; index < span; ++index) nodes.push_back((&member)[index]);
        continue;
      }
      for (uint32_t index = 0; index < span; ++index) {
        interner_->release((&member)[index].key);
        if ((&member)[index].type == ValueType::kText) interner_->release((&member)[index].text);
      }
    }
  }
  ValueNode member;
  member.type = ValueType::kText;
  member.key = nameKey_;
  member.text = name.root()->text;
  interner_->retain(member.key);
  interner_->retain(member.text);
  nodes.push_back(member);
  nodes[0].span = static_cast<uint32_t>(nodes.size());
  properties.nodes() = std::move(nodes);
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

#include <cmath>
#include <map>
#include <string>

#include "bridge_implementation.h"
#include "values/canonical_json.h"
#include "values/sorted_order.h"

namespace fosterflow {

namespace {

// Enough for a host to work on without a break, and little to hold twice.
constexpr size_t kResponseBytes = 1 << 20;

// Readers that take it for an integer of 64 bits refuse the whole text, so it says that it is none.
constexpr double kFirstBeyondIntegers = 9223372036854775808.0;

void appendTableJson(std::string& out, const ValueNode* value, const Interner& interner);

void appendNumber(std::string& out, double number) {
  const size_t start = out.size();
  appendJsonNumber(out, number);
  const bool isInteger = out.find_first_of(".e", start) == std::string::npos;
  if (isInteger && std::abs(number) >= kFirstBeyondIntegers) out += ".0";
}

void appendMembers(std::string& out, const ValueNode* object, const Interner& interner) {
  std::vector<const ValueNode*> members;
  for (const ValueNode& member : ValueChildren(object)) members.push_back(&member);
  const auto isBefore = [&](size_t left, size_t right) {
    return interner.text(members[left]->key) < interner.text(members[right]->key);
  };
  out += '{';
  bool isFirst = true;
  for (const size_t position : sortedOrder(members.size(), isBefore)) {
    if (!isFirst) out += ',';
    isFirst = false;
    appendJsonText(out, interner.text(members[position]->key));
    out += ':';
    appendTableJson(out, members[position], interner);
  }
  out += '}';
}

// Canonical JSON but for integers that no integer type holds.
void appendTableJson(std::string& out, const ValueNode* value, const Interner& interner) {
  if (value == nullptr) {
    out += "{}";
  } else if (value->type == ValueType::kNumber) {
    appendNumber(out, value->number);
  } else if (value->type == ValueType::kObject) {
    appendMembers(out, value, interner);
  } else if (value->type == ValueType::kArray) {
    out += '[';
    bool isFirst = true;
    for (const ValueNode& element : ValueChildren(value)) {
      if (!isFirst) out += ',';
      isFirst = false;
      appendTableJson(out, &element, interner);
    }
    out += ']';
  } else {
    appendCanonicalJson(out, value, interner);
  }
}

// Traits as the tree that their paths make.
struct TraitTree {
  const ValueNode* value = nullptr;
  std::map<std::string, TraitTree> members;
};

void appendTraits(std::string& out, const TraitTree& tree, const Interner& interner) {
  if (tree.value != nullptr) return appendTableJson(out, tree.value, interner);
  out += '{';
  bool isFirst = true;
  for (const auto& [key, member] : tree.members) {
    if (!isFirst) out += ',';
    isFirst = false;
    appendJsonText(out, key);
    out += ':';
    appendTraits(out, member, interner);
  }
  out += '}';
}

std::string attributesOf(const Profile& profile, const Interner& interner) {
  TraitTree tree;
  for (auto write = profile.traits().begin(); write != profile.traits().end(); ++write) {
    if (!isSet(write->second.value.root()) || !profile.isAlive(write)) continue;
    TraitTree* place = &tree;
    for (const Symbol key : write->first) place = &place->members[std::string(interner.text(key))];
    place->value = write->second.value.root();
  }
  std::string attributes;
  appendTraits(attributes, tree, interner);
  return attributes;
}

void appendEvent(std::string& out, const Event& event, const Interner& interner) {
  out += '[';
  if (event.messageId == kNoSymbol) {
    out += "null";
  } else {
    appendJsonText(out, interner.text(event.messageId));
  }
  out += ',';
  appendJsonText(out, interner.text(event.name));
  out += ',';
  appendJsonInteger(out, event.time);
  out += ',';
  std::string properties;
  appendTableJson(properties, event.properties.root(), interner);
  appendJsonText(out, properties);
  out += ']';
}

void appendContact(std::string& out, const Contact& contact, const Interner& interner) {
  appendTextMember(out, "{\"id\":", std::string(interner.text(contact.identity().id())));
  appendTextMember(out, ",\"attributes\":", attributesOf(contact.profile(), interner));
  out += ",\"channels\":[";
  bool isFirst = true;
  const auto separate = [&] {
    if (!isFirst) out += ',';
    isFirst = false;
  };
  for (const Profile::Switch& channel : contact.profile().channels()) {
    separate();
    out += '[';
    appendJsonText(out, interner.text(channel.name));
    out += channel.isOn ? ",true]" : ",false]";
  }
  out += "],\"lists\":[";
  isFirst = true;
  for (const Profile::Switch& list : contact.profile().lists()) {
    if (!list.isOn) continue;
    separate();
    appendJsonText(out, interner.text(list.name));
  }
  out += "],\"events\":[";
  isFirst = true;
  for (const TimedEvent& entry : contact.history().events()) {
    separate();
    appendEvent(out, *entry.event, interner);
  }
  out += "]}";
}

}  // namespace

BridgeStatus Bridge::tableRows(int32_t first) {
  Implementation& self = *implementation_;
  self.begin();
  if (!self.directory || first < 0) return BridgeStatus::kUnknownHandle;
  const auto& contacts = self.directory->contacts();
  std::string rows;
  auto place = static_cast<size_t>(first);
  for (; place < contacts.size() && rows.size() < kResponseBytes; ++place) {
    if (contacts[place] == nullptr || !contacts[place]->exists()) continue;
    if (!rows.empty()) rows += ',';
    appendContact(rows, *contacts[place], self.interner);
  }
  self.response += "{\"next\":";
  self.response += place < contacts.size() ? std::to_string(place) : "null";
  self.response += ",\"contacts\":[" + rows + "]}";
  return BridgeStatus::kOk;
}

}  // namespace fosterflow

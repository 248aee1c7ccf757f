// Messages that come after loading: each contact that one reaches becomes a Contact of its own,
// with its data as they were, and takes the message in as any contact does.

#include <algorithm>
#include <charconv>
#include <utility>

#include "audience/audience_store.h"
#include "audience/grouping.h"

namespace fosterflow {

namespace {

// A messageId that only its fingerprint is known of.
std::string textOf(uint64_t fingerprint) { return "#" + std::to_string(fingerprint); }

uint64_t fingerprintOf(std::string_view text) {
  uint64_t fingerprint = 0;
  if (text.empty()) return fingerprint;
  std::from_chars(text.data() + 1, text.data() + text.size(), fingerprint);
  return fingerprint;
}

// Dead rows are worth a new start when they are this share of all, and this many.
constexpr uint64_t kDeadShare = 4;
constexpr uint64_t kMinDeadRows = 65'536;

}  // namespace

void AudienceStore::unpackEvents(uint32_t slot, Contact& contact) const {
  const Symbol sender = contact.identity().id();
  for (const std::unique_ptr<EventTable>& table : tables_) {
    const SlotRanges::Range range = table->ranges().of(slot);
    for (uint32_t row = range.first; row < range.last; ++row) {
      const uint64_t fingerprint = table->fingerprint(row);
      const Symbol messageId =
          fingerprint == 0 ? kNoSymbol : interner_->intern(textOf(fingerprint));
      ValueTree properties = table->sourceProperties(row);
      contact.history().add(table->times()[row], table->name(), messageId, sender, properties,
                            nullptr);
      interner_->release(messageId);
    }
  }
}

void AudienceStore::unpack(uint32_t slot, Contact& contact) const {
  unpackEvents(slot, contact);
  const auto forEachWord = [&](WordKind kind, const auto& take) {
    for (const auto& [path, table] : wordTables(kind)) {
      const WordTable::Word* word = table->find(slot);
      if (word != nullptr) take(path, *table->valueOf(*word), word->time);
    }
  };
  Profile& profile = contact.profile();
  forEachWord(WordKind::kTrait, [&](const auto& path, const ValueNode& value, Instant time) {
    profile.write(path, value, time);
  });
  forEachWord(WordKind::kChannel, [&](const auto& path, const ValueNode& value, Instant time) {
    profile.setChannel(path.front(), value.type == ValueType::kTrue, time);
  });
  forEachWord(WordKind::kList, [&](const auto& path, const ValueNode& value, Instant time) {
    profile.setList(path.front(), value.type == ValueType::kTrue, time);
  });
}

AudienceStore::LiveContact& AudienceStore::liveContact(uint32_t id) {
  const uint32_t root = rootOf(id);
  LiveContact& live = live_[root];
  if (live.contact != nullptr) return live;
  const uint32_t slot = slotOfId_[root];
  const Symbol first = interner_->intern(ids_.text(slot == kNoIndex ? id : slotIds_[slot]));
  live.contact = std::make_unique<Contact>(interner_, zones_, first);
  interner_->release(first);
  const auto joined = joined_.find(root);
  if (joined != joined_.end()) {
    for (const uint32_t member : joined->second) {
      const Symbol symbol = interner_->intern(ids_.text(member));
      live.contact->restoreId(symbol, isPrevious_[member] != 0, 0);
      interner_->release(symbol);
    }
  }
  if (slot != kNoIndex) {
    unpack(slot, *live.contact);
    live.slots.push_back(slot);
  }
  return live;
}

void AudienceStore::receive(const Message& message, Instant receivedAt) {
  ++messageCount_;
  const uint32_t id = idOf(interner_->text(message.contact));
  Message known = message;
  const uint64_t fingerprint = fingerprintOfMessage(message.messageId);
  known.messageId = fingerprint == 0 ? kNoSymbol : interner_->intern(textOf(fingerprint));
  if (message.type != MessageType::kAlias) {
    liveContact(id).contact->load(known, receivedAt);
  } else {
    const uint32_t previous = idOf(interner_->text(message.previousId));
    LiveContact live = std::move(liveContact(id));
    live_.erase(rootOf(id));
    if (rootOf(previous) == rootOf(id)) {
      live.contact->loadAlias(known, nullptr);
    } else {
      LiveContact other = std::move(liveContact(previous));
      live_.erase(rootOf(previous));
      live.contact->loadAlias(known, other.contact.get());
      live.slots.insert(live.slots.end(), other.slots.begin(), other.slots.end());
    }
    live_[join({previous, id})] = std::move(live);
    presence_[previous] = Presence::kHere;
  }
  presence_[id] = Presence::kHere;
  interner_->release(known.messageId);
}

void AudienceStore::place(const LiveContact& live) {
  const Contact& contact = *live.contact;
  const uint32_t slot = slotCount();
  for (const uint32_t old : live.slots) {
    alive_.reset(old);
    for (const std::unique_ptr<EventTable>& table : tables_) {
      deadRows_ += table->ranges().of(old).size();
    }
  }
  slotIds_.push_back(ids_.find(interner_->text(contact.identity().id())));
  alive_.extend(slot + 1);
  alive_.set(slot);
  contactCount_ += 1;
  contactCount_ -= static_cast<uint32_t>(live.slots.size());
  std::vector<EventTable*> touched;
  for (const TimedEvent& entry : contact.history().events()) {
    const Event& event = *entry.event;
    EventTable& table = tableOf(event.name);
    const uint64_t fingerprint =
        event.messageId == kNoSymbol ? 0 : fingerprintOf(interner_->text(event.messageId));
    table.append(event.time, fingerprint, event.properties.root());
    touched.push_back(&table);
  }
  std::sort(touched.begin(), touched.end());
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  for (EventTable* table : touched) table->closeSlot(slot);
  for (const auto& [path, write] : contact.profile().traits()) {
    wordsOf(WordKind::kTrait, path).append(slot, write.time, *write.value.root());
  }
  const auto appendSwitches = [&](WordKind kind, const std::vector<Profile::Switch>& switches) {
    for (const Profile::Switch& entry : switches) {
      ValueNode isOn;
      isOn.type = entry.isOn ? ValueType::kTrue : ValueType::kFalse;
      wordsOf(kind, {entry.name}).append(slot, entry.time, isOn);
    }
  };
  appendSwitches(WordKind::kChannel, contact.profile().channels());
  appendSwitches(WordKind::kList, contact.profile().lists());
  for (const Identity::Member& member : contact.identity().members()) {
    slotOfId_[ids_.find(interner_->text(member.id))] = slot;
  }
}

void AudienceStore::settle() {
  for (const auto& [root, live] : live_) place(live);
  live_.clear();
}

bool AudienceStore::wantsCompaction() const {
  return deadRows_ > kMinDeadRows && deadRows_ * kDeadShare > eventCount();
}

void AudienceStore::compact() {
  settle();
  commitLoad();
}

}  // namespace fosterflow

#include "audience/audience_store.h"

#include <algorithm>
#include <utility>

#include "audience/grouping.h"

namespace fosterflow {

namespace {

constexpr uint8_t kAliasArrival = 0;
constexpr uint8_t kWideArrival = 255;

}  // namespace

AudienceStore::AudienceStore(Interner* interner, ZoneRegistry* zones)
    : interner_(interner), zones_(zones) {}

AudienceStore::~AudienceStore() {
  for (const WordTables& tables : words_) {
    for (const auto& [path, table] : tables) {
      for (const Symbol key : path) interner_->release(key);
    }
  }
}

uint32_t AudienceStore::idOf(std::string_view text) { return idOf(text, IdTable::hashOf(text)); }

uint32_t AudienceStore::idOf(std::string_view text, uint32_t hash) {
  const uint32_t id = ids_.indexOf(text, hash);
  if (id == presence_.size()) {
    presence_.push_back(Presence::kNone);
    slotOfId_.push_back(kNoIndex);
    if (!parents_.empty()) {
      parents_.push_back(id);
      isPrevious_.push_back(0);
    }
  }
  return id;
}

uint32_t AudienceStore::slotOf(std::string_view id) const {
  const uint32_t index = ids_.find(id);
  return index == kNoIndex ? kNoIndex : slotOfId_[index];
}

EventTable& AudienceStore::tableOf(Symbol name) {
  const uintptr_t* known = tablesByName_.find(name);
  if (known != nullptr) return *tables_[*known];
  tablesByName_.set(name, tables_.size());
  tables_.push_back(std::make_unique<EventTable>(interner_, name));
  return *tables_.back();
}

const EventTable* AudienceStore::table(Symbol name) const {
  const uintptr_t* known = tablesByName_.find(name);
  return known == nullptr ? nullptr : tables_[*known].get();
}

WordTable& AudienceStore::wordsOf(WordKind kind, const std::vector<Symbol>& path) {
  const auto [entry, isNew] = words_[static_cast<size_t>(kind)].try_emplace(path);
  if (isNew) {
    for (const Symbol key : path) interner_->retain(key);
    entry->second = std::make_unique<WordTable>(
        interner_, kind == WordKind::kTrait ? WordTable::Tie::kLarger : WordTable::Tie::kSmaller);
  }
  return *entry->second;
}

const WordTable* AudienceStore::words(WordKind kind, const std::vector<Symbol>& path) const {
  const WordTables& tables = wordTables(kind);
  const auto entry = tables.find(path);
  return entry == tables.end() ? nullptr : entry->second.get();
}

uint64_t AudienceStore::eventCount() const {
  uint64_t rows = 0;
  for (const std::unique_ptr<EventTable>& table : tables_) rows += table->rowCount();
  return rows - deadRows_;
}

size_t AudienceStore::bytes() const {
  size_t bytes =
      ids_.bytes() + slotOfId_.capacity() * 4 + slotIds_.capacity() * 4 + presence_.capacity();
  for (const std::unique_ptr<EventTable>& table : tables_) bytes += table->bytes();
  for (const WordTables& tables : words_) {
    for (const auto& [path, table] : tables) bytes += table->bytes();
  }
  return bytes;
}

// Aliases.

uint32_t AudienceStore::rootOf(uint32_t id) const {
  if (parents_.empty()) return id;
  while (parents_[id] != id) id = parents_[id];
  return id;
}

// Joins two ids; answers the root of both. The larger group keeps its root.
uint32_t AudienceStore::join(const Alias& alias) {
  if (alias.previous == alias.id) return rootOf(alias.id);
  if (parents_.empty()) {
    parents_.resize(ids_.size());
    for (uint32_t id = 0; id < ids_.size(); ++id) parents_[id] = id;
    isPrevious_.resize(ids_.size());
  }
  isPrevious_[alias.previous] = 1;
  uint32_t root = rootOf(alias.id);
  uint32_t other = rootOf(alias.previous);
  if (root == other) return root;
  const auto idsOf = [this](uint32_t of) -> std::vector<uint32_t>& {
    std::vector<uint32_t>& ids = joined_[of];
    if (ids.empty()) ids.push_back(of);
    return ids;
  };
  if (idsOf(root).size() < idsOf(other).size()) std::swap(root, other);
  std::vector<uint32_t>& own = joined_[root];
  const std::vector<uint32_t>& others = joined_[other];
  own.insert(own.end(), others.begin(), others.end());
  joined_.erase(other);
  parents_[other] = root;
  return root;
}

bool AudienceStore::isBetterId(uint32_t id, uint32_t other) const {
  if (!isPrevious_.empty() && isPrevious_[id] != isPrevious_[other]) return isPrevious_[id] == 0;
  return ids_.text(id) < ids_.text(other);
}

// Loading.

void AudienceStore::beginLoad() {
  dropLoad();
  settle();
  latest_.reset();
}

uint64_t AudienceStore::fingerprintOfMessage(Symbol messageId) const {
  return messageId == kNoSymbol ? 0 : fingerprintOf(hashKey_, interner_->text(messageId));
}

void AudienceStore::logArrival(uint32_t table) {
  if (table + 1 < kWideArrival) {
    arrivals_.push_back(static_cast<uint8_t>(table + 1));
    return;
  }
  arrivals_.push_back(kWideArrival);
  for (uint32_t shift = 0; shift < 32; shift += 8) {
    arrivals_.push_back(static_cast<uint8_t>(table >> shift));
  }
}

void AudienceStore::stageEvent(uint32_t id, const Message& message, Instant time) {
  EventTable& table = tableOf(message.name);
  stageRow(id, table, static_cast<uint32_t>(*tablesByName_.find(message.name)), time,
           fingerprintOfMessage(message.messageId));
  table.stageCells(message.data->root());
}

void AudienceStore::stageRow(uint32_t id, EventTable& table, uint32_t tableIndex, Instant time,
                             uint64_t fingerprint) {
  takeTime(time);
  appear(id);
  table.stage(id, time, fingerprint);
  logArrival(tableIndex);
}

void AudienceStore::stageTraits(uint32_t id, const ValueNode& parent, std::vector<Symbol>& path,
                                Instant time) {
  for (const ValueNode& child : ValueChildren(&parent)) {
    path.push_back(child.key);
    if (child.type == ValueType::kObject) {
      stageTraits(id, child, path, time);
    } else {
      wordsOf(WordKind::kTrait, path).stage(id, time, child);
    }
    path.pop_back();
  }
}

Refusal AudienceStore::stage(const Message& message) {
  if (!message.timestamp && !latest_) return Refusal::kMissingTimestamp;
  const Instant time = message.timestamp ? *message.timestamp : *latest_;
  const uint32_t id = idOf(interner_->text(message.contact));
  switch (message.type) {
    case MessageType::kTrack:
    case MessageType::kPage:
    case MessageType::kScreen:
      stageEvent(id, message, time);
      return Refusal::kNone;
    case MessageType::kIdentify:
      if (message.data->root() != nullptr) {
        std::vector<Symbol> path;
        stageTraits(id, *message.data->root(), path, time);
      }
      break;
    case MessageType::kChannel:
    case MessageType::kList: {
      ValueNode isOn;
      isOn.type = message.isOn ? ValueType::kTrue : ValueType::kFalse;
      const WordKind kind =
          message.type == MessageType::kChannel ? WordKind::kChannel : WordKind::kList;
      wordsOf(kind, {message.name}).stage(id, time, isOn);
      break;
    }
    case MessageType::kAlias: {
      const uint32_t previous = idOf(interner_->text(message.previousId));
      appear(previous);
      stagedAliases_.push_back({previous, id});
      arrivals_.push_back(kAliasArrival);
      break;
    }
  }
  takeTime(time);
  appear(id);
  return Refusal::kNone;
}

size_t AudienceStore::bytesToCommit() const {
  size_t largest = 0;
  for (const std::unique_ptr<EventTable>& table : tables_) {
    largest = std::max(largest, table->bytesToRegroup());
  }
  size_t words = 0;
  for (const WordTables& tables : words_) {
    for (const auto& [path, table] : tables) {
      words =
          std::max(words, (table->stagedCount() + table->words().size()) * sizeof(WordTable::Word));
    }
  }
  // By slot: the contact's id, where rows begin, and what is counted on the way.
  return std::max(largest, words) + static_cast<size_t>(ids_.size()) * 6 * sizeof(uint32_t);
}

void AudienceStore::dropLoad() {
  for (const std::unique_ptr<EventTable>& table : tables_) table->dropStaged();
  for (const WordTables& tables : words_) {
    for (const auto& [path, table] : tables) table->dropStaged();
  }
  stagedAliases_.clear();
  arrivals_.clear();
  std::replace(presence_.begin(), presence_.end(), Presence::kStaged, Presence::kNone);
  stagedMessages_ = 0;
}

void AudienceStore::commitLoad() {
  Grouping(*this).run();
  messageCount_ += std::exchange(stagedMessages_, 0);
  ++version_;
}

}  // namespace fosterflow

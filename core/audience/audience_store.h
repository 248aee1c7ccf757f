#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "audience/bitmap.h"
#include "audience/event_table.h"
#include "audience/id_table.h"
#include "audience/keyed_hash.h"
#include "audience/word_table.h"
#include "contact/contact.h"
#include "contact/message.h"

namespace fosterflow {

/// What is said of a contact besides events, by subject.
enum class WordKind : uint8_t { kTrait, kChannel, kList };

/// The data of many contacts in columns: what a file of messages means, and the messages that come
/// later. It knows nothing of segments.
///
/// Each contact has a *slot*. What is in a slot never changes: a contact that a message reaches
/// moves, with the message, to a new slot at the end, and the old one is dead. So what was computed
/// of a slot stays true.
class AudienceStore {
 public:
  AudienceStore(Interner* interner, ZoneRegistry* zones);
  AudienceStore(const AudienceStore&) = delete;
  AudienceStore& operator=(const AudienceStore&) = delete;
  ~AudienceStore();

  /// The key of the fingerprints of messageIds; only while the store is empty.
  void setHashKey(const HashKey& key) { hashKey_ = key; }
  [[nodiscard]] const HashKey& hashKey() const { return hashKey_; }

  // Loading: many messages, which count once all are there.

  /// Begins a file, whose messages without timestamp have the largest accepted before them.
  void beginLoad();
  /// Takes a checked message in, for `commitLoad`.
  Refusal stage(const Message& message);
  /// What `commitLoad` may need besides what there is, in bytes.
  [[nodiscard]] size_t bytesToCommit() const;
  /// Takes everything in that was staged since `beginLoad`. O(events × log events of a contact).
  void commitLoad();
  /// Forgets it instead.
  void dropLoad();

  /// The largest timestamp accepted since `beginLoad`.
  [[nodiscard]] std::optional<Instant> latest() const { return latest_; }

  // Living: single messages, which count from `settle` on.

  /// Takes a message in. `receivedAt`: the time of one without timestamp.
  void receive(const Message& message, Instant receivedAt);
  /// Gives the contacts that messages reached their new slots. O(their events).
  void settle();
  /// Whether the dead slots take so much that `compact` is worth its time and memory, which are
  /// those of `commitLoad`.
  [[nodiscard]] bool wantsCompaction() const;
  /// Gives all contacts new slots, and the memory of the dead ones back. Nothing may be staged.
  void compact();

  // What there is.

  [[nodiscard]] uint32_t slotCount() const { return static_cast<uint32_t>(slotIds_.size()); }
  /// The slots that a contact has now.
  [[nodiscard]] const Bitmap& alive() const { return alive_; }
  [[nodiscard]] uint32_t contactCount() const { return contactCount_; }
  [[nodiscard]] std::string_view idOf(uint32_t slot) const { return ids_.text(slotIds_[slot]); }
  /// The slot of the contact that has the id, which may be one of several; kNoIndex: none has.
  [[nodiscard]] uint32_t slotOf(std::string_view id) const;
  /// How many ids messages were sent under, those of dropped loads too.
  [[nodiscard]] size_t idCount() const { return ids_.size(); }
  [[nodiscard]] uint64_t eventCount() const;
  [[nodiscard]] uint64_t messageCount() const { return messageCount_; }
  /// Grows whenever slots were made anew, so that nothing that was known of them is true any more.
  [[nodiscard]] uint64_t version() const { return version_; }
  [[nodiscard]] size_t bytes() const;

  /// nullptr: there is no such event.
  [[nodiscard]] const EventTable* table(Symbol name) const;
  [[nodiscard]] const std::vector<std::unique_ptr<EventTable>>& tables() const { return tables_; }
  /// nullptr: nothing was said of it.
  [[nodiscard]] const WordTable* words(WordKind kind, const std::vector<Symbol>& path) const;
  using WordTables = std::map<std::vector<Symbol>, std::unique_ptr<WordTable>>;
  [[nodiscard]] const WordTables& wordTables(WordKind kind) const {
    return words_[static_cast<size_t>(kind)];
  }

 private:
  friend class AudienceFile;
  friend class FullHistories;
  friend class Grouping;
  friend class MessageLoader;

  // Whether anything is known of an id.
  enum class Presence : uint8_t { kNone, kStaged, kHere };
  struct Alias {
    uint32_t previous = 0;
    uint32_t id = 0;
  };
  struct LiveContact {
    std::unique_ptr<Contact> contact;
    std::vector<uint32_t> slots;  // that it had
  };

  uint32_t idOf(std::string_view text);
  EventTable& tableOf(Symbol name);
  WordTable& wordsOf(WordKind kind, const std::vector<Symbol>& path);
  /// The numbers of the ids that `textOf` tells of items, which may be new.
  template <typename Items, typename TextOf>
  void idsOf(const Items& items, std::vector<uint32_t>& ids, const TextOf& textOf) {
    ids.clear();
    for (const auto& item : items) ids.push_back(IdTable::hashOf(textOf(item)));
    ids_.touch(ids);
    for (size_t index = 0; index < items.size(); ++index) {
      ids[index] = idOf(textOf(items[index]), ids[index]);
    }
  }
  uint32_t idOf(std::string_view text, uint32_t hash);
  void takeTime(Instant time) {
    latest_ = std::max(time, latest_.value_or(time));
    ++stagedMessages_;
  }
  void appear(uint32_t id) {
    if (presence_[id] == Presence::kNone) presence_[id] = Presence::kStaged;
  }
  /// Stages an event, the cells apart.
  void stageRow(uint32_t id, EventTable& table, uint32_t tableIndex, Instant time,
                uint64_t fingerprint);
  void stageEvent(uint32_t id, const Message& message, Instant time);
  void stageTraits(uint32_t id, const ValueNode& parent, std::vector<Symbol>& path, Instant time);
  [[nodiscard]] uint64_t fingerprintOfMessage(Symbol messageId) const;
  void logArrival(uint32_t table);
  [[nodiscard]] uint32_t rootOf(uint32_t id) const;
  uint32_t join(const Alias& alias);
  [[nodiscard]] bool isBetterId(uint32_t id, uint32_t other) const;

  LiveContact& liveContact(uint32_t id);
  void unpack(uint32_t slot, Contact& contact) const;
  void unpackEvents(uint32_t slot, Contact& contact) const;
  void place(const LiveContact& live);

  Interner* interner_;
  ZoneRegistry* zones_;
  HashKey hashKey_;
  IdTable ids_;
  std::vector<Presence> presence_;  // by id
  std::vector<uint32_t> slotOfId_;  // by id; kNoIndex: none
  // Aliases: a forest of ids, once there is one, and the ids of each tree by its root.
  std::vector<uint32_t> parents_;
  std::vector<uint8_t> isPrevious_;
  std::unordered_map<uint32_t, std::vector<uint32_t>> joined_;

  std::vector<std::unique_ptr<EventTable>> tables_;
  SymbolMap tablesByName_;
  std::array<WordTables, 3> words_;
  std::vector<uint32_t> slotIds_;  // by slot: the contact's id
  Bitmap alive_;
  uint32_t contactCount_ = 0;
  uint64_t deadRows_ = 0;
  uint64_t messageCount_ = 0;
  uint64_t version_ = 1;

  std::optional<Instant> latest_;
  std::vector<Alias> stagedAliases_;
  ChunkedArray<uint8_t> arrivals_;  // which table each staged event is in, in order
  uint64_t stagedMessages_ = 0;
  std::unordered_map<uint32_t, LiveContact> live_;  // by root
};

}  // namespace fosterflow

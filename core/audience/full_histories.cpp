#include "audience/full_histories.h"

#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

#include "contact/history.h"
#include "language/limits.h"

namespace fosterflow {

namespace {

constexpr uint8_t kAliasArrival = 0;
constexpr uint8_t kWideArrival = 255;

// Notes where each event of a history came from.
class Origins final : public HistoryListener {
 public:
  void eventAdded(const Event& event) override { origins_[&event] = current; }
  void eventRemoved(const Event& event) override { origins_.erase(&event); }
  [[nodiscard]] size_t of(const Event* event) const { return origins_.at(event); }
  size_t current = 0;

 private:
  std::unordered_map<const Event*, size_t> origins_;
};

}  // namespace

// Ids that were one contact before this load share its old slot.
uint32_t FullHistories::groupOf(uint32_t id) const {
  const auto oldSlots = static_cast<uint32_t>(grouping_.slotOfOldSlot_.size());
  const uint32_t oldSlot = store_.slotOfId_[id];
  return oldSlot != kNoIndex ? oldSlot : oldSlots + id;
}

void FullHistories::collect() {
  const auto isFull = [this](uint32_t slot) {
    return slot != kNoIndex && grouping_.events_[slot] > kMaxEvents;
  };
  for (uint32_t table = 0; table < store_.tables_.size(); ++table) {
    store_.tables_[table]->ranges().forEach([&](uint32_t oldSlot, SlotRanges::Range range) {
      const uint32_t slot = grouping_.slotOfOldSlot_[oldSlot];
      if (!isFull(slot)) return;
      for (uint32_t row = range.first; row < range.last; ++row) {
        arrivals_[slot].push_back({table, row, oldSlot});
      }
    });
  }
  std::vector<uint32_t> staged(store_.tables_.size());
  uint32_t aliases = 0;
  for (size_t index = 0; index < store_.arrivals_.size(); ++index) {
    const uint8_t arrival = store_.arrivals_[index];
    if (arrival == kAliasArrival) {
      const AudienceStore::Alias& alias = store_.stagedAliases_[aliases];
      const uint32_t slot = grouping_.slotOfId_[alias.id];
      if (isFull(slot)) arrivals_[slot].push_back({kNoIndex, aliases, 0});
      ++aliases;
      continue;
    }
    uint32_t table = arrival - 1U;
    if (arrival == kWideArrival) {
      table = 0;
      for (uint32_t shift = 0; shift < 32; shift += 8) {
        table |= static_cast<uint32_t>(store_.arrivals_[++index]) << shift;
      }
    }
    const EventTable& events = *store_.tables_[table];
    const uint32_t place = staged[table]++;
    const uint32_t id = events.stagedId(place);
    const uint32_t slot = grouping_.slotOfId_[id];
    if (!isFull(slot)) continue;
    const auto source = static_cast<uint32_t>(events.rowCount()) + place;
    arrivals_[slot].push_back({table, source, groupOf(id)});
  }
}

void FullHistories::drop(const Arrival& arrival) {
  Bitmap& dropped = grouping_.dropped_[arrival.table];
  if (dropped.size() == 0) dropped.assign(store_.tables_[arrival.table]->sourceCount(), false);
  dropped.set(arrival.source);
}

void FullHistories::replay(const std::vector<Arrival>& arrivals) {
  Interner& interner = *store_.interner_;
  Origins origins;
  std::map<uint32_t, std::unique_ptr<History>> histories;
  std::map<uint32_t, uint32_t> joinedTo;
  const auto rootOf = [&joinedTo](uint32_t group) {
    for (auto entry = joinedTo.find(group); entry != joinedTo.end(); entry = joinedTo.find(group)) {
      group = entry->second;
    }
    return group;
  };
  const auto historyOf = [&](uint32_t group) -> History& {
    std::unique_ptr<History>& history = histories[group];
    if (history == nullptr) history = std::make_unique<History>(&interner);
    return *history;
  };
  for (size_t index = 0; index < arrivals.size(); ++index) {
    const Arrival& arrival = arrivals[index];
    if (arrival.table == kNoIndex) {
      const AudienceStore::Alias& alias = store_.stagedAliases_[arrival.source];
      const uint32_t own = rootOf(groupOf(alias.id));
      const uint32_t other = rootOf(groupOf(alias.previous));
      if (own == other) continue;
      historyOf(own).absorb(historyOf(other));
      histories.erase(other);
      joinedTo[other] = own;
      continue;
    }
    const EventTable& table = *store_.tables_[arrival.table];
    const uint64_t fingerprint = table.sourceFingerprint(arrival.source);
    // Events without messageId are not copies of each other: each has a sender of its own.
    const Symbol sender = interner.intern(std::to_string(index));
    const Symbol messageId =
        fingerprint == 0 ? kNoSymbol : interner.intern("#" + std::to_string(fingerprint));
    ValueTree properties = table.sourceProperties(arrival.source);
    origins.current = index;
    historyOf(rootOf(arrival.group))
        .add(table.sourceTime(arrival.source), table.name(), messageId, sender, properties,
             &origins);
    interner.release(sender);
    interner.release(messageId);
  }
  std::vector<uint8_t> isKept(arrivals.size());
  for (const auto& [group, history] : histories) {
    for (const TimedEvent& entry : history->events()) isKept[origins.of(entry.event)] = 1;
  }
  for (size_t index = 0; index < arrivals.size(); ++index) {
    if (isKept[index] == 0 && arrivals[index].table != kNoIndex) drop(arrivals[index]);
  }
}

void FullHistories::run() {
  collect();
  for (auto& [slot, arrivals] : arrivals_) {
    replay(arrivals);
    arrivals = {};
  }
}

}  // namespace fosterflow

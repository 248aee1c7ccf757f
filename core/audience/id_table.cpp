#include "audience/id_table.h"

#include <algorithm>
#include <cstring>

#include "audience/keyed_hash.h"
#include "plan/predicate.h"

namespace fosterflow {

namespace {

constexpr size_t kInitialSlots = 1024;
constexpr size_t kBlockBytes = 65'536;

// Decides about speed only.
constexpr HashKey kTableKey = {0x243F6A8885A308D3, 0x13198A2E03707344};

}  // namespace

uint32_t IdTable::hashOf(std::string_view id) {
  return static_cast<uint32_t>(quickHash(kTableKey, id));
}

void IdTable::touch(const std::vector<uint32_t>& hashes) {
  const size_t mask = slots_.size() - 1;
  for (const uint32_t hash : hashes) touched_ ^= slots_[hash & mask].next;
  for (const uint32_t hash : hashes) {
    const uint32_t next = slots_[hash & mask].next;
    if (next != 0) touched_ ^= static_cast<uint8_t>(*entries_[next - 1].text);
  }
}

IdTable::IdTable() : slots_(kInitialSlots) {}

size_t IdTable::slotOf(std::string_view id, uint32_t hash) const {
  const size_t mask = slots_.size() - 1;
  for (size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    if (slots_[slot].next == 0) return slot;
    if (slots_[slot].hash == hash && text(slots_[slot].next - 1) == id) return slot;
  }
}

uint32_t IdTable::find(std::string_view id) const {
  const uint32_t next = slots_[slotOf(id, hashOf(id))].next;
  return next == 0 ? kNoIndex : next - 1;
}

uint32_t IdTable::indexOf(std::string_view id, uint32_t hash) {
  size_t slot = slotOf(id, hash);
  if (slots_[slot].next != 0) return slots_[slot].next - 1;
  if ((entries_.size() + 1) * 2 > slots_.size()) {
    grow();
    slot = slotOf(id, hash);
  }
  entries_.push_back({keep(id), static_cast<uint32_t>(id.size()), hash});
  slots_[slot] = {hash, static_cast<uint32_t>(entries_.size())};
  return slots_[slot].next - 1;
}

const char* IdTable::keep(std::string_view id) {
  if (id.size() > freeBytes_) {
    freeBytes_ = std::max(kBlockBytes, id.size());
    blocks_.emplace_back(new char[freeBytes_]);
    textBytes_ += freeBytes_;
    free_ = blocks_.back().get();
  }
  char* place = free_;
  if (!id.empty()) std::memcpy(place, id.data(), id.size());
  free_ += id.size();
  freeBytes_ -= id.size();
  return place;
}

void IdTable::grow() {
  std::vector<Slot> larger(slots_.size() * 2);
  larger.swap(slots_);
  const size_t mask = slots_.size() - 1;
  for (const Slot& moved : larger) {
    if (moved.next == 0) continue;
    size_t slot = moved.hash & mask;
    while (slots_[slot].next != 0) slot = (slot + 1) & mask;
    slots_[slot] = moved;
  }
}

}  // namespace fosterflow

#include "values/interner.h"

#include <cstring>

namespace fosterflow {
namespace {

constexpr size_t kInitialSlots = 64;
constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15;  // 2^64 / golden ratio, odd

template <typename Word>
uint64_t load(const char* bytes) {
  Word word;
  std::memcpy(&word, bytes, sizeof(word));
  return word;
}

uint64_t mix(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * kMultiplier;
  return hash ^ hash >> 29;
}

/// Multiplicative hash over eight bytes at a time, the last of which may overlap. Symbols are given
/// out in order of arrival, so the hash decides about speed only, never about a result.
uint32_t hashOf(std::string_view text) {
  const char* bytes = text.data();
  const size_t size = text.size();
  uint64_t hash = (size + 1) * kMultiplier;
  if (size >= 8) {
    for (size_t i = 0; i + 8 < size; i += 8) hash = mix(hash, load<uint64_t>(bytes + i));
    hash = mix(hash, load<uint64_t>(bytes + size - 8));
  } else if (size >= 4) {
    hash = mix(hash, load<uint32_t>(bytes) << 32 | load<uint32_t>(bytes + size - 4));
  } else if (size > 0) {
    hash = mix(hash, load<uint8_t>(bytes) << 16 | load<uint8_t>(bytes + size / 2) << 8 |
                         load<uint8_t>(bytes + size - 1));
  }
  return static_cast<uint32_t>(hash * kMultiplier >> 32);
}

}  // namespace

Interner::Interner() : entries_(1), slots_(kInitialSlots, kNoSymbol) {}

Interner::~Interner() = default;

/// The slot that holds `text`, or the empty one where it belongs.
size_t Interner::slotOf(std::string_view text, uint32_t hash) const {
  const size_t mask = slots_.size() - 1;
  for (size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    const Symbol symbol = slots_[slot];
    if (symbol == kNoSymbol) return slot;
    const Entry& entry = entries_[symbol];
    if (entry.hash == hash && entry.length == text.size() &&
        (text.empty() || std::memcmp(entry.text.get(), text.data(), text.size()) == 0)) {
      return slot;
    }
  }
}

Symbol Interner::intern(std::string_view text) {
  const uint32_t hash = hashOf(text);
  size_t slot = slotOf(text, hash);
  if (slots_[slot] != kNoSymbol) {
    ++entries_[slots_[slot]].references;
    return slots_[slot];
  }
  if ((live_ + 1) * 2 > slots_.size()) {
    grow();
    slot = slotOf(text, hash);
  }
  Symbol symbol = firstFree_;
  if (symbol != kNoSymbol) {
    firstFree_ = entries_[symbol].nextFree;
  } else {
    symbol = static_cast<Symbol>(entries_.size());
    entries_.emplace_back();
  }
  Entry& entry = entries_[symbol];
  if (!text.empty()) {
    entry.text.reset(new char[text.size()]);
    std::memcpy(entry.text.get(), text.data(), text.size());
  }
  entry.length = static_cast<uint32_t>(text.size());
  entry.hash = hash;
  entry.references = 1;
  slots_[slot] = symbol;
  ++live_;
  return symbol;
}

Symbol Interner::find(std::string_view text) const { return slots_[slotOf(text, hashOf(text))]; }

void Interner::retain(Symbol symbol) {
  if (symbol != kNoSymbol) ++entries_[symbol].references;
}

void Interner::release(Symbol symbol) {
  if (symbol == kNoSymbol) return;
  Entry& entry = entries_[symbol];
  if (--entry.references > 0) return;
  const size_t mask = slots_.size() - 1;
  size_t slot = entry.hash & mask;
  while (slots_[slot] != symbol) slot = (slot + 1) & mask;
  eraseSlot(slot);
  entry.text.reset();
  entry.length = 0;
  entry.nextFree = firstFree_;
  firstFree_ = symbol;
  --live_;
}

std::string_view Interner::text(Symbol symbol) const {
  const Entry& entry = entries_[symbol];
  return {entry.text.get(), entry.length};
}

void Interner::grow() {
  std::vector<Symbol> old(slots_.size() * 2, kNoSymbol);
  old.swap(slots_);
  const size_t mask = slots_.size() - 1;
  for (const Symbol symbol : old) {
    if (symbol == kNoSymbol) continue;
    size_t slot = entries_[symbol].hash & mask;
    while (slots_[slot] != kNoSymbol) slot = (slot + 1) & mask;
    slots_[slot] = symbol;
  }
}

/// Deletion without tombstones: entries behind the hole move up when their home lies at or before
/// it (Knuth, The Art of Computer Programming, volume 3, section 6.4, algorithm R).
void Interner::eraseSlot(size_t slot) {
  const size_t mask = slots_.size() - 1;
  size_t hole = slot;
  for (size_t next = (hole + 1) & mask; slots_[next] != kNoSymbol; next = (next + 1) & mask) {
    const size_t home = entries_[slots_[next]].hash & mask;
    if (((next - home) & mask) >= ((next - hole) & mask)) {
      slots_[hole] = slots_[next];
      hole = next;
    }
  }
  slots_[hole] = kNoSymbol;
}

}  // namespace fosterflow

#include "values/interner.h"

#include <cstring>

namespace fosterflow {
namespace {

constexpr size_t kInitialSlots = 64;
constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15;  // 2^64 / golden ratio, odd

/// A text's bytes as a number. All platforms are little-endian.
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

/// Equality of texts of one size. Most are short: a call of memcmp costs more than their words.
bool equalOfSize(const char* left, const char* right, size_t size) {
  const auto isEqualAt = [&]<typename Word>(size_t index, Word /*type*/) {
    return load<Word>(left + index) == load<Word>(right + index);
  };
  // The last word overlaps the one before it.
  if (size >= 8) {
    for (size_t index = 0; index + 8 < size; index += 8) {
      if (!isEqualAt(index, uint64_t())) return false;
    }
    return isEqualAt(size - 8, uint64_t());
  }
  if (size >= 4) return isEqualAt(0, uint32_t()) && isEqualAt(size - 4, uint32_t());
  for (size_t index = 0; index < size; ++index) {
    if (left[index] != right[index]) return false;
  }
  return true;
}

}  // namespace

Interner::Interner() : entries_(1), slots_(kInitialSlots) {}

Interner::~Interner() = default;

/// The slot that holds `text`, or the empty one where it belongs.
size_t Interner::slotOf(std::string_view text, uint32_t hash) const {
  const size_t mask = slots_.size() - 1;
  for (size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    const Symbol symbol = slots_[slot].symbol;
    if (symbol == kNoSymbol) return slot;
    if (slots_[slot].hash != hash) continue;
    const Entry& entry = entries_[symbol];
    if (entry.length == text.size() && equalOfSize(entry.text.get(), text.data(), text.size())) {
      return slot;
    }
  }
}

Symbol Interner::intern(std::string_view text) {
  const uint32_t hash = hashOf(text);
  const size_t slot = slotOf(text, hash);
  const Symbol symbol = slots_[slot].symbol;
  if (symbol == kNoSymbol) return add(text, hash, slot);
  ++entries_[symbol].references;
  return symbol;
}

/// Takes in a text that is not known yet and belongs in `slot`.
Symbol Interner::add(std::string_view text, uint32_t hash, size_t slot) {
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
  slots_[slot] = {hash, symbol};
  ++live_;
  return symbol;
}

Symbol Interner::find(std::string_view text) const {
  return slots_[slotOf(text, hashOf(text))].symbol;
}

void Interner::retain(Symbol symbol) {
  if (symbol != kNoSymbol) ++entries_[symbol].references;
}

void Interner::release(Symbol symbol) {
  if (symbol == kNoSymbol) return;
  Entry& entry = entries_[symbol];
  if (--entry.references > 0) return;
  const size_t mask = slots_.size() - 1;
  size_t slot = entry.hash & mask;
  while (slots_[slot].symbol != symbol) slot = (slot + 1) & mask;
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
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  const size_t mask = slots_.size() - 1;
  for (const Slot& moved : old) {
    if (moved.symbol == kNoSymbol) continue;
    size_t slot = moved.hash & mask;
    while (slots_[slot].symbol != kNoSymbol) slot = (slot + 1) & mask;
    slots_[slot] = moved;
  }
}

/// Deletion without tombstones: entries behind the hole move up when their home lies at or before
/// it (Knuth, The Art of Computer Programming, volume 3, section 6.4, algorithm R).
void Interner::eraseSlot(size_t slot) {
  const size_t mask = slots_.size() - 1;
  size_t hole = slot;
  for (size_t next = (hole + 1) & mask; slots_[next].symbol != kNoSymbol;
       next = (next + 1) & mask) {
    const size_t home = slots_[next].hash & mask;
    if (((next - home) & mask) >= ((next - hole) & mask)) {
      slots_[hole] = slots_[next];
      hole = next;
    }
  }
  slots_[hole] = Slot();
}

}  // namespace fosterflow

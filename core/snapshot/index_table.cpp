#include "snapshot/index_table.h"

#include "snapshot/checksum.h"

namespace fosterflow {

namespace {

constexpr size_t kFirstSlots = 64;

uint32_t hashOf(std::string_view text) {
  const uint64_t hash = checksum64(text, 0);
  return static_cast<uint32_t>(hash ^ hash >> 32);
}

}  // namespace

uint32_t IndexTable::next(uint32_t hash, uint32_t& slot) const {
  if (slots_.empty()) return kNone;
  const auto mask = static_cast<uint32_t>(slots_.size() - 1);
  while (true) {
    const uint32_t place = slots_[slot++ & mask];
    if (place == 0) return kNone;
    if (hashes_[place - 1] == hash) return place - 1;
  }
}

void IndexTable::fill(uint32_t place) {
  const auto mask = static_cast<uint32_t>(slots_.size() - 1);
  uint32_t slot = hashes_[place] & mask;
  while (slots_[slot] != 0) slot = (slot + 1) & mask;
  slots_[slot] = place + 1;
}

void IndexTable::add(uint32_t hash) {
  hashes_.push_back(hash);
  if (hashes_.size() * 2 <= slots_.size()) {
    fill(static_cast<uint32_t>(hashes_.size() - 1));
    return;
  }
  slots_.assign(slots_.empty() ? kFirstSlots : slots_.size() * 2, 0);
  for (uint32_t place = 0; place < hashes_.size(); ++place) fill(place);
}

// In the reverse order of adding no other entry has probed past the one that goes.
void IndexTable::truncate(size_t size) {
  while (hashes_.size() > size) {
    const auto mask = static_cast<uint32_t>(slots_.size() - 1);
    uint32_t slot = hashes_.back() & mask;
    while (slots_[slot] != hashes_.size()) slot = (slot + 1) & mask;
    slots_[slot] = 0;
    hashes_.pop_back();
  }
}

uint32_t TextTable::find(std::string_view text) const {
  const uint32_t hash = hashOf(text);
  uint32_t slot = hash;
  while (true) {
    const uint32_t place = table_.next(hash, slot);
    if (place == IndexTable::kNone || (*this)[place] == text) return place;
  }
}

uint32_t TextTable::findOrAdd(std::string_view text) {
  const uint32_t known = find(text);
  if (known != IndexTable::kNone) return known;
  table_.add(hashOf(text));
  bytes_ += text;
  ends_.push_back(static_cast<uint32_t>(bytes_.size()));
  return static_cast<uint32_t>(ends_.size() - 1);
}

void TextTable::truncate(size_t size) {
  table_.truncate(size);
  ends_.resize(size);
  bytes_.resize(size == 0 ? 0 : ends_.back());
}

}  // namespace fosterflow

#include "audience/known_codes.h"

#include "audience/keyed_hash.h"

namespace fosterflow {

namespace {

constexpr size_t kFirstSlots = 32;

// Decides about speed only.
constexpr HashKey kTableKey = {0x13198A2E03707344, 0x243F6A8885A308D3};

}  // namespace

uint32_t KnownCodes::hashOf(std::string_view written) {
  return static_cast<uint32_t>(quickHash(kTableKey, written));
}

void KnownCodes::put(const Entry& entry) {
  size_t slot = entry.hash & mask();
  while (slots_[slot].code != 0) slot = (slot + 1) & mask();
  slots_[slot] = entry;
}

void KnownCodes::add(std::string_view written, uint32_t code) {
  if (count_ == kMaxEntries || texts_.size() + written.size() > kMaxBytes) return;
  if ((count_ + 1) * 2 > slots_.size()) {
    std::vector<Entry> entries(slots_.empty() ? kFirstSlots : slots_.size() * 2);
    entries.swap(slots_);
    for (const Entry& entry : entries) {
      if (entry.code != 0) put(entry);
    }
  }
  put({hashOf(written), code, static_cast<uint32_t>(texts_.size()),
       static_cast<uint32_t>(written.size())});
  texts_ += written;
  ++count_;
}

}  // namespace fosterflow

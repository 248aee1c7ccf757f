#include "audience/id_order.h"

#include <algorithm>
#include <utility>

namespace fosterflow {

namespace {

// The first 8 bytes of an id, which decide nearly always, as a number in their order.
uint64_t headOf(std::string_view id) {
  uint64_t head = 0;
  for (size_t index = 0; index < 8; ++index) {
    head = head << 8 | (index < id.size() ? static_cast<uint8_t>(id[index]) : 0U);
  }
  return head;
}

}  // namespace

void IdOrder::extend(const AudienceStore& store) {
  if (version_ != store.version()) slots_.clear();
  version_ = store.version();
  const auto known = static_cast<uint32_t>(slots_.size());
  if (known == store.slotCount()) return;
  std::vector<std::pair<uint64_t, uint32_t>> heads;
  heads.reserve(store.slotCount() - known);
  for (uint32_t slot = known; slot < store.slotCount(); ++slot) {
    heads.emplace_back(headOf(store.idOf(slot)), slot);
  }
  std::sort(heads.begin(), heads.end(), [&store](const auto& left, const auto& right) {
    if (left.first != right.first) return left.first < right.first;
    return store.idOf(left.second) < store.idOf(right.second);
  });
  for (const auto& [head, slot] : heads) slots_.push_back(slot);
  std::inplace_merge(
      slots_.begin(), slots_.begin() + static_cast<std::ptrdiff_t>(known), slots_.end(),
      [&store](uint32_t left, uint32_t right) { return store.idOf(left) < store.idOf(right); });
}

size_t IdOrder::placeAfter(const AudienceStore& store, std::string_view id) const {
  const auto place = std::upper_bound(
      slots_.begin(), slots_.end(), id,
      [&store](std::string_view wanted, uint32_t slot) { return wanted < store.idOf(slot); });
  return static_cast<size_t>(place - slots_.begin());
}

}  // namespace fosterflow

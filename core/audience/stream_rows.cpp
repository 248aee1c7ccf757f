#include "audience/stream_rows.h"

#include <algorithm>

namespace fosterflow {

StreamRows::StreamRows(const Stream& stream, const AudienceStore& store, SlotView& slots) {
  // A rule may name an event twice.
  std::vector<Symbol> names = stream.names;
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  parts_.reserve(names.size());
  for (const Symbol name : names) {
    const EventTable* table = store.table(name);
    if (table == nullptr || table->rowCount() == 0) continue;
    parts_.emplace_back(stream, *table, slots);
    if (!parts_.back().mayTake()) parts_.pop_back();
  }
}

StreamRows::Part::Part(const Stream& stream, const EventTable& table, SlotView& slots)
    : table_(&table), participation_(stream.participation) {
  if (!stream.property.empty()) property_.emplace(table, stream.property);
  if (stream.where) filter_.emplace(*stream.where, table, slots);
}

bool StreamRows::Part::participates(uint32_t row) {
  ValueNode storage;
  const ValueNode* value = property_->at(row, storage);
  if (!isSet(value)) return false;
  switch (participation_) {
    case Participation::kNumeric:
      return value->type == ValueType::kNumber;
    case Participation::kScalar:
      return value->type < ValueType::kArray;
    default:
      return true;
  }
}

bool StreamRows::takesAll() const {
  return std::all_of(parts_.begin(), parts_.end(),
                     [](const Part& part) { return part.takesAll(); });
}

Instant StreamRows::latest(uint32_t slot, Instant until) {
  Instant latest = kBeforeAll;
  for (Part& part : parts_) {
    const EventTable& table = part.table();
    const SlotRanges::Range range = table.ranges().of(slot);
    uint32_t row = table.times().firstAfter(range.first, range.last, until);
    while (row > range.first && !part.takes(row - 1)) --row;
    if (row > range.first) latest = std::max(latest, table.times()[row - 1]);
  }
  return latest;
}

}  // namespace fosterflow

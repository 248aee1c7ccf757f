#include "audience/stream_rows.h"

#include <algorithm>
#include <array>
#include <bit>

namespace fosterflow {

namespace {

// Windows of more of a table's time than this hold too many of its events.
constexpr double kMaxSlicedShare = 0.3;

}  // namespace

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

bool StreamRows::Part::hasValue(uint32_t row) {
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

void StreamRows::Part::touch(const uint32_t* slots, size_t count) {
  if (!table_->ranges().isDense()) return;
  const std::vector<uint32_t>& starts = table_->ranges().starts();
  const uint32_t* coarse = table_->times().coarse();
  std::array<uint32_t, Bitmap::kAhead> rows;
  size_t rowCount = 0;
  for (size_t index = 0; index < count; ++index) {
    const size_t slot = slots[index];
    if (slot + 1 >= starts.size()) break;
    rows[rowCount] = starts[slot + 1] - 1;
    rowCount += starts[slot + 1] > starts[slot] ? 1U : 0U;
  }
  uint32_t read = 0;
  for (size_t index = 0; index < rowCount; ++index) read ^= coarse[rows[index]];
  if (filter_ && taken() == nullptr) {
    for (size_t index = 0; index < rowCount; ++index) read ^= filter_->touch(rows[index]);
  }
  if (property_) {
    for (size_t index = 0; index < rowCount; ++index) read ^= property_->touch(rows[index]);
  }
  touched_ ^= read;
}

void StreamRows::Part::takeRows() {
  const auto rows = static_cast<uint32_t>(table_->rowCount());
  // What was known of a row stays true; the last word may have been known in part.
  uint32_t row = static_cast<uint32_t>(taken_->size() / 64 * 64);
  taken_->extend(rows);
  const bool isFiltered = filter_.has_value();
  const bool mustParticipate = participation_ != Participation::kEvery;
  for (; row + 64 <= rows; row += 64) {
    uint64_t answers = isFiltered ? filter_->answersFrom(row) : ~uint64_t{0};
    for (uint64_t rest = mustParticipate ? answers : 0; rest != 0; rest &= rest - 1) {
      const auto index = static_cast<uint32_t>(std::countr_zero(rest));
      if (!participates(row + index)) answers &= ~(uint64_t{1} << index);
    }
    taken_->words()[row / 64] = answers;
  }
  for (; row < rows; ++row) taken_->set(row, takes(row));
}

void StreamRows::makeSlices(Instant lower, Instant upper, uint32_t slotCount) const {
  for (const Part& part : parts_) {
    const TimeColumn& times = part.table().times();
    const Instant first = std::max(lower, times.base());
    const Instant last = std::min(upper, times.latest());
    if (first >= last) continue;
    const auto share =
        static_cast<double>(last - first) / static_cast<double>(times.latest() - times.base());
    if (share < kMaxSlicedShare) part.table().makeSlices(slotCount);
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

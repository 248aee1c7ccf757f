#include "audience/grouping.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "audience/full_histories.h"
#include "language/limits.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

std::string contentOf(const EventTable& table, uint32_t row, const Interner& interner) {
  std::string content;
  appendJsonText(content, interner.text(table.name()));
  content += ',';
  appendCanonicalJson(content, table.sourceProperties(row).root(), interner);
  return content;
}

}  // namespace

void Grouping::run() {
  dropped_.resize(store_.tables_.size());
  placeContacts();
  countEvents();
  if (std::any_of(events_.begin(), events_.end(),
                  [](uint32_t events) { return events > kMaxEvents; })) {
    FullHistories(*this).run();
  }
  for (uint32_t table = 0; table < store_.tables_.size(); ++table) group(table);
  for (auto& tables : store_.words_) {
    for (auto& [path, table] : tables) table->regroup(slotOfId_, slotOfOldSlot_);
  }
  dropCopies();
  store_.slotOfId_ = std::move(slotOfId_);
  store_.arrivals_.clear();
  store_.stagedAliases_.clear();
  store_.alive_.assign(slotCount_, true);
  store_.contactCount_ = slotCount_;
  store_.deadRows_ = 0;
}

void Grouping::placeContacts() {
  std::vector<uint32_t>& slotIds = store_.slotIds_;
  slotOfOldSlot_.resize(slotIds.size(), kNoIndex);
  for (const AudienceStore::Alias& alias : store_.stagedAliases_) store_.join(alias);
  const uint32_t idCount = store_.ids_.size();
  slotOfId_.assign(idCount, kNoIndex);
  std::vector<uint32_t> chosen;
  for (uint32_t id = 0; id < idCount; ++id) {
    AudienceStore::Presence& presence = store_.presence_[id];
    if (presence == AudienceStore::Presence::kNone) continue;
    presence = AudienceStore::Presence::kHere;
    const uint32_t root = store_.rootOf(id);
    uint32_t& slot = slotOfId_[root];
    if (slot == kNoIndex) {
      slot = static_cast<uint32_t>(chosen.size());
      chosen.push_back(id);
    } else if (store_.isBetterId(id, chosen[slot])) {
      chosen[slot] = id;
    }
    slotOfId_[id] = slot;
    const uint32_t oldSlot = store_.slotOfId_[id];
    if (oldSlot != kNoIndex) slotOfOldSlot_[oldSlot] = slot;
  }
  slotCount_ = static_cast<uint32_t>(chosen.size());
  slotIds = std::move(chosen);
}

void Grouping::countEvents() {
  events_.assign(slotCount_, 0);
  for (const std::unique_ptr<EventTable>& table : store_.tables_) {
    for (size_t index = 0; index < table->stagedCount(); ++index) {
      ++events_[slotOfId_[table->stagedId(index)]];
    }
    table->ranges().forEach([this](uint32_t oldSlot, SlotRanges::Range range) {
      const uint32_t slot = slotOfOldSlot_[oldSlot];
      if (slot != kNoIndex) events_[slot] += range.size();
    });
  }
}

template <typename Visit>
void Grouping::forEachSource(const EventTable& table, const Bitmap& dropped,
                             const Visit& visit) const {
  const auto take = [&](uint32_t source, uint32_t slot) {
    if (dropped.size() == 0 || !dropped[source]) visit(source, slot);
  };
  table.ranges().forEach([&](uint32_t oldSlot, SlotRanges::Range range) {
    const uint32_t slot = slotOfOldSlot_[oldSlot];
    if (slot == kNoIndex) return;
    for (uint32_t row = range.first; row < range.last; ++row) take(row, slot);
  });
  const auto rows = static_cast<uint32_t>(table.rowCount());
  for (uint32_t index = 0; index < table.stagedCount(); ++index) {
    take(rows + index, slotOfId_[table.stagedId(index)]);
  }
}

void Grouping::group(uint32_t index) {
  EventTable& table = *store_.tables_[index];
  if (SlotRanges::wouldBeDense(table.sourceCount(), slotCount_)) {
    groupDense(table, dropped_[index]);
  } else {
    groupSparse(table, dropped_[index]);
  }
  dropped_[index] = Bitmap();
}

// Counts, then puts each where its slot's rows are: two passes over the sources.
void Grouping::groupDense(EventTable& table, const Bitmap& dropped) {
  std::vector<uint32_t> starts(static_cast<size_t>(slotCount_) + 1);
  forEachSource(table, dropped, [&starts](uint32_t, uint32_t slot) { ++starts[slot]; });
  uint32_t total = 0;
  for (uint32_t& start : starts) total += std::exchange(start, total);
  std::vector<uint32_t> rows(table.sourceCount(), kNoIndex);
  forEachSource(table, dropped,
                [&](uint32_t source, uint32_t slot) { rows[source] = starts[slot]++; });
  // Each start has moved to the slot's end, which is the next one's start.
  for (size_t slot = starts.size() - 1; slot > 0; --slot) starts[slot] = starts[slot - 1];
  starts[0] = 0;
  SlotRanges ranges;
  ranges.setDense(std::move(starts));
  table.regroup(RowPlacement(std::move(rows), total), std::move(ranges));
}

void Grouping::groupSparse(EventTable& table, const Bitmap& dropped) {
  std::vector<std::pair<uint32_t, uint32_t>> bySlot;
  forEachSource(table, dropped,
                [&bySlot](uint32_t source, uint32_t slot) { bySlot.emplace_back(slot, source); });
  std::sort(bySlot.begin(), bySlot.end());
  std::vector<uint32_t> rows(table.sourceCount(), kNoIndex);
  std::vector<uint32_t> slots;
  std::vector<uint32_t> starts;
  uint32_t row = 0;
  for (const auto& [slot, source] : bySlot) {
    if (slots.empty() || slots.back() != slot) {
      slots.push_back(slot);
      starts.push_back(row);
    }
    rows[source] = row++;
  }
  starts.push_back(row);
  SlotRanges ranges;
  ranges.setSparse(std::move(slots), std::move(starts));
  table.regroup(RowPlacement(std::move(rows), row), std::move(ranges));
}

bool Grouping::countsBefore(const Row& left, const Row& right) const {
  const EventTable& leftTable = *store_.tables_[left.table];
  const EventTable& rightTable = *store_.tables_[right.table];
  const Instant leftTime = leftTable.times()[left.row];
  const Instant rightTime = rightTable.times()[right.row];
  if (leftTime != rightTime) return leftTime < rightTime;
  return contentOf(leftTable, left.row, *store_.interner_) <
         contentOf(rightTable, right.row, *store_.interner_);
}

// Of the events with one messageId only the first counts.
void Grouping::dropCopiesOf(std::vector<Row>& rows) {
  const auto isBefore = [](const Row& left, const Row& right) {
    return left.fingerprint < right.fingerprint;
  };
  std::sort(rows.begin(), rows.end(), isBefore);
  for (size_t first = 0; first < rows.size();) {
    size_t last = first + 1;
    size_t best = first;
    for (; last < rows.size() && rows[last].fingerprint == rows[first].fingerprint; ++last) {
      if (countsBefore(rows[last], rows[best])) best = last;
    }
    for (size_t index = first; last - first > 1 && index < last; ++index) {
      if (index == best) continue;
      Bitmap& dropped = dropped_[rows[index].table];
      if (dropped.size() == 0) dropped.assign(store_.tables_[rows[index].table]->rowCount(), false);
      dropped.set(rows[index].row);
    }
    first = last;
  }
}

void Grouping::dropCopies() {
  // Tables that hold only some slots are gone through by those, beside the others.
  std::vector<uint32_t> dense;
  std::vector<std::tuple<uint32_t, uint32_t, SlotRanges::Range>> sparse;
  for (uint32_t index = 0; index < store_.tables_.size(); ++index) {
    const EventTable& table = *store_.tables_[index];
    if (table.fingerprints().empty()) continue;
    if (table.ranges().isDense()) {
      dense.push_back(index);
    } else {
      table.ranges().forEach(
          [&](uint32_t slot, SlotRanges::Range range) { sparse.emplace_back(slot, index, range); });
    }
  }
  std::sort(sparse.begin(), sparse.end(), [](const auto& left, const auto& right) {
    return std::tie(std::get<0>(left), std::get<1>(left)) <
           std::tie(std::get<0>(right), std::get<1>(right));
  });
  std::vector<Row> rows;
  const auto add = [&](uint32_t index, SlotRanges::Range range) {
    const EventTable& table = *store_.tables_[index];
    for (uint32_t row = range.first; row < range.last; ++row) {
      const uint64_t fingerprint = table.fingerprint(row);
      if (fingerprint != 0) rows.push_back({fingerprint, index, row});
    }
  };
  auto next = sparse.begin();
  for (uint32_t slot = 0; slot < slotCount_; ++slot) {
    rows.clear();
    for (const uint32_t index : dense) add(index, store_.tables_[index]->ranges().of(slot));
    for (; next != sparse.end() && std::get<0>(*next) == slot; ++next) {
      add(std::get<1>(*next), std::get<2>(*next));
    }
    if (rows.size() > 1) dropCopiesOf(rows);
  }
  removeRows();
}

void Grouping::removeRows() {
  for (uint32_t index = 0; index < dropped_.size(); ++index) {
    if (dropped_[index].size() > 0) store_.tables_[index]->remove(dropped_[index]);
  }
}

}  // namespace fosterflow

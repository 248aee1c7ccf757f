#include "audience/event_table.h"

#include <algorithm>
#include <utility>

namespace fosterflow {

EventTable::EventTable(Interner* interner, Symbol name) : interner_(interner), name_(name) {
  interner->retain(name);
}

EventTable::~EventTable() {
  for (const std::unique_ptr<Column>& column : columns_) interner_->release(column->key);
  interner_->release(name_);
}

EventTable::Column& EventTable::columnOf(Symbol key, size_t hint) {
  if (hint < columns_.size() && columns_[hint]->key == key) return *columns_[hint];
  const uintptr_t* known = columnsByKey_.find(key);
  if (known != nullptr) return *columns_[*known];
  interner_->retain(key);
  columnsByKey_.set(key, columns_.size());
  columns_.push_back(std::make_unique<Column>(interner_, key, columns_.size()));
  return *columns_.back();
}

const EventTable::Column* EventTable::find(Symbol key) const {
  const uintptr_t* known = columnsByKey_.find(key);
  return known == nullptr ? nullptr : columns_[*known].get();
}

Cell EventTable::cellOf(Column& column, const ValueNode& value) {
  if (value.type == ValueType::kNumber) return Cell::ofNumber(value.number);
  return Cell::ofCode(column.cells.dictionary().codeOf(value));
}

void EventTable::stage(uint32_t id, Instant time, uint64_t fingerprint) {
  stagedIds_.push_back(id);
  stagedTimes_.push_back(time);
  stagedFingerprints_.push_back(fingerprint);
}

void EventTable::stageCells(const ValueNode* properties) {
  if (properties == nullptr) return;
  size_t hint = 0;
  for (const ValueNode& member : ValueChildren(properties)) {
    Column& column = columnOf(member.key, hint++);
    stageCell(column, cellOf(column, member));
  }
}

void EventTable::dropStaged() {
  stagedIds_.clear();
  stagedTimes_.clear();
  stagedFingerprints_.clear();
  for (const std::unique_ptr<Column>& column : columns_) {
    column->staged.clear();
    column->known = KnownCodes();
  }
}

Cell EventTable::sourceCell(const Column& column, uint32_t source) const {
  const auto rows = static_cast<uint32_t>(rowCount());
  return source < rows ? column.cells.at(source) : column.staged.at(source - rows);
}

uint64_t EventTable::sourceFingerprint(uint32_t source) const {
  const auto rows = static_cast<uint32_t>(rowCount());
  return source < rows ? fingerprint(source) : stagedFingerprints_[source - rows];
}

ValueTree EventTable::sourceProperties(uint32_t source) const {
  ValueTree tree(interner_);
  std::vector<ValueNode>& nodes = tree.nodes();
  nodes.emplace_back();
  nodes.front().type = ValueType::kObject;
  for (const std::unique_ptr<Column>& column : columns_) {
    const Cell cell = sourceCell(*column, source);
    if (cell.isMissing()) continue;
    const size_t start = nodes.size();
    if (cell.isNumber()) {
      nodes.emplace_back();
      nodes.back().type = ValueType::kNumber;
      nodes.back().number = cell.number();
    } else {
      const ValueNode* value = column->cells.dictionary().value(cell.code());
      nodes.insert(nodes.end(), value, value + spanOf(*value));
    }
    nodes[start].key = column->key;
    for (size_t index = start; index < nodes.size(); ++index) {
      interner_->retain(nodes[index].key);
      if (nodes[index].type == ValueType::kText) interner_->retain(nodes[index].text);
    }
  }
  nodes.front().span = static_cast<uint32_t>(nodes.size());
  return tree;
}

size_t EventTable::bytesToSlice(uint32_t slotCount) const {
  const bool isWanted = slices_ == nullptr && rowCount() > 0;
  return isWanted ? TimeSlices::bytesFor(rowCount(), slotCount) : 0;
}

void EventTable::makeSlices(uint32_t slotCount) const {
  if (bytesToSlice(slotCount) > 0)
    slices_ = std::make_unique<TimeSlices>(times_, ranges_, slotCount);
}

namespace {

// Sorts the rows of a slot by time, those of one time in their order. False: they are so.
bool sortByTime(Instant* first, Instant* last, std::vector<std::pair<Instant, uint32_t>>& sorted) {
  if (std::is_sorted(first, last)) return false;
  sorted.clear();
  for (const Instant* time = first; time != last; ++time) {
    sorted.emplace_back(*time, static_cast<uint32_t>(time - first));
  }
  std::sort(sorted.begin(), sorted.end());
  for (const auto& [time, index] : sorted) *first++ = time;
  return true;
}

}  // namespace

// The times in the order of the rows; where they do not ascend, the rows change places.
void EventTable::placeTimes(RowPlacement& placement, const SlotRanges& ranges) {
  std::vector<Instant> ordered(placement.rowCount());
  placement.move<Instant>([this](uint32_t source) { return sourceTime(source); },
                          [&ordered](uint32_t row, Instant time) { ordered[row] = time; });
  stagedTimes_.clear();
  Bitmap hasMoved(ordered.size());
  std::vector<uint32_t> newRows;
  std::vector<std::pair<Instant, uint32_t>> sorted;
  Instant earliest = kNever;
  Instant latest = INT64_MIN;
  ranges.forEach([&](uint32_t, SlotRanges::Range range) {
    if (range.empty()) return;
    if (sortByTime(ordered.data() + range.first, ordered.data() + range.last, sorted)) {
      newRows.resize(ordered.size());
      for (uint32_t index = 0; index < sorted.size(); ++index) {
        hasMoved.set(range.first + index);
        newRows[range.first + sorted[index].second] = range.first + index;
      }
    }
    earliest = std::min(earliest, ordered[range.first]);
    latest = std::max(latest, ordered[range.last - 1]);
  });
  if (!newRows.empty()) {
    for (uint32_t& row : placement.rows()) {
      if (row != kNoIndex && hasMoved[row]) row = newRows[row];
    }
  }
  TimeColumn times;
  if (!ordered.empty()) times.start(earliest, latest);
  times.reserve(ordered.size());
  for (const Instant time : ordered) times.push_back(time);
  times_ = std::move(times);
}

void EventTable::regroup(RowPlacement placement, SlotRanges ranges) {
  slices_ = nullptr;
  const auto count = placement.rowCount();
  const auto oldRows = static_cast<uint32_t>(rowCount());
  placeTimes(placement, ranges);
  for (const std::unique_ptr<Column>& column : columns_) {
    ColumnNeeds needs;
    column->staged.forEach([&needs](Cell cell) { needs.add(cell); });
    PropertyColumn& cells = column->cells;
    for (uint32_t row = 0; row < oldRows; ++row) needs.add(cells.at(row));
    const PropertyColumn before = cells.takeCells();
    cells.start(needs, count);
    placement.move<Cell>(
        [&](uint32_t source) {
          return source < oldRows ? before.at(source) : column->staged.at(source - oldRows);
        },
        [&cells](uint32_t row, Cell cell) { cells.append(row, cell); });
    column->staged.clear();
    column->known = KnownCodes();
  }
  bool hasFingerprints = !fingerprints_.empty();
  for (size_t index = 0; index < stagedFingerprints_.size() && !hasFingerprints; ++index) {
    hasFingerprints = stagedFingerprints_[index] != 0;
  }
  std::vector<uint64_t> fingerprints;
  if (hasFingerprints) {
    fingerprints.reserve(count);
    placement.move<uint64_t>(
        [&](uint32_t source) {
          return source < oldRows ? fingerprint(source) : stagedFingerprints_[source - oldRows];
        },
        [&fingerprints](uint32_t, uint64_t one) { fingerprints.push_back(one); });
  }
  fingerprints_ = std::move(fingerprints);
  stagedFingerprints_.clear();
  stagedIds_.clear();
  ranges_ = std::move(ranges);
}

void EventTable::remove(const Bitmap& rows) {
  slices_ = nullptr;
  times_.remove(rows);
  removeAt(fingerprints_, rows);
  ranges_.remove(rows);
  for (const std::unique_ptr<Column>& column : columns_) column->cells.remove(rows);
}

void EventTable::append(Instant time, uint64_t fingerprint, const ValueNode* properties) {
  const auto row = static_cast<uint32_t>(rowCount());
  times_.push_back(time);
  if (fingerprint != 0) {
    fingerprints_.resize(row, 0);
    fingerprints_.push_back(fingerprint);
  }
  if (properties == nullptr) return;
  size_t hint = 0;
  for (const ValueNode& member : ValueChildren(properties)) {
    Column& column = columnOf(member.key, hint++);
    column.cells.set(row, cellOf(column, member));
  }
}

size_t EventTable::bytes() const {
  size_t bytes = times_.bytes() + fingerprints_.capacity() * 8 + ranges_.bytes();
  if (slices_ != nullptr) bytes += slices_->bytes();
  for (const std::unique_ptr<Column>& column : columns_) bytes += column->cells.bytes();
  return bytes;
}

size_t EventTable::bytesToRegroup() const {
  // The times as they are put in order, beside what moves them; later the largest column.
  return sourceCount() * (RowPlacement::kBytesPerRow + sizeof(Instant));
}

void EventTable::restore(TimeColumn times, std::vector<uint64_t> fingerprints, SlotRanges ranges) {
  slices_ = nullptr;
  times_ = std::move(times);
  fingerprints_ = std::move(fingerprints);
  ranges_ = std::move(ranges);
}

}  // namespace fosterflow

#include "snapshot/event_writer.h"

#include <algorithm>

#include "snapshot/column.h"
#include "snapshot/decimal.h"
#include "snapshot/message_id.h"

namespace fosterflow {

namespace {

// Texts by their place in the tables.
class TableTextWriter final : public TextWriter {
 public:
  explicit TableTextWriter(WriterTables* tables) : tables_(tables) {}
  void write(std::string& out, std::string_view text) override {
    appendVarint(out, tables_->textOf(text));
  }

 private:
  WriterTables* tables_;
};

// A column of so few bits a value is good enough.
constexpr size_t kPlentyOfBits = 20;

size_t bitsOfNewText(std::string_view text) { return 8 * (text.size() + 1); }

}  // namespace

void EventWriter::write(std::string& out, const TimeLine<TimedEvent>& events, size_t steady) {
  // The blocks that are as they would be written now.
  size_t kept = 0;
  size_t event = 0;
  for (; kept < ends_.size() && ends_[kept].events <= steady; ++kept) {
    const size_t end = event + blockSize(events.size() - event);
    if (end != ends_[kept].events) break;
    event = end;
  }
  ends_.resize(kept);
  const BlockEnd before = kept == 0 ? BlockEnd() : ends_.back();
  tables_.truncate(before.sizes);
  blocks_.resize(before.bytes);
  while (event < events.size()) {
    const size_t end = event + blockSize(events.size() - event);
    writeBlock(events, event, end);
    ends_.push_back({end, blocks_.size(), tables_.sizes()});
    event = end;
  }
  appendVarint(out, events.size());
  out += blocks_;
}

void EventWriter::writeBlock(const TimeLine<TimedEvent>& events, size_t first, size_t end) {
  const WriterTables::Sizes before = tables_.sizes();
  std::string packed;
  BitWriter bits(&packed);
  numbers_.clear();
  std::vector<int64_t> shapes;
  Instant time = first == 0 ? 0 : events[first - 1].time;
  for (size_t index = first; index < end; ++index) {
    numbers_.push_back(events[index].time - time);
    time = events[index].time;
    leaves_.clear();
    leafColumns_.clear();
    shapes.push_back(tables_.shapeOf(*events[index].event, leaves_, leafColumns_));
    if (byColumn_.size() < tables_.columnCount()) byColumn_.resize(tables_.columnCount());
    for (size_t leaf = 0; leaf < leaves_.size(); ++leaf) {
      byColumn_[leafColumns_[leaf]].push_back(leaves_[leaf]);
    }
  }
  writeColumn(bits, numbers_);
  writeColumn(bits, shapes);
  writeIds(events, first, end, bits);
  newValues_.clear();
  columnsWithNew_ = 0;
  for (uint32_t column = 0; column < byColumn_.size(); ++column) {
    if (byColumn_[column].empty()) continue;
    writeValues(column, bits);
    byColumn_[column].clear();
  }
  bits.finish();
  std::string tables;
  appendVarint(tables, tables_.texts().size() - before.texts);
  for (size_t place = before.texts; place < tables_.texts().size(); ++place) {
    appendText(tables, tables_.texts()[place]);
  }
  appendVarint(tables, tables_.shapes().size() - before.shapes);
  for (size_t place = before.shapes; place < tables_.shapes().size(); ++place) {
    tables += tables_.shapes()[place];
  }
  appendVarint(tables, columnsWithNew_);
  tables += newValues_;
  appendVarint(blocks_, tables.size() + packed.size());
  blocks_ += tables;
  blocks_ += packed;
}

void EventWriter::writeIds(const TimeLine<TimedEvent>& events, size_t first, size_t end,
                           BitWriter& bits) {
  std::vector<int64_t> kinds;
  std::vector<Uuid> uuids;
  stems_.clear();
  numbers_.clear();
  for (size_t index = first; index < end; ++index) {
    const Event& event = *events[index].event;
    IdKind kind = IdKind::kSender;
    if (event.messageId == kNoSymbol) {
      stems_.push_back(tables_.textOf(interner_->text(event.sender)));
    } else {
      const std::string_view text = interner_->text(event.messageId);
      Uuid uuid;
      if (readUuid(text, uuid)) {
        kind = uuid.isRandom() ? IdKind::kRandomUuid : IdKind::kUuid;
        uuids.push_back(uuid);
      } else {
        kind = IdKind::kText;
        const Stemmed stemmed = stemmedOf(text);
        stems_.push_back(tables_.textOf(stemmed.stem));
        numbers_.push_back(stemmed.number);
      }
    }
    kinds.push_back(static_cast<int64_t>(kind));
  }
  writeColumn(bits, kinds);
  if (!stems_.empty()) writeColumn(bits, stems_);
  if (!numbers_.empty()) writeColumn(bits, numbers_);
  for (const Uuid& uuid : uuids) {
    bits.write(uuid.high >> 32, 32);
    if (uuid.isRandom()) {
      bits.write(uuid.high >> 16 & 0xFFFF, 16);
      bits.write(uuid.high & 0xFFF, 12);
      bits.write(uuid.low >> 32 & 0x3FFFFFFF, 30);
    } else {
      bits.write(uuid.high & 0xFFFFFFFF, 32);
      bits.write(uuid.low >> 32, 32);
    }
    bits.write(uuid.low & 0xFFFFFFFF, 32);
  }
}

// Fills numbers_ when all values are decimals of one scale.
bool EventWriter::decimals(const std::vector<const ValueNode*>& values, uint32_t& scale) {
  std::vector<Decimal> all;
  all.reserve(values.size());
  scale = 0;
  for (const ValueNode* value : values) {
    Decimal decimal;
    if (value->type != ValueType::kNumber || !decimalOf(value->number, decimal)) return false;
    scale = std::max(scale, decimal.scale);
    all.push_back(decimal);
  }
  numbers_.clear();
  for (Decimal& decimal : all) {
    if (!rescale(decimal, scale)) return false;
    numbers_.push_back(decimal.digits);
  }
  return true;
}

// What it takes to write all values as texts that end with a number; in stems_ how each begins,
// in numbers_ with what it ends.
EventWriter::Choice EventWriter::stemmed(const std::vector<const ValueNode*>& values) {
  split_.clear();
  numbers_.clear();
  size_t stemBits = 0;
  size_t changes = 0;
  for (const ValueNode* value : values) {
    if (value->type != ValueType::kText) return {};
    const Stemmed stemmed = stemmedOf(interner_->text(value->text));
    numbers_.push_back(stemmed.number);
    if (!split_.empty() && split_.back() == stemmed.stem) {
      split_.push_back(split_.back());
      continue;
    }
    split_.push_back(stemmed.stem);
    ++changes;
    if (tables_.texts().find(stemmed.stem) == IndexTable::kNone) {
      stemBits += bitsOfNewText(stemmed.stem);
    }
  }
  if (changes > 1) stemBits += values.size() * bitLength(tables_.texts().size() + changes);
  const auto [smallest, largest] = std::minmax_element(numbers_.begin(), numbers_.end());
  return {ColumnMode::kStemmedTexts, stemBits + columnBits(values.size(), *smallest, *largest)};
}

// What it takes to write all values by their places, which are in known_ then; the column knows all
// of them.
size_t EventWriter::known(uint32_t column, const std::vector<const ValueNode*>& values) {
  size_t bits = 0;
  known_.clear();
  for (const ValueNode* value : values) {
    const uint32_t count = tables_.valueCount(column);
    known_.push_back(tables_.valueOf(column, *value));
    if (tables_.valueCount(column) == count) continue;
    bits += 24;
    if (value->type == ValueType::kText) bits += bitsOfNewText(interner_->text(value->text));
  }
  return bits + columnBits(values.size(), 0, int64_t{tables_.valueCount(column)} - 1);
}

// Decimals and numbered texts that take few bits are not compared with anything.
EventWriter::Choice EventWriter::choose(uint32_t column,
                                        const std::vector<const ValueNode*>& values,
                                        uint32_t& scale) {
  const size_t valuesBefore = tables_.totalValues();
  const size_t plenty = values.size() * kPlentyOfBits;
  Choice best;
  if (values.front()->type == ValueType::kNumber && decimals(values, scale)) {
    const auto [smallest, largest] = std::minmax_element(numbers_.begin(), numbers_.end());
    best = {ColumnMode::kDecimals, columnBits(values.size(), *smallest, *largest)};
  } else if (values.front()->type == ValueType::kText && tables_.valueCount(column) == 0) {
    best = stemmed(values);
  }
  if (best.bits < plenty) return best;
  const size_t bits = known(column, values);
  if (tables_.totalValues() == valuesBefore) return {ColumnMode::kKnownValues, bits};
  if (best.mode == ColumnMode::kKnownValues) best = stemmed(values);
  if (bits <= best.bits) return {ColumnMode::kKnownValues, bits};
  tables_.truncateValues(valuesBefore);
  return best;
}

void EventWriter::writeValues(uint32_t column, BitWriter& bits) {
  const std::vector<const ValueNode*>& values = byColumn_[column];
  const uint32_t knownBefore = tables_.valueCount(column);
  uint32_t scale = 0;
  const Choice best = choose(column, values, scale);
  bits.write(static_cast<uint64_t>(best.mode), kColumnModeBits);
  switch (best.mode) {
    case ColumnMode::kDecimals:
      bits.write(scale, kScaleBits);
      writeColumn(bits, numbers_);
      break;
    case ColumnMode::kStemmedTexts:
      stems_.clear();
      for (size_t index = 0; index < values.size(); ++index) {
        const bool isSame = index > 0 && split_[index].data() == split_[index - 1].data();
        stems_.push_back(isSame ? stems_.back() : tables_.textOf(split_[index]));
      }
      writeColumn(bits, stems_);
      writeColumn(bits, numbers_);
      break;
    case ColumnMode::kKnownValues: {
      writeColumn(bits, known_);
      const uint32_t added = tables_.valueCount(column) - knownBefore;
      if (added == 0) break;
      ++columnsWithNew_;
      appendVarint(newValues_, column);
      appendVarint(newValues_, added);
      TableTextWriter places(&tables_);
      uint32_t next = knownBefore;  // places are given out in a row
      for (size_t index = 0; index < values.size(); ++index) {
        if (known_[index] != int64_t{next}) continue;
        appendValue(newValues_, *values[index], places, *interner_);
        ++next;
      }
      break;
    }
  }
}

}  // namespace fosterflow

// Opening a file: every number is checked before it is used, so that no bytes can do harm.

#include <simdjson.h>

#include <cmath>
#include <cstring>
#include <utility>

#include "audience/audience_file.h"
#include "audience/file_checksum.h"
#include "language/limits.h"
#include "values/double_bits.h"

namespace fosterflow {

namespace {

// Sizes in the file are of trivially copyable entries, little-endian as all platforms are.
static_assert(sizeof(WordTable::Word) == 16);

constexpr size_t kAlignment = 8;

constexpr size_t kSummedAtOnce = 65'536;

bool isTime(Instant time) { return time >= kMinInstant && time <= kMaxInstant; }

}  // namespace

class AudienceFile::Reader {
 public:
  Reader(std::string_view bytes, AudienceStore& store) : rest_(bytes), store_(store) {}
  ~Reader() {
    for (const Symbol text : texts_) store_.interner_->release(text);
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  bool read() {
    std::vector<std::string_view> texts;
    if (!takeTexts(texts)) return false;
    for (const std::string_view text : texts) texts_.push_back(store_.interner_->intern(text));
    if (!number(store_.hashKey_.first) || !number(store_.hashKey_.second) ||
        !number(store_.messageCount_) || !takeIds()) {
      return false;
    }
    uint64_t tables = 0;
    if (!number(tables)) return false;
    for (uint64_t table = 0; table < tables; ++table) {
      if (!takeTable()) return false;
    }
    for (size_t kind = 0; kind < store_.words_.size(); ++kind) {
      uint64_t count = 0;
      if (!number(count)) return false;
      for (uint64_t index = 0; index < count; ++index) {
        if (!takeWords(static_cast<WordKind>(kind))) return false;
      }
    }
    return rest_.empty();
  }

 private:
  bool number(uint64_t& value) {
    if (rest_.size() < sizeof(value)) return false;
    std::memcpy(&value, rest_.data(), sizeof(value));
    rest_.remove_prefix(sizeof(value));
    return true;
  }
  bool bytes(std::string_view& value) {
    uint64_t size = 0;
    if (!number(size) || size > rest_.size()) return false;
    value = rest_.substr(0, static_cast<size_t>(size));
    const size_t padded = value.size() + (kAlignment - value.size() % kAlignment) % kAlignment;
    if (padded > rest_.size()) return false;
    rest_.remove_prefix(padded);
    return true;
  }
  template <typename Entry>
  bool array(std::vector<Entry>& entries) {
    std::string_view taken;
    if (!bytes(taken) || taken.size() % sizeof(Entry) != 0) return false;
    const size_t count = taken.size() / sizeof(Entry);
    const bool isAligned = reinterpret_cast<uintptr_t>(taken.data()) % alignof(Entry) == 0;
    if (isAligned) {
      // Memory is written once, not filled with zeros first.
      const void* first = taken.data();
      const auto* typed = static_cast<const Entry*>(first);
      entries.assign(typed, typed + count);
    } else {
      entries.resize(count);
      std::memcpy(entries.data(), taken.data(), taken.size());
    }
    return true;
  }
  bool text(uint64_t number, Symbol& symbol) const {
    if (number > texts_.size()) return false;
    symbol = number == 0 ? kNoSymbol : texts_[static_cast<size_t>(number - 1)];
    return true;
  }
  bool name(Symbol& symbol) {
    uint64_t at = 0;
    return number(at) && at != 0 && text(at, symbol);
  }

  bool takeTexts(std::vector<std::string_view>& texts);
  bool takeIds();
  bool takeDictionary(ValueDictionary& dictionary);
  bool takeNodes(const std::vector<uint64_t>& words, size_t& at, uint32_t depth, bool isMember,
                 std::vector<ValueNode>& nodes);
  bool takeRanges(uint64_t rows, SlotRanges& ranges);
  bool takeTable();
  bool takeColumn(EventTable& table, size_t rows);
  bool takeWords(WordKind kind);

  std::string_view rest_;
  AudienceStore& store_;
  std::vector<Symbol> texts_;
  std::vector<uint32_t> events_;  // by slot, in the tables so far
};

bool AudienceFile::Reader::takeTexts(std::vector<std::string_view>& texts) {
  std::vector<uint32_t> sizes;
  std::string_view all;
  if (!array(sizes) || !bytes(all)) return false;
  for (const uint32_t size : sizes) {
    if (size > all.size()) return false;
    texts.push_back(all.substr(0, size));
    if (!simdjson::validate_utf8(texts.back())) return false;
    all.remove_prefix(size);
  }
  return all.empty();
}

bool AudienceFile::Reader::takeIds() {
  std::vector<std::string_view> ids;
  std::vector<uint32_t> slotOfId;
  std::vector<uint32_t> slotIds;
  std::vector<uint8_t> isPrevious;
  if (!takeTexts(ids) || !array(slotOfId) || !array(slotIds) || !array(isPrevious)) return false;
  if (slotOfId.size() != ids.size() || slotIds.size() > ids.size() ||
      (!isPrevious.empty() && isPrevious.size() != ids.size())) {
    return false;
  }
  store_.ids_.reserve(ids.size());
  for (uint32_t index = 0; index < ids.size(); ++index) {
    if (ids[index].empty() || store_.idOf(ids[index]) != index) return false;
  }
  if (!isPrevious.empty()) {
    store_.parents_.resize(ids.size());
    for (uint32_t index = 0; index < ids.size(); ++index) store_.parents_[index] = index;
    store_.isPrevious_.resize(ids.size());
  }
  for (uint32_t index = 0; index < ids.size(); ++index) {
    const uint32_t slot = slotOfId[index];
    if (slot == kNoIndex) continue;
    if (slot >= slotIds.size()) return false;
    store_.presence_[index] = AudienceStore::Presence::kHere;
    if (slotIds[slot] == index) continue;
    // Ids that share a slot were joined.
    if (slotIds[slot] >= ids.size() || slotOfId[slotIds[slot]] != slot || isPrevious.empty()) {
      return false;
    }
    store_.join({index, slotIds[slot]});
  }
  for (uint32_t slot = 0; slot < slotIds.size(); ++slot) {
    if (slotIds[slot] >= ids.size() || slotOfId[slotIds[slot]] != slot) return false;
  }
  if (!isPrevious.empty()) {
    for (uint8_t& previous : isPrevious) previous = previous != 0 ? 1 : 0;
    store_.isPrevious_ = std::move(isPrevious);
  }
  store_.slotOfId_ = std::move(slotOfId);
  store_.slotIds_ = std::move(slotIds);
  store_.contactCount_ = store_.slotCount();
  store_.alive_.assign(store_.slotCount(), true);
  events_.assign(store_.slotCount(), 0);
  return true;
}

// One value: its node, and those below it.
bool AudienceFile::Reader::takeNodes(const std::vector<uint64_t>& words, size_t& at, uint32_t depth,
                                     bool isMember, std::vector<ValueNode>& nodes) {
  if (at + 2 > words.size() || depth > kMaxMessageDepth) return false;
  const uint64_t head = words[at];
  const uint64_t content = words[at + 1];
  at += 2;
  ValueNode node;
  if ((head & 0xFFFF'FFFF) > static_cast<uint64_t>(ValueType::kObject)) return false;
  node.type = static_cast<ValueType>(head & 0xFF);
  if (!text(head >> 32, node.key) || (node.key != kNoSymbol) != isMember) return false;
  const size_t start = nodes.size();
  if (node.type == ValueType::kNumber) {
    node.number = doubleOf(content);
    if (!std::isfinite(node.number)) return false;
  } else if (node.type == ValueType::kText) {
    if (content == 0 || !text(content, node.text)) return false;
  } else if (node.type > ValueType::kText) {
    if (content == 0 || content > (words.size() - at) / 2 + 1) return false;
    node.span = static_cast<uint32_t>(content);
  }
  nodes.push_back(node);
  if (node.type <= ValueType::kText) return true;
  const size_t end = start + node.span;
  while (nodes.size() < end) {
    if (!takeNodes(words, at, depth + 1, node.type == ValueType::kObject, nodes)) return false;
  }
  return nodes.size() == end;
}

bool AudienceFile::Reader::takeDictionary(ValueDictionary& dictionary) {
  uint64_t count = 0;
  std::vector<uint64_t> words;
  if (!number(count) || !array(words)) return false;
  size_t at = 0;
  std::vector<ValueNode> nodes;
  for (uint64_t code = 1; code <= count; ++code) {
    nodes.clear();
    if (!takeNodes(words, at, 0, false, nodes)) return false;
    if (dictionary.codeOf(nodes.front()) != code) return false;
  }
  return at == words.size();
}

bool AudienceFile::Reader::takeRanges(uint64_t rows, SlotRanges& ranges) {
  uint64_t isDense = 0;
  std::vector<uint32_t> starts;
  std::vector<uint32_t> slots;
  if (!number(isDense) || isDense > 1 || !array(starts) || !array(slots)) return false;
  const size_t slotCount = store_.slotCount();
  if (starts.empty()) {
    if (rows != 0 || !slots.empty()) return false;
  } else {
    if (starts.front() != 0 || starts.back() != rows) return false;
    for (size_t index = 1; index < starts.size(); ++index) {
      if (starts[index] < starts[index - 1]) return false;
    }
    if (starts.size() - 1 != (isDense == 1 ? starts.size() - 1 : slots.size()) ||
        starts.size() - 1 > slotCount || (isDense == 1 && !slots.empty())) {
      return false;
    }
  }
  for (size_t index = 0; index < slots.size(); ++index) {
    if (slots[index] >= slotCount || (index > 0 && slots[index] <= slots[index - 1])) return false;
  }
  if (isDense == 1) {
    ranges.setDense(std::move(starts));
  } else {
    ranges.setSparse(std::move(slots), std::move(starts));
  }
  return true;
}

bool AudienceFile::Reader::takeColumn(EventTable& table, size_t rows) {
  Symbol key = kNoSymbol;
  if (!name(key)) return false;
  const size_t before = table.columns().size();
  EventTable::Column& column = table.columnOf(key, before);
  if (table.columns().size() == before) return false;  // twice
  if (!takeDictionary(column.cells.dictionary())) return false;
  uint64_t kind = 0;
  uint64_t isSparse = 0;
  uint64_t places = 0;
  PropertyColumn::Parts parts;
  if (!number(kind) || !number(isSparse) || !number(places) || isSparse > 1 ||
      kind > static_cast<uint64_t>(PropertyColumn::Kind::kDoubles) ||
      places >= ColumnNeeds::kTooManyDecimals || !array(parts.codes8) || !array(parts.codes16) ||
      !array(parts.codes32) || !array(parts.decimals) || !array(parts.doubles) ||
      !array(parts.rows)) {
    return false;
  }
  parts.kind = static_cast<PropertyColumn::Kind>(kind);
  parts.isSparse = isSparse == 1;
  parts.decimalPlaces = static_cast<uint32_t>(places);
  return column.cells.restore(std::move(parts), rows);
}

bool AudienceFile::Reader::takeTable() {
  Symbol eventName = kNoSymbol;
  uint64_t rows = 0;
  SlotRanges ranges;
  if (!name(eventName) || store_.table(eventName) != nullptr || !number(rows) ||
      rows >= UINT32_MAX || !takeRanges(rows, ranges)) {
    return false;
  }
  uint64_t base = 0;
  uint64_t shift = 0;
  TimeColumn::Parts parts;
  std::vector<uint64_t> fingerprints;
  uint64_t columns = 0;
  if (!number(base) || !number(shift) || !array(parts.coarse) || !array(parts.fine8) ||
      !array(parts.fine16) || !array(parts.fine32) || !array(fingerprints) || !number(columns)) {
    return false;
  }
  parts.base = static_cast<Instant>(base);
  parts.shift = shift > UINT8_MAX ? UINT8_MAX : static_cast<uint32_t>(shift);
  TimeColumn times;
  if (parts.coarse.size() != rows || fingerprints.size() > rows ||
      !times.restore(std::move(parts))) {
    return false;
  }
  bool isInOrder = true;
  ranges.forEach([&](uint32_t slot, SlotRanges::Range range) {
    for (uint32_t row = range.first + 1; row < range.last; ++row) {
      isInOrder = isInOrder && times[row - 1] <= times[row];
    }
    events_[slot] += range.size();
    isInOrder = isInOrder && events_[slot] <= kMaxEvents;
  });
  if (!isInOrder) return false;
  EventTable& table = store_.tableOf(eventName);
  table.restore(std::move(times), std::move(fingerprints), std::move(ranges));
  for (uint64_t column = 0; column < columns; ++column) {
    if (!takeColumn(table, static_cast<size_t>(rows))) return false;
  }
  return true;
}

bool AudienceFile::Reader::takeWords(WordKind kind) {
  uint64_t length = 0;
  if (!number(length) || length == 0 || length > kMaxMessageDepth) return false;
  std::vector<Symbol> path(static_cast<size_t>(length));
  for (Symbol& key : path) {
    if (!name(key)) return false;
  }
  if (store_.words(kind, path) != nullptr || (kind != WordKind::kTrait && length != 1))
    return false;
  WordTable& table = store_.wordsOf(kind, path);
  std::vector<WordTable::Word> words;
  if (!takeDictionary(table.dictionary()) || !array(words)) return false;
  for (size_t index = 0; index < words.size(); ++index) {
    const WordTable::Word& word = words[index];
    if (word.slot >= store_.slotCount() || word.code == 0 ||
        word.code >= table.dictionary().size() || !isTime(word.time) ||
        (index > 0 && word.slot <= words[index - 1].slot)) {
      return false;
    }
  }
  table.restore(std::move(words));
  return true;
}

AudienceFile::Fault AudienceFile::read(std::string_view bytes, AudienceStore& store) {
  const size_t head = kMagic.size() + sizeof(uint64_t);
  if (bytes.size() < head + sizeof(uint64_t) || bytes.substr(0, kMagic.size()) != kMagic) {
    return Fault::kDamaged;
  }
  uint64_t version = 0;
  std::memcpy(&version, bytes.data() + kMagic.size(), sizeof(version));
  if (version != kVersion) return Fault::kVersion;
  const std::string_view checked = bytes.substr(0, bytes.size() - sizeof(uint64_t));
  uint64_t expected = 0;
  std::memcpy(&expected, bytes.data() + checked.size(), sizeof(expected));
  FileChecksum sum;
  // Engines of WebAssembly compile a function well once it was called often.
  for (size_t place = 0; place < checked.size(); place += kSummedAtOnce) {
    sum.add(checked.substr(place, kSummedAtOnce));
  }
  if (sum.value() != expected) return Fault::kDamaged;
  return Reader(checked.substr(head), store).read() ? Fault::kNone : Fault::kDamaged;
}

}  // namespace fosterflow

#include "snapshot/event_reader.h"

#include <algorithm>

#include "language/limits.h"
#include "snapshot/column.h"
#include "snapshot/decimal.h"
#include "snapshot/event_writer.h"
#include "snapshot/message_id.h"
#include "values/sorted_order.h"

namespace fosterflow {

namespace {

constexpr uint32_t kNone = UINT32_MAX;
constexpr uint64_t kMaxNodes = uint64_t{1} << 32;
constexpr int64_t kMaxStemNumber = 1'000'000'000'000'000;
constexpr const char* kTooEarly = "it ends too early";
constexpr const char* kNoText = "a text that is not there";

}  // namespace

EventReader::~EventReader() {
  if (interner_ == nullptr) return;
  for (const Symbol symbol : symbols_) interner_->release(symbol);
}

std::string_view EventReader::TableTexts::read(ByteReader& bytes) {
  const uint64_t place = bytes.varint();
  if (place < texts_->size()) return (*texts_)[static_cast<size_t>(place)];
  bytes.fail(kNoText);
  return {};
}

void EventReader::read(ByteReader& bytes, Interner* interner, History* history) {
  interner_ = history == nullptr ? nullptr : interner;
  history_ = history;
  const uint64_t count = bytes.varint();
  if (count > kMaxEvents) bytes.fail("more events than a contact keeps");
  while (!bytes.failed() && eventCount_ < count) {
    readBlock(bytes, blockSize(static_cast<size_t>(count) - eventCount_));
  }
}

void EventReader::readBlock(ByteReader& bytes, size_t events) {
  const std::string_view block = bytes.bytes(bytes.varint());
  const char* end = block.data() + block.size();
  ByteReader tables(block.data(), end);
  if (bytes.failed()) return;
  readTables(tables);
  if (tables.failed()) {
    bytes.failAt(tables.place(), tables.reason());
    return;
  }
  BitReader bits(tables.place(), end);
  const char* reason = readBits(bits, events);
  if (bits.failed()) reason = kTooEarly;
  if (reason == nullptr && !bits.isAtEnd()) reason = "something behind the events of a block";
  if (reason != nullptr) {
    bytes.failAt(bits.place(), reason);
    return;
  }
  if (history_ != nullptr) addEvents(events);
  eventCount_ += events;
}

void EventReader::readTables(ByteReader& bytes) {
  for (size_t count = bytes.count(); count > 0 && !bytes.failed(); --count) {
    texts_.push_back(bytes.text());
  }
  columnOfText_.resize(texts_.size(), kNone);
  if (history_ != nullptr) symbols_.resize(texts_.size(), kNoSymbol);
  for (size_t count = bytes.count(); count > 0 && !bytes.failed(); --count) readShape(bytes);
  readKnown(bytes);
}

void EventReader::readShape(ByteReader& bytes) {
  Shape shape;
  const uint64_t name = bytes.varint();
  if (name >= texts_.size()) {
    bytes.fail(kNoText);
    return;
  }
  shape.name = static_cast<uint32_t>(name);
  shape.firstToken = static_cast<uint32_t>(tokens_.size());
  shape.firstLeaf = static_cast<uint32_t>(leafColumns_.size());
  readMembers(bytes, shape, 1);
  shape.leafEnd = static_cast<uint32_t>(leafColumns_.size());
  if (shape.leafEnd - shape.firstLeaf > kMaxProperties)
    bytes.fail("more properties than an event keeps");
  shape.tokenEnd = static_cast<uint32_t>(tokens_.size());
  shapes_.push_back(shape);
}

void EventReader::readMembers(ByteReader& bytes, Shape& shape, uint32_t depth) {
  if (depth > kMaxMessageDepth) bytes.fail("properties that are nested too deep");
  uint32_t before = kNone;
  for (size_t count = bytes.count(); count > 0 && !bytes.failed(); --count) {
    const uint64_t word = bytes.varint();
    if (word >> 1 >= texts_.size()) {
      bytes.fail(kNoText);
      return;
    }
    const auto key = static_cast<uint32_t>(word >> 1);
    if (before != kNone && texts_[before] >= texts_[key]) bytes.fail("keys that are not in order");
    before = key;
    ++shape.nodes;
    const size_t place = tokens_.size();
    tokens_.push_back({key, kNone, 0});
    if ((word & 1) != 0) {
      readMembers(bytes, shape, depth + 1);
      tokens_[place].membersEnd = static_cast<uint32_t>(tokens_.size());
      continue;
    }
    if (columnOfText_[key] == kNone) {
      columnOfText_[key] = static_cast<uint32_t>(columns_.size());
      columns_.emplace_back();
    }
    tokens_[place].column = columnOfText_[key];
    leafColumns_.push_back(columnOfText_[key]);
  }
}

// The values that columns come to know.
void EventReader::readKnown(ByteReader& bytes) {
  for (size_t left = bytes.count(); left > 0 && !bytes.failed(); --left) {
    const uint64_t column = bytes.varint();
    if (column >= columns_.size()) {
      bytes.fail("a column that is not there");
      return;
    }
    for (size_t count = bytes.count(); count > 0 && !bytes.failed(); --count) {
      columns_[static_cast<size_t>(column)].known.push_back(readKnownValue(bytes));
    }
  }
}

ValueNode EventReader::readKnownValue(ByteReader& bytes) {
  TableTexts texts(&texts_);
  const char* begin = bytes.place();
  const auto tag = static_cast<ValueTag>(bytes.byte());
  ValueNode node;
  if (tag == ValueTag::kText) {
    node.type = ValueType::kText;
    node.text = static_cast<uint32_t>(bytes.varint());
    if (!isText(node.text)) bytes.failAt(begin, kNoText);
    return node;
  }
  if (tag == ValueTag::kObject) bytes.failAt(begin, "an object among the values");
  if (bytes.failed()) return node;
  bytes.back();
  if (tag != ValueTag::kArray) {
    one_.clear();
    readValue(bytes, texts, nullptr, &one_);
    return one_.front();
  }
  const size_t nodes = readValue(bytes, texts, nullptr, nullptr);
  node.type = ValueType::kArray;
  node.span = static_cast<uint32_t>(arrays_.size());
  arrays_.push_back({begin, bytes.place(), static_cast<uint32_t>(nodes)});
  return node;
}

const char* EventReader::readBits(BitReader& bits, size_t events) {
  times_.clear();
  ColumnReader times(&bits, events);
  for (size_t index = 0; index < events; ++index) {
    const int64_t step = times.next();
    const bool isFirst = eventCount_ + index == 0;
    if (!isFirst && step < 0) return "events that are not in order";
    time_ += step;
    if (time_ < kMinInstant || time_ > kMaxInstant) return "a time that is out of range";
    if (history_ != nullptr) times_.push_back(time_);
  }
  shapeOfEvent_.clear();
  touched_.clear();
  touchedShapes_.clear();
  ColumnReader shapes(&bits, events);
  for (size_t index = 0; index < events; ++index) {
    const int64_t place = shapes.next();
    if (place < 0 || static_cast<uint64_t>(place) >= shapes_.size()) {
      return "a shape that is not there";
    }
    Shape& shape = shapes_[static_cast<size_t>(place)];
    if (shape.events++ == 0) touchedShapes_.push_back(static_cast<uint32_t>(place));
    if (history_ != nullptr) shapeOfEvent_.push_back(static_cast<uint32_t>(place));
  }
  for (const uint32_t place : touchedShapes_) {
    Shape& shape = shapes_[place];
    nodeCount_ = std::min(nodeCount_ + uint64_t{shape.nodes} * shape.events, kMaxNodes);
    for (uint32_t leaf = shape.firstLeaf; leaf < shape.leafEnd; ++leaf) {
      Column& column = columns_[leafColumns_[leaf]];
      if (column.count == 0) touched_.push_back(leafColumns_[leaf]);
      column.count += shape.events;
    }
    shape.events = 0;
  }
  const char* reason = readIds(bits, events);
  const std::vector<size_t> order = sortedOrder(touched_.size(), [this](size_t left, size_t right) {
    return touched_[left] < touched_[right];
  });
  for (const size_t place : order) {
    Column& column = columns_[touched_[place]];
    if (reason == nullptr) reason = readColumn(bits, column);
    column.count = 0;
    if (bits.failed()) return kTooEarly;
  }
  return reason;
}

const char* EventReader::readIds(BitReader& bits, size_t events) {
  std::vector<IdKind> kinds;
  size_t texts = 0;
  size_t senders = 0;
  ColumnReader kindColumn(&bits, events);
  for (size_t index = 0; index < events; ++index) {
    const int64_t kind = kindColumn.next();
    if (kind < 0 || kind > static_cast<int64_t>(IdKind::kRandomUuid)) {
      return "an id of no known kind";
    }
    kinds.push_back(static_cast<IdKind>(kind));
    if (kinds.back() == IdKind::kSender) ++senders;
    if (kinds.back() == IdKind::kText) ++texts;
  }
  events_.clear();
  std::vector<int64_t> stems;
  if (texts + senders > 0) {
    ColumnReader column(&bits, texts + senders);
    for (size_t index = 0; index < texts + senders; ++index) {
      stems.push_back(column.next());
      if (!isText(stems.back())) return kNoText;
    }
  }
  std::vector<int64_t> numbers;
  if (texts > 0) {
    ColumnReader column(&bits, texts);
    for (size_t index = 0; index < texts; ++index) {
      numbers.push_back(column.next());
      if (numbers.back() < 0 || numbers.back() > kMaxStemNumber) return "a number out of range";
    }
  }
  if (history_ == nullptr) {
    for (const IdKind kind : kinds) {
      if (kind >= IdKind::kUuid) bits.skip(kind == IdKind::kUuid ? 128 : 122);
    }
    return nullptr;
  }
  size_t stem = 0;
  size_t number = 0;
  for (const IdKind kind : kinds) {
    Event event;
    if (kind == IdKind::kSender) {
      event.sender = symbolOf(static_cast<uint32_t>(stems[stem++]));
      interner_->retain(event.sender);
    } else if (kind == IdKind::kText) {
      event.messageId = internStemmed(stems[stem++], numbers[number++]);
    } else {
      Uuid uuid;
      uuid.high = bits.read(32) << 32;
      if (kind == IdKind::kRandomUuid) {
        uuid.high |= bits.read(16) << 16;
        uuid.high |= 0x4000 | bits.read(12);
        uuid.low = uint64_t{2} << 62 | bits.read(30) << 32;
      } else {
        uuid.high |= bits.read(32);
        uuid.low = bits.read(32) << 32;
      }
      uuid.low |= bits.read(32);
      char text[36];
      writeUuid(uuid, text);
      event.messageId = interner_->intern({text, sizeof(text)});
    }
    events_.push_back(event);
  }
  return nullptr;
}

const char* EventReader::readColumn(BitReader& bits, Column& column) {
  column.cells.clear();
  column.next = 0;
  switch (static_cast<ColumnMode>(bits.read(kColumnModeBits))) {
    case ColumnMode::kKnownValues:
      return readKnownCells(bits, column);
    case ColumnMode::kDecimals:
      return readDecimalCells(bits, column);
    case ColumnMode::kStemmedTexts:
      return readTextCells(bits, column);
  }
  return "a column of no known kind";
}

const char* EventReader::readKnownCells(BitReader& bits, Column& column) {
  ColumnReader places(&bits, column.count);
  const auto largest = static_cast<int64_t>(column.known.size()) - 1;
  if (history_ == nullptr && arrays_.empty() && places.skipWithin(0, largest)) {
    return nullptr;
  }
  for (uint32_t index = 0; index < column.count; ++index) {
    const int64_t place = places.next();
    if (place < 0 || static_cast<uint64_t>(place) >= column.known.size()) {
      return "a value that is not there";
    }
    const ValueNode& known = column.known[static_cast<size_t>(place)];
    if (known.type == ValueType::kArray) {
      nodeCount_ = std::min(nodeCount_ + arrays_[known.span].nodes, kMaxNodes);
    }
    if (history_ == nullptr) continue;
    column.cells.push_back(known);
    if (known.type != ValueType::kText) continue;
    column.cells.back().text = symbolOf(known.text);
    interner_->retain(column.cells.back().text);
  }
  return nullptr;
}

const char* EventReader::readDecimalCells(BitReader& bits, Column& column) {
  const auto scale = static_cast<uint32_t>(bits.read(kScaleBits));
  if (scale > kMaxDecimalScale) return "a number with too many decimals";
  ColumnReader digits(&bits, column.count);
  if (history_ == nullptr && digits.skipWithin(-kMaxDecimalDigits, kMaxDecimalDigits)) {
    return nullptr;
  }
  for (uint32_t index = 0; index < column.count; ++index) {
    const Decimal decimal{digits.next(), scale};
    if (decimal.digits < -kMaxDecimalDigits || decimal.digits > kMaxDecimalDigits) {
      return "a number with too many digits";
    }
    if (history_ == nullptr) continue;
    ValueNode node;
    node.type = ValueType::kNumber;
    node.number = numberOf(decimal);
    column.cells.push_back(node);
  }
  return nullptr;
}

const char* EventReader::readTextCells(BitReader& bits, Column& column) {
  std::vector<int64_t> stemPlaces;
  ColumnReader stems(&bits, column.count);
  const auto largest = static_cast<int64_t>(texts_.size()) - 1;
  const bool areTexts = history_ == nullptr && stems.skipWithin(0, largest);
  for (uint32_t index = 0; index < column.count && !areTexts; ++index) {
    const int64_t place = stems.next();
    if (!isText(place)) return kNoText;
    if (history_ != nullptr) stemPlaces.push_back(place);
  }
  ColumnReader numbers(&bits, column.count);
  if (history_ == nullptr && numbers.skipWithin(0, kMaxStemNumber)) return nullptr;
  for (uint32_t index = 0; index < column.count; ++index) {
    const int64_t number = numbers.next();
    if (number < 0 || number > kMaxStemNumber) return "a number out of range";
    if (history_ == nullptr) continue;
    ValueNode node;
    node.type = ValueType::kText;
    node.text = internStemmed(stemPlaces[index], number);
    column.cells.push_back(node);
  }
  return nullptr;
}

Symbol EventReader::symbolOf(uint32_t text) {
  if (symbols_[text] == kNoSymbol) symbols_[text] = interner_->intern(texts_[text]);
  return symbols_[text];
}

// With a reference for the caller.
Symbol EventReader::internStemmed(int64_t stem, int64_t number) {
  text_.clear();
  appendStemmed(text_, {texts_[static_cast<size_t>(stem)], number});
  return interner_->intern(text_);
}

void EventReader::addEvents(size_t events) {
  ValueTree tree(interner_);
  for (size_t index = 0; index < events; ++index) {
    const Shape& shape = shapes_[shapeOfEvent_[index]];
    std::vector<ValueNode>& nodes = tree.nodes();
    if (shape.tokenEnd > shape.firstToken) {
      nodes.emplace_back();
      nodes.front().type = ValueType::kObject;
      addMembers(shape.firstToken, shape.tokenEnd, nodes);
      nodes.front().span = static_cast<uint32_t>(nodes.size());
    }
    const Event& event = events_[index];
    history_->add(times_[index], symbolOf(shape.name), event.messageId, event.sender, tree,
                  nullptr);
    tree.clear();
    interner_->release(event.messageId);
    interner_->release(event.sender);
  }
}

void EventReader::addMembers(uint32_t token, uint32_t end, std::vector<ValueNode>& nodes) {
  while (token < end) {
    const Token& member = tokens_[token++];
    const size_t place = nodes.size();
    if (member.membersEnd != 0) {
      nodes.emplace_back();
      nodes.back().type = ValueType::kObject;
      addMembers(token, member.membersEnd, nodes);
      nodes[place].span = static_cast<uint32_t>(nodes.size() - place);
      token = member.membersEnd;
    } else {
      Column& column = columns_[member.column];
      const ValueNode& cell = column.cells[column.next++];
      if (cell.type == ValueType::kArray) {
        const Array& array = arrays_[cell.span];
        ByteReader bytes(array.begin, array.end);
        TableTexts texts(&texts_);
        readValue(bytes, texts, interner_, &nodes);
      } else {
        nodes.push_back(cell);
      }
    }
    nodes[place].key = symbolOf(member.key);
    interner_->retain(nodes[place].key);
  }
}

}  // namespace fosterflow

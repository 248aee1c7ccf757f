#include "audience/message_loader.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>

#include "language/limits.h"
#include "time/iso_date.h"

namespace fosterflow {

namespace {

// Messages nest deeper seldom.
constexpr uint32_t kMaxSkippedDepth = 16;
// A member of an object takes at least so many bytes: "":1 and a comma.
constexpr size_t kMinMemberBytes = 5;

constexpr size_t kDateSize = 10;              // 2026-11-23
constexpr size_t kTimeSize = 24;              // 2026-11-23T10:00:00.000Z
constexpr size_t kTimeSizeWithoutPoint = 20;  // 2026-11-23T10:00:00Z

// Two digits as a number of at most `most`; false when they are none.
bool twoDigits(const char* text, int32_t most, int32_t& number) {
  const auto tens = static_cast<uint8_t>(text[0] - '0');
  const auto ones = static_cast<uint8_t>(text[1] - '0');
  number = tens * 10 + ones;
  return tens < 10 && ones < 10 && number <= most;
}

std::string_view withoutQuotes(std::string_view text) { return text.substr(1, text.size() - 2); }

}  // namespace

MessageLoader::MessageLoader(AudienceStore& store, MessageReader& messages)
    : store_(store), messages_(messages) {
  events_.reserve(kBatch);
}

Refusal MessageLoader::load(std::string_view line, bool& wasCut) {
  wasCut = false;
  ++lines_;
  const bool isShort = line.size() <= kMaxMessageBytes;
  properties_.clear();
  isUnderstood_ = false;
  if (isShort && readEvent(line)) {
    if (events_.size() == kBatch) flush();
    return Refusal::kNone;
  }
  // The time of a message without one, and the order of all, depend on those before it.
  flush();
  Message message;
  Refusal refusal = messages_.read(line, message);
  if (refusal == Refusal::kNone) refusal = store_.stage(message);
  wasCut = message.wasCut;
  if (refusal == Refusal::kNone && !wasCut && isUnderstood_) learn(message);
  return refusal;
}

bool MessageLoader::readTime(std::string_view text, Instant& time) {
  const bool isUsual = (text.size() == kTimeSize || text.size() == kTimeSizeWithoutPoint) &&
                       text.back() == 'Z' && text[kDateSize] == 'T' && text[13] == ':' &&
                       text[16] == ':' && std::memcmp(text.data(), date_.data(), kDateSize) == 0;
  int32_t hours = 0;
  int32_t minutes = 0;
  int32_t seconds = 0;
  if (isUsual && twoDigits(text.data() + 11, 23, hours) &&
      twoDigits(text.data() + 14, 59, minutes) && twoDigits(text.data() + 17, 59, seconds)) {
    time = midnight_ + ((hours * 60 + minutes) * 60 + seconds) * kMillisecondsPerSecond;
    if (text.size() == kTimeSizeWithoutPoint) return true;
    int32_t hundredths = 0;
    const auto last = static_cast<uint8_t>(text[22] - '0');
    if (text[19] == '.' && twoDigits(text.data() + 20, 99, hundredths) && last < 10) {
      time += hundredths * 10 + last;
      return true;
    }
  }
  IsoDate date;
  if (!parseIsoDate(text, date) || !date.hasTime || !date.hasOffset) return false;
  time = date.local - date.offsetMilliseconds;
  if (text.back() == 'Z' && text[4] == '-' && text[kDateSize] == 'T') {
    std::memcpy(date_.data(), text.data(), kDateSize);
    midnight_ = floorDivide(time, kMillisecondsPerDay) * kMillisecondsPerDay;
  }
  return true;
}

// The members of an event's properties, without the brace that opens them.
bool MessageLoader::readProperties(LineScanner& scanner) {
  size_t leaves = 0;
  if (scanner.next() == '}') return scanner.skip('}');
  do {
    Property property;
    if (!scanner.text(property.key) || !scanner.skipBefore(':')) return false;
    const char* first = scanner.place();
    bool isRead = false;
    ++leaves;
    switch (scanner.next()) {
      case '"':
        isRead = scanner.text(property.written);
        break;
      case '{':
      case '[':
        isRead = scanner.passBrackets(property.written);
        leaves += property.written.size() / kMinMemberBytes;
        break;
      case 't':
        isRead = scanner.word("true");
        break;
      case 'f':
        isRead = scanner.word("false");
        break;
      case 'n':
        isRead = scanner.word("null");
        break;
      default:
        isRead = scanner.number(property.number);
        break;
    }
    if (!isRead) return false;
    const bool isNumber = *first == '-' || (*first >= '0' && *first <= '9');
    if (!isNumber) property.written = {first, static_cast<size_t>(scanner.place() - first)};
    properties_.push_back(property);
  } while (scanner.skipBefore(','));
  return scanner.skip('}') && leaves <= kMaxProperties;
}

bool MessageLoader::readMembers(LineScanner& scanner, Line& line) {
  if (!scanner.skip('{')) return false;
  do {
    std::string_view key;
    if (!scanner.text(key) || !scanner.skipBefore(':')) return false;
    std::string_view* text = key == "type"          ? &line.type
                             : key == "messageId"   ? &line.messageId
                             : key == "userId"      ? &line.userId
                             : key == "anonymousId" ? &line.anonymousId
                             : key == "timestamp"   ? &line.timestamp
                             : key == "event"       ? &line.event
                                                    : nullptr;
    if (text != nullptr) {
      // Twice, or empty, or no text: all that is seldom.
      if (!text->empty() || !scanner.text(*text) || text->empty()) return false;
    } else if (key == "properties") {
      if (line.hasProperties || !scanner.skip('{') || !readProperties(scanner)) return false;
      line.hasProperties = true;
    } else {
      line.hasName = line.hasName || key == "name";
      if (!scanner.value(kMaxSkippedDepth)) return false;
    }
  } while (scanner.skipBefore(','));
  return scanner.skip('}') && scanner.atEnd();
}

bool MessageLoader::findTable(const Line& line, Event& event) {
  const bool isTrack = line.type == "track";
  // Of a page or screen the name is a property.
  if (!isTrack && (line.hasName || (line.type != "page" && line.type != "screen"))) return false;
  const std::string_view name = isTrack ? line.event : line.type;
  if (name.empty()) return false;
  const size_t place =
      (name.size() * 5 + static_cast<uint8_t>(name.front()) + static_cast<uint8_t>(name.back())) %
      tables_.size();
  KnownTable& known = tables_[place];
  if (known.table == nullptr || store_.interner_->text(known.table->name()) != name) {
    const Symbol symbol = store_.interner_->intern(name);
    known.table = &store_.tableOf(symbol);
    known.index = static_cast<uint32_t>(*store_.tablesByName_.find(symbol));
    store_.interner_->release(symbol);
  }
  event.table = known.table;
  event.tableIndex = known.index;
  return true;
}

// Most events of a name have the same properties in one order.
EventTable::Column& MessageLoader::columnOf(EventTable& table, std::string_view key) {
  const Interner& interner = *store_.interner_;
  const auto& columns = table.columns();
  for (size_t step = 0; step < 2 && nextColumn_ < columns.size(); ++step, ++nextColumn_) {
    if (interner.text(columns[nextColumn_]->key) == key) return *columns[nextColumn_++];
  }
  const Symbol symbol = store_.interner_->intern(key);
  EventTable::Column& column = table.columnOf(symbol, 0);
  store_.interner_->release(symbol);
  nextColumn_ = column.place + 1;
  return column;
}

// False, with nothing changed but columns and codes that some event has, when a property comes
// twice or has a value that was not read before and must be.
bool MessageLoader::findCells(EventTable& table) {
  const size_t start = cells_.size();
  nextColumn_ = 0;
  // Arrays and objects first: they are known, or the MessageReader must read them.
  for (const Property& property : properties_) {
    if (property.written.empty() || (property.written[0] != '{' && property.written[0] != '[')) {
      continue;
    }
    const Symbol key = store_.interner_->find(property.key);
    const EventTable::Column* column = key == kNoSymbol ? nullptr : table.find(key);
    if (column == nullptr || column->known.find(property.written) == 0) return false;
  }
  for (const Property& property : properties_) {
    EventTable::Column& column = columnOf(table, property.key);
    if (column.lastLine == lines_) {
      cells_.resize(start);
      return false;
    }
    column.lastLine = lines_;
    if (property.written.empty()) {
      cells_.push_back({&column, Cell::ofNumber(property.number)});
      continue;
    }
    uint32_t code = column.known.find(property.written);
    if (code == 0) {
      ValueNode value;
      if (property.written[0] == '"') {
        value.type = ValueType::kText;
        value.text = store_.interner_->intern(withoutQuotes(property.written));
      } else {
        value.type = property.written[0] == 't'   ? ValueType::kTrue
                     : property.written[0] == 'f' ? ValueType::kFalse
                                                  : ValueType::kNull;
      }
      code = column.cells.dictionary().codeOf(value);
      if (value.type == ValueType::kText) store_.interner_->release(value.text);
      column.known.add(property.written, code);
    }
    cells_.push_back({&column, Cell::ofCode(code)});
  }
  return true;
}

bool MessageLoader::readEvent(std::string_view text) {
  LineScanner scanner(text);
  Line& line = line_;
  line = Line();
  if (!readMembers(scanner, line)) return false;
  if (scanner.hasOtherThanAscii() && !simdjson::validate_utf8(text.data(), text.size())) {
    return false;
  }
  isUnderstood_ = true;
  Event event;
  event.contact = line.userId.empty() ? line.anonymousId : line.userId;
  if (event.contact.empty() || line.timestamp.empty() || !readTime(line.timestamp, event.time) ||
      !findTable(line, event) || !findCells(*event.table)) {
    return false;
  }
  if (!line.messageId.empty()) {
    event.fingerprint = fingerprintOf(store_.hashKey_, line.messageId);
  }
  event.endOfCells = cells_.size();
  events_.push_back(event);
  return true;
}

void MessageLoader::flush() {
  if (events_.empty()) return;
  store_.idsOf(events_, ids_, [](const Event& event) { return event.contact; });
  size_t cell = 0;
  for (size_t index = 0; index < events_.size(); ++index) {
    const Event& event = events_[index];
    store_.stageRow(ids_[index], *event.table, event.tableIndex, event.time, event.fingerprint);
    for (; cell < event.endOfCells; ++cell) {
      event.table->stageCell(*cells_[cell].column, cells_[cell].cell);
    }
  }
  events_.clear();
  cells_.clear();
}

// How arrays and objects that the MessageReader read are written, so that they are known from now
// on.
void MessageLoader::learn(const Message& message) {
  const bool isEvent = message.type == MessageType::kTrack || message.type == MessageType::kPage ||
                       message.type == MessageType::kScreen;
  if (!isEvent || message.data->root() == nullptr) return;
  EventTable& table = store_.tableOf(message.name);
  for (const Property& property : properties_) {
    if (property.written.empty() || (property.written[0] != '{' && property.written[0] != '[')) {
      continue;
    }
    const auto isIts = [&](const Property& other) { return other.key == property.key; };
    if (std::count_if(properties_.begin(), properties_.end(), isIts) > 1) continue;
    const Symbol key = store_.interner_->find(property.key);
    if (key == kNoSymbol || table.find(key) == nullptr) continue;
    EventTable::Column& column = table.columnOf(key, 0);
    for (const ValueNode& member : ValueChildren(message.data->root())) {
      if (member.key != key || member.type < ValueType::kArray) continue;
      if (column.known.find(property.written) != 0) continue;
      column.known.add(property.written, column.cells.dictionary().codeOf(member));
    }
  }
}

}  // namespace fosterflow

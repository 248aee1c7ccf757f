#include "audience/audience_file.h"

#include <cstring>
#include <utility>

#include "audience/file_checksum.h"
#include "values/double_bits.h"

namespace fosterflow {

namespace {

constexpr size_t kAlignment = 8;

}  // namespace

void AudienceFile::addNumber(uint64_t number) {
  open_.append(reinterpret_cast<const char*>(&number), sizeof(number));
}

void AudienceFile::flush() {
  if (open_.empty()) return;
  owned_.push_back(std::make_unique<std::string>(std::exchange(open_, {})));
  pieces_.emplace_back(*owned_.back());
}

// How many bytes, the bytes, and blanks up to the next multiple of 8.
void AudienceFile::addBytes(std::string_view bytes) {
  addNumber(bytes.size());
  flush();
  if (!bytes.empty()) pieces_.push_back(bytes);
  open_.append((kAlignment - bytes.size() % kAlignment) % kAlignment, '\0');
}

void AudienceFile::addOwned(std::string bytes) {
  owned_.push_back(std::make_unique<std::string>(std::move(bytes)));
  addBytes(*owned_.back());
}

uint64_t AudienceFile::numberOf(Symbol text) {
  if (text == kNoSymbol) return 0;
  const uintptr_t* known = numbers_.find(text);
  if (known != nullptr) return *known;
  texts_.push_back(text);
  numbers_.set(text, texts_.size());
  return texts_.size();
}

void AudienceFile::addTexts(const std::vector<std::string_view>& texts) {
  std::string sizes;
  std::string all;
  for (const std::string_view text : texts) {
    const auto size = static_cast<uint32_t>(text.size());
    sizes.append(reinterpret_cast<const char*>(&size), sizeof(size));
    all += text;
  }
  addOwned(std::move(sizes));
  addOwned(std::move(all));
}

void AudienceFile::addIds(const AudienceStore& store) {
  std::vector<std::string_view> ids;
  for (uint32_t id = 0; id < store.ids_.size(); ++id) ids.push_back(store.ids_.text(id));
  addTexts(ids);
  addArray(store.slotOfId_);
  addArray(store.slotIds_);
  addArray(store.isPrevious_);
}

void AudienceFile::addDictionary(const ValueDictionary& dictionary) {
  std::string nodes;
  for (uint32_t code = 1; code < dictionary.size(); ++code) {
    const ValueNode* value = dictionary.value(code);
    for (uint32_t index = 0; index < spanOf(*value); ++index) {
      const ValueNode& node = value[index];
      const uint64_t head = static_cast<uint64_t>(node.type) | numberOf(node.key) << 32;
      uint64_t content = 0;
      if (node.type == ValueType::kNumber) {
        content = bitsOf(node.number);
      } else if (node.type == ValueType::kText) {
        content = numberOf(node.text);
      } else if (node.type > ValueType::kText) {
        content = node.span;
      }
      nodes.append(reinterpret_cast<const char*>(&head), sizeof(head));
      nodes.append(reinterpret_cast<const char*>(&content), sizeof(content));
    }
  }
  addNumber(dictionary.size() - 1);
  addOwned(std::move(nodes));
}

void AudienceFile::addTable(const EventTable& table) {
  addNumber(numberOf(table.name()));
  addNumber(table.rowCount());
  addNumber(table.ranges().isDense() ? 1 : 0);
  addArray(table.ranges().starts());
  addArray(table.ranges().slots());
  const TimeColumn& times = table.times();
  addNumber(static_cast<uint64_t>(times.base()));
  addNumber(times.shift());
  addArray(times.coarseParts());
  addArray(times.fine8());
  addArray(times.fine16());
  addArray(times.fine32());
  addArray(table.fingerprints());
  addNumber(table.columns().size());
  for (const auto& column : table.columns()) {
    const PropertyColumn& cells = column->cells;
    addNumber(numberOf(column->key));
    addDictionary(cells.dictionary());
    addNumber(static_cast<uint64_t>(cells.kind()));
    addNumber(cells.isSparse() ? 1 : 0);
    addNumber(cells.decimalPlaces());
    addArray(cells.codes8());
    addArray(cells.codes16());
    addArray(cells.codes32());
    addArray(cells.decimals());
    addArray(cells.doubles());
    addArray(cells.rows());
  }
}

void AudienceFile::addWords(const std::vector<Symbol>& path, const WordTable& table) {
  addNumber(path.size());
  for (const Symbol key : path) addNumber(numberOf(key));
  addDictionary(table.dictionary());
  addArray(table.words());
}

void AudienceFile::write(const AudienceStore& store) {
  *this = AudienceFile();
  // The texts stand first, but only what follows says which there are.
  AudienceFile body;
  body.addNumber(store.hashKey_.first);
  body.addNumber(store.hashKey_.second);
  body.addNumber(store.messageCount_);
  body.addIds(store);
  body.addNumber(store.tables_.size());
  for (const auto& table : store.tables_) body.addTable(*table);
  for (const auto& tables : store.words_) {
    body.addNumber(tables.size());
    for (const auto& [path, table] : tables) body.addWords(path, *table);
  }
  body.flush();
  open_ += kMagic;
  addNumber(kVersion);
  std::vector<std::string_view> texts;
  for (const Symbol text : body.texts_) texts.push_back(store.interner_->text(text));
  addTexts(texts);
  flush();
  pieces_.insert(pieces_.end(), body.pieces_.begin(), body.pieces_.end());
  for (auto& bytes : body.owned_) owned_.push_back(std::move(bytes));
  addNumber(checksum());
  flush();
}

uint64_t AudienceFile::checksum() const {
  FileChecksum sum;
  for (const std::string_view piece : pieces_) sum.add(piece);
  return sum.value();
}

}  // namespace fosterflow

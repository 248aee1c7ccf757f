#include "audience/attribute_column.h"

#include <algorithm>
#include <utility>

#include "contact/profile.h"

namespace fosterflow {

namespace {

bool startsWith(const std::vector<Symbol>& path, const std::vector<Symbol>& start) {
  return path.size() >= start.size() && std::equal(start.begin(), start.end(), path.begin());
}

}  // namespace

AttributeColumn::AttributeColumn(const AudienceStore& store, Interner* interner,
                                 std::vector<Symbol> path)
    : store_(store),
      interner_(interner),
      path_(std::move(path)),
      dictionary_(&own_),
      own_(interner) {
  for (const Symbol key : path_) interner_->retain(key);
  extend();
}

AttributeColumn::~AttributeColumn() {
  for (const Symbol key : path_) interner_->release(key);
}

// The tables of the paths above, at and below this one: what decides about its value.
std::vector<AttributeColumn::Related> AttributeColumn::related() const {
  std::vector<Related> tables;
  for (const auto& [path, table] : store_.wordTables(WordKind::kTrait)) {
    if (startsWith(path, path_) || startsWith(path_, path)) tables.push_back({&path, table.get()});
  }
  return tables;
}

void AttributeColumn::extend() {
  const std::vector<Related> tables = related();
  if (tables.size() != relatedCount_) codes_.clear();
  relatedCount_ = tables.size();
  const auto firstSlot = static_cast<uint32_t>(codes_.size());
  if (firstSlot == store_.slotCount()) return;
  codes_.resize(store_.slotCount(), 0);
  if (tables.size() == 1 && *tables.front().path == path_) {
    fillAlone(*tables.front().table, firstSlot);
  } else {
    fillRelated(tables, firstSlot);
  }
}

namespace {

auto wordsFrom(const WordTable& table, uint32_t slot) {
  return std::lower_bound(
      table.words().begin(), table.words().end(), slot,
      [](const WordTable::Word& word, uint32_t wanted) { return word.slot < wanted; });
}

}  // namespace

void AttributeColumn::fillAlone(const WordTable& table, uint32_t firstSlot) {
  dictionary_ = &table.dictionary();
  uint32_t nullCode = 0;
  for (uint32_t code = 1; code < dictionary_->size(); ++code) {
    if (!isSet(dictionary_->value(code))) nullCode = code;
  }
  for (auto word = wordsFrom(table, firstSlot); word != table.words().end(); ++word) {
    if (word->code != nullCode) codes_[word->slot] = word->code;
  }
}

void AttributeColumn::fillRelated(const std::vector<Related>& tables, uint32_t firstSlot) {
  dictionary_ = &own_;
  struct Entry {
    uint32_t slot;
    uint32_t table;
    const WordTable::Word* word;
  };
  std::vector<Entry> entries;
  for (uint32_t index = 0; index < tables.size(); ++index) {
    const WordTable& table = *tables[index].table;
    for (auto word = wordsFrom(table, firstSlot); word != table.words().end(); ++word) {
      entries.push_back({word->slot, index, &*word});
    }
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& left, const Entry& right) { return left.slot < right.slot; });
  for (size_t first = 0; first < entries.size();) {
    Profile profile(interner_);
    size_t last = first;
    for (; last < entries.size() && entries[last].slot == entries[first].slot; ++last) {
      const Related& related = tables[entries[last].table];
      const WordTable::Word& word = *entries[last].word;
      profile.write(*related.path, *related.table->valueOf(word), word.time);
    }
    const ValueTree value = profile.trait(path_);
    if (!value.empty()) codes_[entries[first].slot] = own_.codeOf(*value.root());
    first = last;
  }
}

}  // namespace fosterflow

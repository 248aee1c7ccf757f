#include "snapshot/writer_tables.h"

#include <algorithm>

#include "values/double_bits.h"

namespace fosterflow {

namespace {

constexpr uint32_t kNone = IndexTable::kNone;

uint32_t mixed(uint32_t hash, uint32_t word) {
  hash = (hash ^ word) * 0x9E3779B1;
  return hash ^ hash >> 15;
}

}  // namespace

WriterTables::Sizes WriterTables::sizes() const {
  return {texts_.size(), shapes_.size(), rawShapes_.size(), columnValues_.size(), values_.size()};
}

void WriterTables::truncate(const Sizes& sizes) {
  truncateValues(sizes.values);
  for (size_t column = sizes.columns; column < keyOfColumn_.size(); ++column) {
    columnOfText_[keyOfColumn_[column]] = kNone;
  }
  keyOfColumn_.resize(sizes.columns);
  columnValues_.resize(sizes.columns);
  if (rawShapes_.size() > sizes.rawShapes) {
    const RawShape& first = rawShapes_[sizes.rawShapes];
    rawTokens_.resize(first.firstToken);
    leafOrder_.resize(first.firstLeaf);
    leafColumns_.resize(first.firstLeaf);
    rawShapes_.resize(sizes.rawShapes);
    rawShapeTable_.truncate(sizes.rawShapes);
  }
  shapes_.truncate(sizes.shapes);
  texts_.truncate(sizes.texts);
}

void WriterTables::truncateValues(size_t count) {
  while (values_.size() > count) {
    --columnValues_[values_.back().column];
    values_.pop_back();
    valuePlaces_.pop_back();
  }
  valueTable_.truncate(count);
}

uint32_t WriterTables::valueOf(uint32_t column, const ValueNode& value) {
  Value wanted{column, value.type, 0};
  if (value.type == ValueType::kNumber) {
    wanted.bits = bitsOf(value.number == 0 ? 0 : value.number);
  } else if (value.type == ValueType::kText) {
    wanted.bits = value.text;
  }
  uint32_t hash =
      mixed(column * 8 + static_cast<uint32_t>(value.type), static_cast<uint32_t>(wanted.bits));
  hash = mixed(hash, static_cast<uint32_t>(wanted.bits >> 32));
  if (value.type < ValueType::kArray) {
    uint32_t slot = hash;
    while (true) {
      const uint32_t place = valueTable_.next(hash, slot);
      if (place == kNone) break;
      const Value& known = values_[place];
      if (known.column == column && known.type == wanted.type && known.bits == wanted.bits) {
        return valuePlaces_[place];
      }
    }
  } else {
    // Spread over the table: they are never looked for.
    hash = mixed(hash, static_cast<uint32_t>(values_.size()));
  }
  valueTable_.add(hash);
  values_.push_back(wanted);
  valuePlaces_.push_back(columnValues_[column]++);
  return valuePlaces_.back();
}

uint32_t WriterTables::columnOf(uint32_t key) {
  if (columnOfText_.size() <= key) columnOfText_.resize(key + 1, kNone);
  if (columnOfText_[key] == kNone) {
    columnOfText_[key] = static_cast<uint32_t>(keyOfColumn_.size());
    keyOfColumn_.push_back(key);
    columnValues_.push_back(0);
  }
  return columnOfText_[key];
}

// Keys as they come, objects between a marked key and 0.
void WriterTables::tokenize(const ValueNode& object, std::vector<const ValueNode*>& leaves) {
  for (const ValueNode& member : ValueChildren(&object)) {
    if (member.type == ValueType::kObject) {
      tokens_.push_back(member.key << 1 | 1);
      tokenize(member, leaves);
      tokens_.push_back(0);
    } else {
      tokens_.push_back(member.key << 1);
      leaves.push_back(&member);
    }
  }
}

uint32_t WriterTables::shapeOf(const Event& event, std::vector<const ValueNode*>& leaves,
                               std::vector<uint32_t>& columns) {
  tokens_.assign(1, event.name);
  raw_.clear();
  if (event.properties.root() != nullptr) tokenize(*event.properties.root(), raw_);
  uint32_t hash = 0;
  for (const uint32_t token : tokens_) hash = mixed(hash, token);
  uint32_t slot = hash;
  uint32_t place = kNone;
  while ((place = rawShapeTable_.next(hash, slot)) != kNone) {
    const RawShape& known = rawShapes_[place];
    if (known.tokenCount == tokens_.size() &&
        std::equal(tokens_.begin(), tokens_.end(), rawTokens_.begin() + known.firstToken)) {
      break;
    }
  }
  if (place == kNone) place = addRawShape(event, hash, raw_);
  const RawShape& raw = rawShapes_[place];
  for (uint32_t leaf = raw.firstLeaf; leaf < raw.firstLeaf + raw.leafCount; ++leaf) {
    leaves.push_back(raw_[leafOrder_[leaf]]);
    columns.push_back(leafColumns_[leaf]);
  }
  return raw.shape;
}

uint32_t WriterTables::addRawShape(const Event& event, uint32_t hash,
                                   const std::vector<const ValueNode*>& leaves) {
  RawShape raw;
  raw.firstToken = static_cast<uint32_t>(rawTokens_.size());
  raw.tokenCount = static_cast<uint32_t>(tokens_.size());
  rawTokens_.insert(rawTokens_.end(), tokens_.begin(), tokens_.end());
  raw.firstLeaf = static_cast<uint32_t>(leafOrder_.size());
  raw.leafCount = static_cast<uint32_t>(leaves.size());
  std::string bytes;
  appendVarint(bytes, textOf(interner_->text(event.name)));
  if (event.properties.root() == nullptr) {
    appendVarint(bytes, 0);
  } else {
    describe(*event.properties.root(), leaves, bytes);
  }
  raw.shape = shapes_.findOrAdd(bytes);
  rawShapes_.push_back(raw);
  rawShapeTable_.add(hash);
  return static_cast<uint32_t>(rawShapes_.size() - 1);
}

// How many members, then each with its key, whether it is an object, and if so, its members.
void WriterTables::describe(const ValueNode& object, const std::vector<const ValueNode*>& leaves,
                            std::string& bytes) {
  const std::vector<const ValueNode*> members = membersByKey(object, *interner_);
  appendVarint(bytes, members.size());
  for (const ValueNode* member : members) {
    const uint32_t key = textOf(interner_->text(member->key));
    const bool isObject = member->type == ValueType::kObject;
    appendVarint(bytes, uint64_t{key} << 1 | (isObject ? 1 : 0));
    if (isObject) {
      describe(*member, leaves, bytes);
      continue;
    }
    // Leaves lie in the order of the tape.
    const auto leaf = std::lower_bound(leaves.begin(), leaves.end(), member);
    leafOrder_.push_back(static_cast<uint32_t>(leaf - leaves.begin()));
    leafColumns_.push_back(columnOf(key));
  }
}

}  // namespace fosterflow

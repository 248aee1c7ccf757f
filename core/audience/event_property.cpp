#include "audience/event_property.h"

#include "values/path.h"

namespace fosterflow {

EventProperty::EventProperty(const EventTable& table, const std::vector<Symbol>& path) {
  const EventTable::Column* column = table.find(path.front());
  if (column != nullptr) cells_ = &column->cells;
  rest_.assign(path.begin() + 1, path.end());
  if (cells_ == nullptr || cells_->hasCodes() || cells_->isSparse() || !rest_.empty()) return;
  const bool areDecimals = cells_->kind() == PropertyColumn::Kind::kDecimals;
  numbers_ = areDecimals ? Numbers::kDecimals : Numbers::kDoubles;
  numberCount_ = cells_->cellCount();
  decimals_ = cells_->decimals().data();
  doubles_ = cells_->doubles().data();
  scale_ = cells_->scale();
}

const ValueNode* EventProperty::at(uint32_t row, ValueNode& storage) {
  if (cells_ == nullptr) return nullptr;
  const Cell cell = cells_->at(row);
  if (cell.isMissing()) return nullptr;
  if (cell.isNumber()) {
    if (!rest_.empty()) return nullptr;
    storage = ValueNode();
    storage.type = ValueType::kNumber;
    storage.number = cell.number();
    return &storage;
  }
  const uint32_t code = cell.code();
  if (rest_.empty()) return cells_->dictionary().value(code);
  if (code >= isFound_.size()) {
    byCode_.resize(cells_->dictionary().size(), nullptr);
    isFound_.resize(cells_->dictionary().size(), 0);
  }
  if (isFound_[code] == 0) {
    isFound_[code] = 1;
    byCode_[code] = findAtPath(cells_->dictionary().value(code), rest_.data(), rest_.size());
  }
  return byCode_[code];
}

bool PropertyProbe::matches(const Filter& filter, Cell cell, Instant time,
                            const ContactView& view) {
  nodes_.assign(1, ValueNode());
  nodes_.front().type = ValueType::kObject;
  if (!cell.isMissing()) {
    if (cell.isNumber()) {
      nodes_.emplace_back();
      nodes_.back().type = ValueType::kNumber;
      nodes_.back().number = cell.number();
    } else {
      const ValueNode* value = cells_->dictionary().value(cell.code());
      nodes_.insert(nodes_.end(), value, value + spanOf(*value));
    }
    nodes_[1].key = key_;
  }
  nodes_.front().span = static_cast<uint32_t>(nodes_.size());
  return fosterflow::matches(filter, nodes_.data(), time, view);
}

}  // namespace fosterflow

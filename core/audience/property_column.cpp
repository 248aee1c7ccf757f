#include "audience/property_column.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace fosterflow {

namespace {

constexpr std::array<double, ColumnNeeds::kTooManyDecimals> kScales = {1,   1e1, 1e2, 1e3,
                                                                       1e4, 1e5, 1e6};
constexpr double kMaxDecimal = 2147483646;

// A column that fewer than one row in so many has keeps the rows' numbers.
constexpr size_t kSparseShare = 16;

bool isDecimal(double number, uint32_t places) {
  const double scaled = std::nearbyint(number * kScales[places]);
  return std::abs(scaled) <= kMaxDecimal && scaled / kScales[places] == number;
}

}  // namespace

void ColumnNeeds::add(Cell cell) {
  if (cell.isMissing()) return;
  ++present;
  if (!cell.isNumber()) {
    hasCodes = true;
    maxCode = std::max(maxCode, cell.code());
    return;
  }
  hasNumbers = true;
  const double number = cell.number();
  while (decimals < kTooManyDecimals && !isDecimal(number, decimals)) ++decimals;
  largest = std::max(largest, std::abs(number));
}

void PropertyColumn::start(const ColumnNeeds& needs, size_t rows) {
  codes8_ = {};
  codes16_ = {};
  codes32_ = {};
  decimals_ = {};
  doubles_ = {};
  rows_ = {};
  isSparse_ = needs.present * kSparseShare < rows || needs.present == 0;
  const size_t count = isSparse_ ? needs.present : rows;
  if (isSparse_) rows_.reserve(count);
  decimalPlaces_ = 0;
  if (needs.hasNumbers && !needs.hasCodes) {
    const bool areDecimals = needs.decimals < ColumnNeeds::kTooManyDecimals &&
                             needs.largest * kScales[needs.decimals] <= kMaxDecimal;
    kind_ = areDecimals ? Kind::kDecimals : Kind::kDoubles;
    if (areDecimals) {
      decimalPlaces_ = needs.decimals;
      decimals_.reserve(count);
    } else {
      doubles_.reserve(count);
    }
  } else {
    // Numbers among other values become values of the dictionary.
    const uint32_t codes = needs.hasNumbers ? UINT32_MAX : needs.maxCode;
    kind_ = codes <= UINT8_MAX    ? Kind::kCodes8
            : codes <= UINT16_MAX ? Kind::kCodes16
                                  : Kind::kCodes32;
    if (kind_ == Kind::kCodes8) codes8_.reserve(count);
    if (kind_ == Kind::kCodes16) codes16_.reserve(count);
    if (kind_ == Kind::kCodes32) codes32_.reserve(count);
  }
  scale_ = kScales[decimalPlaces_];
}

PropertyColumn PropertyColumn::takeCells() {
  PropertyColumn cells = std::move(*this);
  dictionary_ = std::move(cells.dictionary_);
  start({}, 0);
  return cells;
}

size_t PropertyColumn::cellCount() const {
  switch (kind_) {
    case Kind::kCodes8:
      return codes8_.size();
    case Kind::kCodes16:
      return codes16_.size();
    case Kind::kCodes32:
      return codes32_.size();
    case Kind::kDecimals:
      return decimals_.size();
    default:
      return doubles_.size();
  }
}

size_t PropertyColumn::bytes() const {
  return codes8_.capacity() + codes16_.capacity() * 2 + codes32_.capacity() * 4 +
         decimals_.capacity() * 4 + doubles_.capacity() * 8 + rows_.capacity() * 4 +
         dictionary_->bytes();
}

Cell PropertyColumn::cellAt(size_t index) const {
  switch (kind_) {
    case Kind::kCodes8:
      return Cell::ofCode(codes8_[index]);
    case Kind::kCodes16:
      return Cell::ofCode(codes16_[index]);
    case Kind::kCodes32:
      return Cell::ofCode(codes32_[index]);
    case Kind::kDecimals:
      return decimals_[index] == kMissingDecimal ? Cell()
                                                 : Cell::ofNumber(numberOf(decimals_[index]));
    default:
      return std::isnan(doubles_[index]) ? Cell() : Cell::ofNumber(doubles_[index]);
  }
}

Cell PropertyColumn::at(uint32_t row) const {
  if (!isSparse_) return row < cellCount() ? cellAt(row) : Cell();
  const auto place = std::lower_bound(rows_.begin(), rows_.end(), row);
  if (place == rows_.end() || *place != row) return {};
  return cellAt(static_cast<size_t>(place - rows_.begin()));
}

bool PropertyColumn::fits(Cell cell) const {
  if (cell.isMissing()) return true;
  switch (kind_) {
    case Kind::kCodes8:
      return !cell.isNumber() && cell.code() <= UINT8_MAX;
    case Kind::kCodes16:
      return !cell.isNumber() && cell.code() <= UINT16_MAX;
    case Kind::kCodes32:
      return true;
    case Kind::kDecimals:
      return cell.isNumber() && isDecimal(cell.number(), decimalPlaces_);
    default:
      return cell.isNumber();
  }
}

uint32_t PropertyColumn::codeOf(Cell cell) {
  if (!cell.isNumber()) return cell.code();
  ValueNode number;
  number.type = ValueType::kNumber;
  number.number = cell.number();
  return dictionary_->codeOf(number);
}

void PropertyColumn::put(Cell cell) {
  switch (kind_) {
    case Kind::kCodes8:
      codes8_.push_back(static_cast<uint8_t>(cell.code()));
      break;
    case Kind::kCodes16:
      codes16_.push_back(static_cast<uint16_t>(cell.code()));
      break;
    case Kind::kCodes32:
      codes32_.push_back(codeOf(cell));
      break;
    case Kind::kDecimals:
      decimals_.push_back(cell.isMissing()
                              ? kMissingDecimal
                              : static_cast<int32_t>(std::nearbyint(cell.number() * scale_)));
      break;
    default:
      doubles_.push_back(cell.isMissing() ? std::nan("") : cell.number());
      break;
  }
}

void PropertyColumn::set(uint32_t row, Cell cell) {
  if (cell.isMissing()) return;
  if (!fits(cell)) widen(cell);
  if (isSparse_) {
    rows_.push_back(row);
  } else {
    while (cellCount() < row) put(Cell());
  }
  put(cell);
}

void PropertyColumn::widen(Cell cell) {
  std::vector<Cell> cells;
  ColumnNeeds needs;
  const size_t count = cellCount();
  cells.reserve(count);
  for (size_t index = 0; index < count; ++index) {
    cells.push_back(cellAt(index));
    needs.add(cells.back());
  }
  needs.add(cell);
  const bool wasSparse = isSparse_;
  std::vector<uint32_t> rows;
  rows.swap(rows_);
  start(needs, count);
  isSparse_ = wasSparse;
  rows_.swap(rows);
  for (const Cell one : cells) put(one);
}

void PropertyColumn::remove(const Bitmap& rows) {
  if (!isSparse_) {
    removeAt(codes8_, rows);
    removeAt(codes16_, rows);
    removeAt(codes32_, rows);
    removeAt(decimals_, rows);
    removeAt(doubles_, rows);
    return;
  }
  Bitmap removed(rows_.size());
  size_t index = 0;
  uint32_t before = 0;
  rows.forEach([&](size_t row) {
    for (; index < rows_.size() && rows_[index] < row; ++index) rows_[index] -= before;
    if (index < rows_.size() && rows_[index] == row) removed.set(index++);
    ++before;
  });
  for (; index < rows_.size(); ++index) rows_[index] -= before;
  removeAt(codes8_, removed);
  removeAt(codes16_, removed);
  removeAt(codes32_, removed);
  removeAt(decimals_, removed);
  removeAt(doubles_, removed);
  removeAt(rows_, removed);
}

bool PropertyColumn::restore(Parts parts, size_t rowCount) {
  if (parts.kind > Kind::kDoubles || parts.decimalPlaces >= ColumnNeeds::kTooManyDecimals) {
    return false;
  }
  PropertyColumn column(nullptr);
  column.kind_ = parts.kind;
  column.isSparse_ = parts.isSparse;
  column.decimalPlaces_ = parts.decimalPlaces;
  column.scale_ = kScales[parts.decimalPlaces];
  column.codes8_ = std::move(parts.codes8);
  column.codes16_ = std::move(parts.codes16);
  column.codes32_ = std::move(parts.codes32);
  column.decimals_ = std::move(parts.decimals);
  column.doubles_ = std::move(parts.doubles);
  column.rows_ = std::move(parts.rows);
  const uint32_t codes = dictionary_->size();
  uint32_t maxCode = 0;
  for (const uint8_t code : column.codes8_) maxCode = std::max<uint32_t>(maxCode, code);
  for (const uint16_t code : column.codes16_) maxCode = std::max<uint32_t>(maxCode, code);
  for (const uint32_t code : column.codes32_) maxCode = std::max(maxCode, code);
  if (maxCode >= codes) return false;
  bool areFinite = true;
  for (const double number : column.doubles_) areFinite = areFinite && !std::isinf(number);
  if (!areFinite) return false;
  if (column.isSparse_) {
    if (column.rows_.size() != column.cellCount()) return false;
    for (size_t index = 0; index < column.rows_.size(); ++index) {
      if (column.rows_[index] >= rowCount) return false;
      if (index > 0 && column.rows_[index] <= column.rows_[index - 1]) return false;
    }
  } else if (column.cellCount() > rowCount || !column.rows_.empty()) {
    return false;
  }
  std::swap(column.dictionary_, dictionary_);
  *this = std::move(column);
  return true;
}

}  // namespace fosterflow

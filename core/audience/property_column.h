#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "audience/bitmap.h"
#include "audience/cell.h"
#include "audience/value_dictionary.h"

namespace fosterflow {

/// What a set of cells needs to be kept.
struct ColumnNeeds {
  size_t present = 0;
  bool hasNumbers = false;
  bool hasCodes = false;
  uint32_t maxCode = 0;
  uint32_t decimals = 0;  ///< all numbers have at most so many; kTooManyDecimals: they have more
  double largest = 0;     ///< absolute

  static constexpr uint32_t kTooManyDecimals = 7;
  void add(Cell cell);
};

/// One property of the events of one name, by row: codes of distinct values, or numbers when all
/// that is there are numbers. Numbers with few decimals are kept as 32-bit integers, when each is
/// the very double that its decimal text means.
class PropertyColumn {
 public:
  enum class Kind : uint8_t { kCodes8, kCodes16, kCodes32, kDecimals, kDoubles };

  explicit PropertyColumn(Interner* interner)
      : dictionary_(std::make_unique<ValueDictionary>(interner)) {}
  PropertyColumn(PropertyColumn&&) = default;
  PropertyColumn& operator=(PropertyColumn&&) = default;

  /// Takes the cells of this column out and leaves it empty, with its dictionary.
  PropertyColumn takeCells();

  [[nodiscard]] ValueDictionary& dictionary() { return *dictionary_; }
  [[nodiscard]] const ValueDictionary& dictionary() const { return *dictionary_; }

  /// Empty, for `rows` rows that need this.
  void start(const ColumnNeeds& needs, size_t rows);
  /// Sets the cell of a row after all that were set; what lies between is missing. A cell that does
  /// not fit makes the column anew.
  void set(uint32_t row, Cell cell);

  /// As `set`, for a cell that `start` was told of, of the next row.
  void append(uint32_t row, Cell cell) {
    if (!isSparse_) {
      put(cell);
    } else if (!cell.isMissing()) {
      rows_.push_back(row);
      put(cell);
    }
  }
  /// Takes rows out.
  void remove(const Bitmap& rows);

  [[nodiscard]] Cell at(uint32_t row) const;

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] bool hasCodes() const { return kind_ <= Kind::kCodes32; }
  /// Only some rows are kept, with their numbers: `at` searches.
  [[nodiscard]] bool isSparse() const { return isSparse_; }
  [[nodiscard]] size_t bytes() const;
  /// How many cells lie in the arrays: rows, or those that are there when sparse.
  [[nodiscard]] size_t cellCount() const;

  // For kernels, when not sparse: cells of rows beyond the end are missing.
  [[nodiscard]] const std::vector<uint8_t>& codes8() const { return codes8_; }
  [[nodiscard]] const std::vector<uint16_t>& codes16() const { return codes16_; }
  [[nodiscard]] const std::vector<uint32_t>& codes32() const { return codes32_; }
  [[nodiscard]] const std::vector<int32_t>& decimals() const { return decimals_; }
  [[nodiscard]] const std::vector<double>& doubles() const { return doubles_; }
  [[nodiscard]] const std::vector<uint32_t>& rows() const { return rows_; }
  [[nodiscard]] uint32_t decimalPlaces() const { return decimalPlaces_; }
  /// kDecimals: the number that an integer stands for.
  [[nodiscard]] double numberOf(int32_t decimal) const { return decimal / scale_; }
  [[nodiscard]] double scale() const { return scale_; }
  static constexpr int32_t kMissingDecimal = INT32_MIN;

  /// The arrays as they are kept. False, and nothing taken, when they are no column of `rowCount`
  /// rows over the dictionary.
  struct Parts {
    Kind kind = Kind::kCodes8;
    bool isSparse = false;
    uint32_t decimalPlaces = 0;
    std::vector<uint8_t> codes8;
    std::vector<uint16_t> codes16;
    std::vector<uint32_t> codes32;
    std::vector<int32_t> decimals;
    std::vector<double> doubles;
    std::vector<uint32_t> rows;
  };
  bool restore(Parts parts, size_t rowCount);

 private:
  [[nodiscard]] Cell cellAt(size_t index) const;
  [[nodiscard]] bool fits(Cell cell) const;
  void put(Cell cell);
  void widen(Cell cell);
  [[nodiscard]] uint32_t codeOf(Cell cell);

  std::unique_ptr<ValueDictionary> dictionary_;
  Kind kind_ = Kind::kCodes8;
  bool isSparse_ = true;
  uint32_t decimalPlaces_ = 0;
  double scale_ = 1;
  std::vector<uint8_t> codes8_;
  std::vector<uint16_t> codes16_;
  std::vector<uint32_t> codes32_;
  std::vector<int32_t> decimals_;
  std::vector<double> doubles_;
  std::vector<uint32_t> rows_;  // sparse: the rows of the cells, ascending
};

}  // namespace fosterflow

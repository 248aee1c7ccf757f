#include "authoring/normal_form/normal_comparison.h"

#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "values/sorted_order.h"

namespace fosterflow {

namespace {

constexpr double kUnbounded = std::numeric_limits<double>::infinity();
/// Up to here doubles are exact whole numbers.
constexpr double kMaxExact = 9'007'199'254'740'992.0;

// Whole numbers from `low` to `high`, or all others.
struct WholeRange {
  double low = -kUnbounded;
  double high = kUnbounded;
  bool isOutside = false;
};

std::optional<WholeRange> rangeOf(std::string_view op, const Document& value) {
  if (value.isArray()) {
    if (value.items.size() != 2 || !value.items[0].isNumber() || !value.items[1].isNumber()) {
      return std::nullopt;
    }
    const WholeRange range = {std::ceil(value.items[0].number), std::floor(value.items[1].number),
                              op == "not_between"};
    if (op != "between" && op != "not_between") return std::nullopt;
    return range;
  }
  if (!value.isNumber()) return std::nullopt;
  const double number = value.number;
  if (op == "gte") return WholeRange{std::ceil(number), kUnbounded};
  if (op == "gt") return WholeRange{std::floor(number) + 1, kUnbounded};
  if (op == "lte") return WholeRange{-kUnbounded, std::floor(number)};
  if (op == "lt") return WholeRange{-kUnbounded, std::ceil(number) - 1};
  if (op != "eq" && op != "ne") return std::nullopt;
  return WholeRange{std::ceil(number), std::floor(number), op == "ne"};
}

void put(Document& comparison, std::string_view op, Document value) {
  comparison.set("op", Document::ofText(op));
  comparison.set("value", std::move(value));
}

void putRange(Document& comparison, std::string_view op, double low, double high) {
  Document pair = Document::array();
  pair.items.push_back(Document::ofNumber(low));
  pair.items.push_back(Document::ofNumber(high));
  put(comparison, op, std::move(pair));
}

// One way for each set of whole numbers; sets that are empty stay as they were written.
void normalizeWhole(Document& comparison) {
  const Document* value = comparison.find("value");
  if (value == nullptr) return;
  const std::optional<WholeRange> range = rangeOf(comparison.textAt("op"), *value);
  if (!range || range->low > range->high || std::abs(range->low) == kMaxExact) return;
  const bool isBounded = range->high < kUnbounded;
  if ((std::isfinite(range->low) && std::abs(range->low) > kMaxExact) ||
      (isBounded && (range->high > kMaxExact || range->high < 0))) {
    return;
  }
  const bool isFromZero = range->low <= 0;
  if (range->isOutside) {
    if (isFromZero) {
      put(comparison, "gte", Document::ofNumber(range->high + 1));
    } else if (range->low == range->high) {
      put(comparison, "ne", Document::ofNumber(range->low));
    } else {
      putRange(comparison, "not_between", range->low, range->high);
    }
  } else if (!isBounded) {
    put(comparison, "gte", Document::ofNumber(isFromZero ? 0 : range->low));
  } else if (isFromZero) {
    put(comparison, "lte", Document::ofNumber(range->high));
  } else if (range->low == range->high) {
    put(comparison, "eq", Document::ofNumber(range->low));
  } else {
    putRange(comparison, "between", range->low, range->high);
  }
}

bool hasText(const Document& value) {
  if (value.isText() || value.isObject()) return true;
  for (const Document& item : value.items) {
    if (item.isText()) return true;
  }
  return false;
}

// Of a list with one entry: the operator that takes just that.
void unwrapOnly(Document& comparison) {
  const std::string op(comparison.textAt("op"));
  Document& value = *comparison.find("value");
  if (!value.isArray()) return;
  if (op == "in" || op == "not_in") {
    sortDistinct(value);
    if (value.items.size() != 1) return;
    Document only = std::move(value.items.front());
    put(comparison, op == "in" ? "eq" : "ne", std::move(only));
  } else if (op == "includes_any" || op == "includes_all" || op == "includes_none") {
    sortDistinct(value);
    if (value.items.size() == 1 && op == "includes_all") {
      comparison.set("op", Document::ofText("includes_any"));
    }
  } else if (op == "between" || op == "not_between") {
    if (value.items.size() != 2 || value.items[0].number != value.items[1].number) return;
    Document only = std::move(value.items.front());
    put(comparison, op == "between" ? "eq" : "ne", std::move(only));
  }
}

}  // namespace

void sortDistinct(Document& list) {
  std::vector<std::string> texts;
  texts.reserve(list.items.size());
  for (const Document& item : list.items) texts.push_back(canonicalJson(item));
  const auto isBefore = [&texts](size_t left, size_t right) { return texts[left] < texts[right]; };
  std::vector<Document> sorted;
  const std::string* last = nullptr;
  for (const size_t place : sortedOrder(texts.size(), isBefore)) {
    if (last == nullptr || *last != texts[place]) sorted.push_back(std::move(list.items[place]));
    last = &texts[place];
  }
  list.items = std::move(sorted);
}

void normalizeComparison(Document& comparison, Observed observed) {
  const Document* value = comparison.find("value");
  const Document* ignoreCase = comparison.find("ignoreCase");
  // Case is of no matter but to texts.
  if (ignoreCase != nullptr && (!ignoreCase->isTrue() || value == nullptr || !hasText(*value))) {
    comparison.remove("ignoreCase");
  }
  if (value == nullptr) return;
  unwrapOnly(comparison);
  if (observed == Observed::kWhole) normalizeWhole(comparison);
}

}  // namespace fosterflow

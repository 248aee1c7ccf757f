#include "audience/metric_rows.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "audience/window_kernel.h"

namespace fosterflow {

namespace {

// Of so many contacts, one in so many, all rows are asked at once.
constexpr size_t kManyShare = 8;

}  // namespace

MetricRows::MetricRows(const MetricPlan& metric, StreamRows& stream, StreamRows* since,
                       SlotView& slots, const Interner& interner, Instant now)
    : metric_(metric),
      stream_(stream),
      since_(since),
      slots_(slots),
      interner_(interner),
      now_(now),
      isFixed_(metric.zone.fixed != nullptr ||
               (!dependsOnZone(metric.window.lower) && !dependsOnZone(metric.window.upper))) {
  if (isFixed_) {
    const Zone utc;
    window_ = windowIn(metric.zone.fixed != nullptr ? *metric.zone.fixed : utc);
  } else {
    window_.upper = now;
  }
  for (const StreamRows::Part& part : stream.parts()) {
    bounds_.push_back(boundsOf(part, window_));
  }
  isExact_ = isFixed_ && since == nullptr && stream.parts().size() <= 1 && stream.takesAll();
}

MetricRows::Window MetricRows::windowIn(const Zone& zone) const {
  return {positionOf(metric_.window.lower, now_, zone),
          positionOf(metric_.window.upper, now_, zone)};
}

MetricRows::Window MetricRows::windowOf(uint32_t slot) {
  Window window = isFixed_ ? window_ : windowIn(slots_.zone(metric_.zone));
  if (since_ != nullptr) window.lower = std::max(window.lower, since_->latest(slot, now_));
  return window;
}

// Whether so much of a table is in the window that looking at all contacts costs no more.
bool MetricRows::isWide(const StreamRows::Part& part, size_t wanted) const {
  return looksFor(part.table(), window_.lower, window_.upper, wanted) >= wanted;
}

Bitmap MetricRows::candidates(uint32_t count, const Bitmap& wanted) {
  const uint32_t least = stream_.parts().size() == 1 ? count : 1;
  const size_t wantedCount = wanted.count();
  const bool areMany = wantedCount > wanted.size() / kManyShare;
  Bitmap found(wanted.size());
  for (StreamRows::Part& part : stream_.parts()) {
    const EventTable& table = part.table();
    if (part.canTakeRows() && areMany && isWide(part, wantedCount)) part.takeRows();
    if (part.taken() == nullptr || !isWide(part, wantedCount)) {
      addSlotsWith(table, least, window_.lower, window_.upper, wanted, found);
    } else if (bounds_[static_cast<size_t>(&part - stream_.parts().data())].lower.isBeforeAll) {
      addSlotsTaking(table, *part.taken(), least, wanted, found);
    } else {
      Bitmap taking(wanted.size());
      addSlotsTaking(table, *part.taken(), least, wanted, taking);
      addSlotsWith(table, least, window_.lower, window_.upper, taking, found);
    }
  }
  return found;
}

size_t MetricRows::looks(size_t wanted) const {
  size_t looks = 0;
  for (const StreamRows::Part& part : stream_.parts()) {
    looks += looksFor(part.table(), window_.lower, window_.upper, wanted);
  }
  return looks;
}

// Rows in the window that the stream takes; `visit(part, row)` answers whether to go on.
template <typename Visit>
void MetricRows::forEachRow(uint32_t slot, const Visit& visit) {
  const bool isOwn = !isFixed_ || since_ != nullptr;
  const Window window = isOwn ? windowOf(slot) : window_;
  if (window.lower >= window.upper) return;
  for (size_t index = 0; index < stream_.parts().size(); ++index) {
    StreamRows::Part& part = stream_.parts()[index];
    const EventTable& table = part.table();
    const SlotRanges::Range range = table.ranges().of(slot);
    if (range.empty()) continue;
    const TimeColumn& times = table.times();
    const Bounds bounds = isOwn ? boundsOf(part, window) : bounds_[index];
    uint32_t row = times.firstAfter(range.first, range.last, bounds.upper);
    const Bitmap* taken = part.taken();
    if (taken != nullptr) {
      for (;; --row) {
        row = static_cast<uint32_t>(taken->endOfLast(range.first, row));
        if (row == range.first) break;
        if (!bounds.lower.isBeforeAll && !times.isLater(row - 1, bounds.lower)) break;
        if (!visit(part, row - 1)) return;
      }
      continue;
    }
    for (; row > range.first; --row) {
      if (!bounds.lower.isBeforeAll && !times.isLater(row - 1, bounds.lower)) break;
      if (part.takes(row - 1) && !visit(part, row - 1)) return;
    }
  }
}

bool MetricRows::hasAtLeast(uint32_t slot, uint32_t count) {
  uint32_t seen = 0;
  forEachRow(slot, [&](StreamRows::Part&, uint32_t) { return ++seen < count; });
  return seen >= count;
}

const ValueNode* MetricRows::emptyValue(ValueNode& storage) const {
  storage = ValueNode();
  storage.type = ValueType::kNumber;
  switch (metric_.function) {
    case MeasureFunction::kCount:
    case MeasureFunction::kSum:
    case MeasureFunction::kDistinct:
    case MeasureFunction::kActive:
      return &storage;
    default:
      return nullptr;
  }
}

// The value at the earliest or latest event; of several at one time the smallest or largest.
const ValueNode* MetricRows::edgeValue(uint32_t slot, ValueNode& storage) {
  const bool isFirst = metric_.function == MeasureFunction::kFirst;
  const ValueNode* chosen = nullptr;
  Instant chosenTime = 0;
  ValueNode other;
  forEachRow(slot, [&](StreamRows::Part& part, uint32_t row) {
    const Instant time = part.table().times()[row];
    const ValueNode* value = part.measured(row, other);
    const bool isBetter =
        chosen == nullptr ||
        (time != chosenTime ? (time < chosenTime) == isFirst
                            : (compareValues(value, chosen, interner_) < 0) == isFirst);
    if (!isBetter) return true;
    chosenTime = time;
    if (value == &other) {
      storage = other;
      chosen = &storage;
    } else {
      chosen = value;
    }
    return true;
  });
  return chosen;
}

double MetricRows::distinct(uint32_t slot) {
  keys_.clear();
  forEachRow(slot, [&](StreamRows::Part& part, uint32_t row) {
    ValueNode storage;
    const ValueNode& value = *part.measured(row, storage);
    const double key = value.type == ValueType::kNumber ? value.number + 0.0
                       : value.type == ValueType::kText ? static_cast<double>(value.text)
                                                        : 0.0;
    keys_.emplace_back(value.type, key);
    return true;
  });
  std::sort(keys_.begin(), keys_.end());
  return static_cast<double>(std::unique(keys_.begin(), keys_.end()) - keys_.begin());
}

double MetricRows::active(uint32_t slot) {
  keys_.clear();
  const Zone& zone = slots_.zone(metric_.zone);
  forEachRow(slot, [&](StreamRows::Part& part, uint32_t row) {
    const int64_t local = zone.toLocal(part.table().times()[row]);
    const auto unit = static_cast<double>(calendarUnitOfLocal(local, metric_.unit));
    if (keys_.empty() || keys_.back().second != unit) keys_.emplace_back(ValueType::kNumber, unit);
    return true;
  });
  std::sort(keys_.begin(), keys_.end());
  return static_cast<double>(std::unique(keys_.begin(), keys_.end()) - keys_.begin());
}

const ValueNode* MetricRows::value(uint32_t slot, ValueNode& storage) {
  const MeasureFunction function = metric_.function;
  if (function == MeasureFunction::kFirst || function == MeasureFunction::kLast) {
    return edgeValue(slot, storage);
  }
  double number = 0;
  uint32_t count = 0;
  switch (function) {
    case MeasureFunction::kCount:
      forEachRow(slot, [&count](StreamRows::Part&, uint32_t) { return ++count > 0; });
      number = count;
      break;
    case MeasureFunction::kDistinct:
      number = distinct(slot);
      break;
    case MeasureFunction::kActive:
      number = active(slot);
      break;
    default: {
      const bool isMin = function == MeasureFunction::kMin;
      const bool isExtreme = isMin || function == MeasureFunction::kMax;
      sum_.clear();
      forEachRow(slot, [&](StreamRows::Part& part, uint32_t row) {
        ValueNode other;
        const double one = part.measured(row, other)->number;
        if (!isExtreme) {
          sum_.add(one);
        } else if (count == 0 || (one < number) == isMin) {
          number = one;
        }
        return ++count > 0;
      });
      if (count > 0 && !isExtreme) {
        number = function == MeasureFunction::kSum ? sum_.sum() : sum_.average(count);
      }
      break;
    }
  }
  if (count == 0 && emptyValue(storage) == nullptr) return nullptr;
  storage = ValueNode();
  storage.type = ValueType::kNumber;
  storage.number = number;
  return &storage;
}

bool MetricRows::numberHolds(uint32_t slot, Operator op, double bound) {
  const auto compare = [op, bound](double number) {
    switch (op) {
      case Operator::kGreater:
        return number > bound;
      case Operator::kGreaterOrEqual:
        return number >= bound;
      case Operator::kLess:
        return number < bound;
      default:
        return number <= bound;
    }
  };
  double sum = 0;
  double absolute = 0;
  uint32_t count = 0;
  forEachRow(slot, [&](StreamRows::Part& part, uint32_t row) {
    ValueNode storage;
    const double number =
        part.hasNumbers() ? part.numberAt(row) : part.measured(row, storage)->number;
    sum += number;
    absolute += std::abs(number);
    return ++count > 0;
  });
  const bool isSum = metric_.function == MeasureFunction::kSum;
  if (count == 0) return isSum && compare(0);
  // Adding n doubles one after the other is off by less than n·2^-53 times the sum of their sizes
  // (itself computed: hence twice), and the division by another rounding.
  const double error = absolute * count * 0x1p-51;
  const double number = isSum ? sum : sum / count;
  const double slack = isSum ? error : error / count + std::abs(number) * 0x1p-50;
  if (std::abs(number - bound) > slack && std::isfinite(absolute)) return compare(number);
  ValueNode storage;
  return compare(value(slot, storage)->number);
}

}  // namespace fosterflow

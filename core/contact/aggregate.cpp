#include "contact/aggregate.h"

#include <algorithm>
#include <vector>

#include "values/path.h"

namespace fosterflow {

namespace {

const ValueNode* propertyOf(const MetricPlan& metric, const TimedEvent& entry) {
  return findAtPath(entry.event->properties.root(), metric.property.data(), metric.property.size());
}

class SumAggregate final : public Aggregate {
 public:
  void add(const MetricPlan& metric, const TimedEvent& entry) override {
    const double number = propertyOf(metric, entry)->number;
    if (number < 0) ++negatives_;
    sum_.add(number);
  }
  void remove(const MetricPlan& metric, const TimedEvent& entry) override {
    const double number = propertyOf(metric, entry)->number;
    if (number < 0) --negatives_;
    sum_.subtract(number);
  }
  void clear() override {
    sum_.clear();
    negatives_ = 0;
  }
  [[nodiscard]] bool fallsOnly() const override { return negatives_ == 0; }
  [[nodiscard]] double value(const MetricPlan& metric, uint32_t count) const override {
    return metric.function == MeasureFunction::kSum ? sum_.sum() : sum_.average(count);
  }

 private:
  ExactSum sum_;
  uint32_t negatives_ = 0;
};

// A value as a key: numbers in their order, texts by symbol, booleans by type alone.
struct Key {
  double number = 0;
  ValueType type = ValueType::kNumber;
  uint32_t count = 0;
};

bool isBefore(const Key& left, const Key& right) {
  return left.type != right.type ? left.type < right.type : left.number < right.number;
}

// Counts each key; serves the smallest, the largest and the number of distinct ones. The keys are
// in order in one piece of memory: there are few as a rule, never more than a contact keeps events,
// and new texts and new days come last.
class KeyAggregate final : public Aggregate {
 public:
  explicit KeyAggregate(const Zone& zone) : zone_(zone) {}
  void add(const MetricPlan& metric, const TimedEvent& entry) override {
    const Key key = keyOf(metric, entry);
    Key* place = placeOf(key);
    if (place == behind() || isBefore(key, *place)) {
      // Less code than the vector's own insert; and key by key, since memmove goes by four bytes in
      // WebAssembly.
      const auto index = place - keys_.data();
      keys_.push_back(key);
      place = keys_.data() + index;
      for (Key* gap = behind() - 1; gap != place; --gap) *gap = gap[-1];
      *place = key;
    }
    ++place->count;
  }
  void remove(const MetricPlan& metric, const TimedEvent& entry) override {
    Key* place = placeOf(keyOf(metric, entry));
    if (--place->count > 0) return;
    for (; place + 1 != behind(); ++place) *place = place[1];
    keys_.pop_back();
  }
  void clear() override { keys_.clear(); }
  [[nodiscard]] double value(const MetricPlan& metric, uint32_t) const override {
    switch (metric.function) {
      case MeasureFunction::kMin:
        return keys_.front().number;
      case MeasureFunction::kMax:
        return keys_.back().number;
      default:
        return static_cast<double>(keys_.size());
    }
  }

 private:
  Key* behind() { return keys_.data() + keys_.size(); }
  // Where the key is or belongs.
  Key* placeOf(const Key& key) { return std::lower_bound(keys_.data(), behind(), key, isBefore); }
  [[nodiscard]] Key keyOf(const MetricPlan& metric, const TimedEvent& entry) const {
    if (metric.function == MeasureFunction::kActive) {
      const int64_t unit = calendarUnitOfLocal(zone_.toLocal(entry.time), metric.unit);
      return {static_cast<double>(unit)};
    }
    const ValueNode& value = *propertyOf(metric, entry);
    if (value.type == ValueType::kNumber) return {value.number};
    return {value.type == ValueType::kText ? static_cast<double>(value.text) : 0.0, value.type};
  }
  const Zone& zone_;
  std::vector<Key> keys_;
};

}  // namespace

std::unique_ptr<Aggregate> makeAggregate(const MetricPlan& metric, const Zone& zone) {
  switch (metric.function) {
    case MeasureFunction::kSum:
    case MeasureFunction::kAverage:
      return std::make_unique<SumAggregate>();
    case MeasureFunction::kCount:
    case MeasureFunction::kFirst:
    case MeasureFunction::kLast:
      return nullptr;
    default:
      return std::make_unique<KeyAggregate>(zone);
  }
}

}  // namespace fosterflow

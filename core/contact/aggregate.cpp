#include "contact/aggregate.h"

#include <map>

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
  ValueType type = ValueType::kNumber;
  double number = 0;
  bool operator<(const Key& other) const {
    return type != other.type ? type < other.type : number < other.number;
  }
};

// Counts each key; serves the smallest, the largest and the number of distinct ones.
class KeyAggregate final : public Aggregate {
 public:
  explicit KeyAggregate(const Zone& zone) : zone_(zone) {}
  void add(const MetricPlan& metric, const TimedEvent& entry) override {
    ++counts_[keyOf(metric, entry)];
  }
  void remove(const MetricPlan& metric, const TimedEvent& entry) override {
    const auto counted = counts_.find(keyOf(metric, entry));
    if (--counted->second == 0) counts_.erase(counted);
  }
  void clear() override { counts_.clear(); }
  [[nodiscard]] double value(const MetricPlan& metric, uint32_t) const override {
    switch (metric.function) {
      case MeasureFunction::kMin:
        return counts_.begin()->first.number;
      case MeasureFunction::kMax:
        return counts_.rbegin()->first.number;
      default:
        return static_cast<double>(counts_.size());
    }
  }

 private:
  [[nodiscard]] Key keyOf(const MetricPlan& metric, const TimedEvent& entry) const {
    if (metric.function == MeasureFunction::kActive) {
      const int64_t unit = calendarUnitOfLocal(zone_.toLocal(entry.time), metric.unit);
      return {ValueType::kNumber, static_cast<double>(unit)};
    }
    const ValueNode& value = *propertyOf(metric, entry);
    if (value.type == ValueType::kNumber) return {value.type, value.number};
    return {value.type, value.type == ValueType::kText ? static_cast<double>(value.text) : 0.0};
  }
  const Zone& zone_;
  std::map<Key, uint32_t> counts_;
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

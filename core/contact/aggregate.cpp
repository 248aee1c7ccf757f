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
  explicit SumAggregate(const MetricPlan& metric) : metric_(metric) {}
  void add(const TimedEvent& entry) override { sum_.add(propertyOf(metric_, entry)->number); }
  void remove(const TimedEvent& entry) override {
    sum_.subtract(propertyOf(metric_, entry)->number);
  }
  void clear() override { sum_.clear(); }
  [[nodiscard]] double value(uint32_t count) const override {
    return metric_.function == MeasureFunction::kSum ? sum_.sum() : sum_.average(count);
  }

 private:
  const MetricPlan& metric_;
  ExactSum sum_;
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
  KeyAggregate(const MetricPlan& metric, const Zone& zone) : metric_(metric), zone_(zone) {}
  void add(const TimedEvent& entry) override { ++counts_[keyOf(entry)]; }
  void remove(const TimedEvent& entry) override {
    const auto counted = counts_.find(keyOf(entry));
    if (--counted->second == 0) counts_.erase(counted);
  }
  void clear() override { counts_.clear(); }
  [[nodiscard]] double value(uint32_t) const override {
    switch (metric_.function) {
      case MeasureFunction::kMin:
        return counts_.begin()->first.number;
      case MeasureFunction::kMax:
        return counts_.rbegin()->first.number;
      default:
        return static_cast<double>(counts_.size());
    }
  }

 private:
  [[nodiscard]] Key keyOf(const TimedEvent& entry) const {
    if (metric_.function == MeasureFunction::kActive) {
      const int64_t unit = calendarUnitOfLocal(zone_.toLocal(entry.time), metric_.unit);
      return {ValueType::kNumber, static_cast<double>(unit)};
    }
    const ValueNode& value = *propertyOf(metric_, entry);
    if (value.type == ValueType::kNumber) return {value.type, value.number};
    return {value.type, value.type == ValueType::kText ? static_cast<double>(value.text) : 0.0};
  }
  const MetricPlan& metric_;
  const Zone& zone_;
  std::map<Key, uint32_t> counts_;
};

}  // namespace

std::unique_ptr<Aggregate> makeAggregate(const MetricPlan& metric, const Zone& zone) {
  switch (metric.function) {
    case MeasureFunction::kSum:
    case MeasureFunction::kAverage:
      return std::make_unique<SumAggregate>(metric);
    case MeasureFunction::kCount:
    case MeasureFunction::kFirst:
    case MeasureFunction::kLast:
      return nullptr;
    default:
      return std::make_unique<KeyAggregate>(metric, zone);
  }
}

}  // namespace fosterflow

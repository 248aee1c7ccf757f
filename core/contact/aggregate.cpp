#include "contact/aggregate.h"

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

// Counts each key; serves the smallest, the largest and the number of distinct ones.
template <typename Key>
class CountedKeys {
 public:
  void add(const Key& key) { ++counts_[key]; }
  void remove(const Key& key) {
    const auto entry = counts_.find(key);
    if (--entry->second == 0) counts_.erase(entry);
  }
  void clear() { counts_.clear(); }
  [[nodiscard]] const Key& smallest() const { return counts_.begin()->first; }
  [[nodiscard]] const Key& largest() const { return counts_.rbegin()->first; }
  [[nodiscard]] size_t size() const { return counts_.size(); }

 private:
  std::map<Key, uint32_t> counts_;
};

class ExtremeAggregate final : public Aggregate {
 public:
  explicit ExtremeAggregate(const MetricPlan& metric) : metric_(metric) {}
  void add(const TimedEvent& entry) override { keys_.add(propertyOf(metric_, entry)->number); }
  void remove(const TimedEvent& entry) override {
    keys_.remove(propertyOf(metric_, entry)->number);
  }
  void clear() override { keys_.clear(); }
  [[nodiscard]] double value(uint32_t) const override {
    return metric_.function == MeasureFunction::kMin ? keys_.smallest() : keys_.largest();
  }

 private:
  const MetricPlan& metric_;
  CountedKeys<double> keys_;
};

class DistinctAggregate final : public Aggregate {
 public:
  explicit DistinctAggregate(const MetricPlan& metric) : metric_(metric) {}
  void add(const TimedEvent& entry) override { keys_.add(keyOf(entry)); }
  void remove(const TimedEvent& entry) override { keys_.remove(keyOf(entry)); }
  void clear() override { keys_.clear(); }
  [[nodiscard]] double value(uint32_t) const override {
    return static_cast<double>(keys_.size());
  }

 private:
  // A text's symbol and a boolean fit a double exactly.
  using Key = std::pair<ValueType, double>;
  [[nodiscard]] Key keyOf(const TimedEvent& entry) const {
    const ValueNode& value = *propertyOf(metric_, entry);
    if (value.type == ValueType::kNumber) return {value.type, value.number};
    return {value.type, value.type == ValueType::kText ? static_cast<double>(value.text) : 0.0};
  }
  const MetricPlan& metric_;
  CountedKeys<Key> keys_;
};

class ActiveAggregate final : public Aggregate {
 public:
  ActiveAggregate(const MetricPlan& metric, const Zone& zone) : unit_(metric.unit), zone_(zone) {}
  void add(const TimedEvent& entry) override { keys_.add(keyOf(entry)); }
  void remove(const TimedEvent& entry) override { keys_.remove(keyOf(entry)); }
  void clear() override { keys_.clear(); }
  [[nodiscard]] double value(uint32_t) const override {
    return static_cast<double>(keys_.size());
  }

 private:
  [[nodiscard]] int64_t keyOf(const TimedEvent& entry) const {
    return calendarUnitOfLocal(zone_.toLocal(entry.time), unit_);
  }
  CalendarUnit unit_;
  const Zone& zone_;
  CountedKeys<int64_t> keys_;
};

}  // namespace

std::unique_ptr<Aggregate> makeAggregate(const MetricPlan& metric, const Zone& zone) {
  switch (metric.function) {
    case MeasureFunction::kSum:
    case MeasureFunction::kAverage:
      return std::make_unique<SumAggregate>(metric);
    case MeasureFunction::kMin:
    case MeasureFunction::kMax:
      return std::make_unique<ExtremeAggregate>(metric);
    case MeasureFunction::kDistinct:
      return std::make_unique<DistinctAggregate>(metric);
    case MeasureFunction::kActive:
      return std::make_unique<ActiveAggregate>(metric, zone);
    default:
      return nullptr;
  }
}

}  // namespace fosterflow

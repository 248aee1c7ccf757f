#include "contact/metric_state.h"

#include <algorithm>

#include "values/path.h"

namespace fosterflow {

uint32_t countPassed(const StreamEvents& events, Instant position, uint32_t nearly) {
  const auto size = static_cast<uint32_t>(events.size());
  nearly = std::min(nearly, size);
  const bool passedBefore = nearly == 0 || events[nearly - 1].time <= position;
  if (passedBefore && (nearly == size || events[nearly].time > position)) return nearly;
  return static_cast<uint32_t>(events.countUntil(position));
}

Instant nextEdgeChange(const Edge& edge, Instant now, const StreamEvents& events, uint32_t passed,
                       uint32_t ahead, const Zone& zone) {
  return nextChange(edge, now, passed == 0 ? kBeforeAll : events[passed - 1].time,
                    ahead >= events.size() ? kNever : events[ahead].time, zone);
}

MetricState::MetricState(const MetricPlan& plan, const Zone& zone)
    : plan_(&plan), zone_(&zone), aggregate_(makeAggregate(plan, zone)) {}

void MetricState::moveTo(Instant now, const StreamEvents& events, const StreamEvents* since) {
  lowerPassed_ =
      plan_->window.lower.kind == Edge::Kind::kNever
          ? 0
          : countPassed(events, positionOf(plan_->window.lower, now, *zone_), lowerPassed_);
  upperPassed_ = countPassed(events, positionOf(plan_->window.upper, now, *zone_), upperPassed_);
  uint32_t first = lowerPassed_;
  if (since != nullptr) {
    const size_t sinceCount = since->countUntil(now);
    if (sinceCount > 0) {
      first = std::max(first, static_cast<uint32_t>(events.countUntil((*since)[sinceCount - 1].time)));
    }
  }
  setRange(first, std::max(first, upperPassed_), events);
}

void MetricState::setRange(uint32_t first, uint32_t last, const StreamEvents& events) {
  if (aggregate_ != nullptr) {
    if (first >= last_ || last <= first_) {
      if (first_ != last_) aggregate_->clear();
      for (uint32_t index = first; index < last; ++index) aggregate_->add(events[index]);
    } else {
      for (uint32_t index = first_; index < first; ++index) aggregate_->remove(events[index]);
      for (uint32_t index = first; index < first_; ++index) aggregate_->add(events[index]);
      for (uint32_t index = last; index < last_; ++index) aggregate_->remove(events[index]);
      for (uint32_t index = last_; index < last; ++index) aggregate_->add(events[index]);
    }
  }
  first_ = first;
  last_ = last;
}

void MetricState::inserted(size_t index, const StreamEvents& events) {
  if (index < lowerPassed_) ++lowerPassed_;
  if (index < upperPassed_) ++upperPassed_;
  if (index <= first_) {
    ++first_;
    ++last_;
  } else if (index < last_) {
    if (aggregate_ != nullptr) aggregate_->add(events[index]);
    ++last_;
  }
}

void MetricState::erased(size_t index, const TimedEvent& entry) {
  if (index < lowerPassed_) --lowerPassed_;
  if (index < upperPassed_) --upperPassed_;
  if (index < first_) {
    --first_;
    --last_;
  } else if (index < last_) {
    if (aggregate_ != nullptr) aggregate_->remove(entry);
    --last_;
  }
}

// The value at the earliest or latest event; of several at one time the smallest or largest.
const ValueNode* MetricState::edgeValue(const StreamEvents& events, const Interner& interner) const {
  const bool isFirst = plan_->function == MeasureFunction::kFirst;
  uint32_t index = isFirst ? first_ : last_ - 1;
  const Instant time = events[index].time;
  const ValueNode* chosen = nullptr;
  while (index >= first_ && index < last_ && events[index].time == time) {
    const ValueNode* value = findAtPath(events[index].event->properties.root(),
                                        plan_->property.data(), plan_->property.size());
    if (chosen == nullptr || (compareValues(value, chosen, interner) < 0) == isFirst) {
      chosen = value;
    }
    index = isFirst ? index + 1 : index - 1;  // wraps past 0, which is ≥ last_
  }
  return chosen;
}

const ValueNode* MetricState::value(const StreamEvents& events, const Interner& interner,
                                    ValueNode& storage) const {
  const uint32_t count = last_ - first_;
  storage = ValueNode();
  storage.type = ValueType::kNumber;
  switch (plan_->function) {
    case MeasureFunction::kCount:
      storage.number = count;
      return &storage;
    case MeasureFunction::kFirst:
    case MeasureFunction::kLast:
      return count == 0 ? nullptr : edgeValue(events, interner);
    case MeasureFunction::kAverage:
    case MeasureFunction::kMin:
    case MeasureFunction::kMax:
      if (count == 0) return nullptr;
      break;
    default:
      if (count == 0) return &storage;
      break;
  }
  storage.number = aggregate_->value(count);
  return &storage;
}

Instant MetricState::nextWakeByCuts(Instant now, const StreamEvents& events) const {
  const uint32_t count = last_ - first_;
  const auto above = std::upper_bound(plan_->cuts.begin(), plan_->cuts.end(), count);
  Instant wake = kNever;
  if (above != plan_->cuts.begin()) {  // below the cut under `count` once this one has left
    const uint32_t leaver = first_ + count - *(above - 1);
    wake = nextEdgeChange(plan_->window.lower, now, events, lowerPassed_, leaver, *zone_);
  } else {
    wake = nextEdgeChange(plan_->window.lower, now, events, lowerPassed_, kNoIndex, *zone_);
  }
  if (above != plan_->cuts.end()) {  // at the cut over `count` once this one has entered
    const uint32_t enterer = upperPassed_ + (*above - count) - 1;
    return std::min(
        wake, nextEdgeChange(plan_->window.upper, now, events, upperPassed_, enterer, *zone_));
  }
  return std::min(
      wake, nextEdgeChange(plan_->window.upper, now, events, upperPassed_, kNoIndex, *zone_));
}

Instant MetricState::nextWake(Instant now, const StreamEvents& events,
                              const StreamEvents* since) const {
  Instant wake = kNever;
  if (since != nullptr) {
    const size_t passed = since->countUntil(now);
    if (passed < since->size()) wake = (*since)[passed].time;
  }
  if (events.empty()) return wake;
  if (plan_->hasCuts) return std::min(wake, nextWakeByCuts(now, events));
  wake = std::min(wake, nextEdgeChange(plan_->window.lower, now, events, lowerPassed_, lowerPassed_, *zone_));
  return std::min(wake, nextEdgeChange(plan_->window.upper, now, events, upperPassed_, upperPassed_, *zone_));
}

}  // namespace fosterflow

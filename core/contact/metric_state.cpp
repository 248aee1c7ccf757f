#include "contact/metric_state.h"

#include <algorithm>
#include <utility>

#include "values/path.h"

namespace fosterflow {

MetricState::MetricState(const MetricPlan& plan, const Zone& zone)
    : plan_(&plan), zone_(&zone), aggregate_(makeAggregate(plan, zone)) {}

void MetricState::moveTo(Instant now, const StreamEvents& events, const StreamEvents* since) {
  lower_.moveTo(plan_->window.lower, *zone_, now, events);
  upper_.moveTo(plan_->window.upper, *zone_, now, events);
  uint32_t first = lower_.passed();
  if (since != nullptr) {
    const size_t sinceCount = since->countUntil(now);
    if (sinceCount > 0) {
      first =
          std::max(first, static_cast<uint32_t>(events.countUntil((*since)[sinceCount - 1].time)));
    }
  }
  setRange(first, std::max(first, upper_.passed()), events);
}

void MetricState::setRange(uint32_t first, uint32_t last, const StreamEvents& events) {
  if (aggregate_ != nullptr) {
    if (first >= last_ || last <= first_) {
      if (first_ != last_) aggregate_->clear();
      for (uint32_t index = first; index < last; ++index) aggregate_->add(*plan_, events[index]);
    } else {
      for (uint32_t index = first_; index < first; ++index)
        aggregate_->remove(*plan_, events[index]);
      for (uint32_t index = first; index < first_; ++index) aggregate_->add(*plan_, events[index]);
      for (uint32_t index = last; index < last_; ++index) aggregate_->remove(*plan_, events[index]);
      for (uint32_t index = last_; index < last; ++index) aggregate_->add(*plan_, events[index]);
    }
  }
  first_ = first;
  last_ = last;
}

void MetricState::inserted(size_t index, const StreamEvents& events) {
  lower_.inserted(index);
  upper_.inserted(index);
  if (index <= first_) {
    ++first_;
    ++last_;
  } else if (index < last_) {
    if (aggregate_ != nullptr) aggregate_->add(*plan_, events[index]);
    ++last_;
  }
}

MetricState::Effect MetricState::appended(Instant now, const StreamEvents& events) {
  const auto index = static_cast<uint32_t>(events.size() - 1);
  const auto& [lower, upper] = plan_->window;
  if (index > upper_.passed() && upper_.isKnownAt(now)) {
    // Not yet in the window, and neither is the one before it.
    if (plan_->hasCuts && entererToCut() == index) return Effect::kUnknown;
    lower_.inserted(index);  // a fixed edge may lie later than the clock
    return Effect::kNone;
  }
  const bool isQuick = last_ == index && first_ < last_ && plan_->since == kNoIndex &&
                       upper.kind == Edge::Kind::kNow && events[index].time <= now;
  if (!isQuick) return Effect::kUnknown;
  // An edge of calendars that moves may also go back some time, which takes another wake.
  if (dependsOnZone(lower) && !lower_.isKnownAt(now)) return Effect::kUnknown;
  upper_.appended();
  lower_.moveTo(lower, *zone_, now, events);
  setRange(lower_.passed(), upper_.passed(), events);
  return Effect::kTaken;
}

void MetricState::erased(size_t index, const TimedEvent& entry) {
  lower_.erased(index);
  upper_.erased(index);
  if (index < first_) {
    --first_;
    --last_;
  } else if (index < last_) {
    if (aggregate_ != nullptr) aggregate_->remove(*plan_, entry);
    --last_;
  }
}

// The value at the earliest or latest event; of several at one time the smallest or largest.
const ValueNode* MetricState::edgeValue(const StreamEvents& events,
                                        const Interner& interner) const {
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
  storage.number = aggregate_->value(*plan_, count);
  return &storage;
}

void MetricState::findCuts(uint32_t count) {
  const auto above = std::upper_bound(plan_->cuts.begin(), plan_->cuts.end(), count);
  cutBelow_ = above == plan_->cuts.begin() ? 0 : *(above - 1);
  cutAbove_ = above == plan_->cuts.end() ? kNoIndex : *above;
}

// What a metric with cuts counts: events, or what is distinct of them.
uint32_t MetricState::counted() const {
  const uint32_t events = last_ - first_;
  const bool isDistinct = aggregate_ != nullptr && events > 0;
  return isDistinct ? static_cast<uint32_t>(aggregate_->value(*plan_, events)) : events;
}

// An event that leaves or enters changes what is counted by one at most. So it is not at the cut
// over it before this one has entered, and not below the cut under it before `leaver` has left.
uint32_t MetricState::entererToCut() const {
  return cutAbove_ == kNoIndex ? kNoIndex : upper_.passed() + cutAbove_ - counted() - 1;
}

Instant MetricState::nextWakeByCuts(Instant now, const StreamEvents& events) {
  const uint32_t leaver = cutBelow_ == 0 ? kNoIndex : first_ + counted() - cutBelow_;
  return std::min(lower_.nextChange(plan_->window.lower, *zone_, now, events, leaver),
                  upper_.nextChange(plan_->window.upper, *zone_, now, events, entererToCut()));
}

namespace {

// How many events a metric looks ahead for the first that matters when it leaves. More would save
// wakes, but cost with every look.
constexpr uint32_t kMaxLookAhead = 16;

// How far a sum of a few doubles may be from the exact one, relative to what was added: generously.
constexpr double kSumSlack = 1e-9;

double numberOf(const MetricPlan& metric, const TimedEvent& entry) {
  return findAtPath(entry.event->properties.root(), metric.property.data(), metric.property.size())
      ->number;
}

}  // namespace

// The first event in the window that may change an answer when it leaves, or one before it;
// kNoIndex: none does.
uint32_t MetricState::nextLeaver(const StreamEvents& events) const {
  if (first_ == last_) return kNoIndex;
  switch (plan_->function) {
    case MeasureFunction::kSum:
      return nextLeaverByLevels(events);
    case MeasureFunction::kMin:
    case MeasureFunction::kMax: {
      const double extreme = aggregate_->value(*plan_, last_ - first_);
      const uint32_t end = std::min(first_ + kMaxLookAhead, last_ - 1);
      uint32_t index = first_;
      while (index < end && numberOf(*plan_, events[index]) != extreme) ++index;
      return index;
    }
    case MeasureFunction::kLast:
      return static_cast<uint32_t>(events.countBefore(events[last_ - 1].time));
    default:
      return first_;
  }
}

uint32_t MetricState::nextLeaverByLevels(const StreamEvents& events) const {
  if (!plan_->hasLevels || cutBelow_ == kNoIndex || !aggregate_->fallsOnly()) return first_;
  if (cutBelow_ == 0) return kNoIndex;
  const double level = plan_->levels[cutBelow_ - 1];
  if (level < 0) return kNoIndex;
  const double before = aggregate_->value(*plan_, last_ - first_);
  double sum = before;
  const uint32_t end = std::min(first_ + kMaxLookAhead, last_ - 1);
  uint32_t index = first_;
  for (; index < end; ++index) {
    sum -= numberOf(*plan_, events[index]);
    if (!(sum - kSumSlack * before > level)) break;  // also when it is no number
  }
  return index;
}

bool MetricState::mayFlipByLevels() {
  const std::vector<double>& levels = plan_->levels;
  const uint32_t count = last_ - first_;
  const double sum = count == 0 ? 0 : aggregate_->value(*plan_, count);
  const auto isBetween = [&](size_t below) {
    return (below == 0 || levels[below - 1] < sum) &&
           (below == levels.size() || sum < levels[below]);
  };
  if (cutBelow_ <= levels.size() && isBetween(cutBelow_)) return false;
  const auto above = std::lower_bound(levels.begin(), levels.end(), sum);
  cutBelow_ = static_cast<uint32_t>(above - levels.begin());
  if (!isBetween(cutBelow_)) cutBelow_ = kNoIndex;
  return true;
}

bool MetricState::movesWake(bool mayFlip) const {
  if (plan_->hasLevels) return mayFlip || !aggregate_->fallsOnly();
  return plan_->hasCuts && mayFlip;
}

Instant MetricState::nextWake(Instant now, const StreamEvents& events, const StreamEvents* since) {
  Instant wake = kNever;
  if (since != nullptr) {
    const size_t passed = since->countUntil(now);
    if (passed < since->size()) wake = (*since)[passed].time;
  }
  if (events.empty()) return wake;
  if (plan_->hasCuts) return std::min(wake, nextWakeByCuts(now, events));
  wake = std::min(wake,
                  lower_.nextChange(plan_->window.lower, *zone_, now, events, nextLeaver(events)));
  return std::min(wake,
                  upper_.nextChange(plan_->window.upper, *zone_, now, events, upper_.passed()));
}

}  // namespace fosterflow

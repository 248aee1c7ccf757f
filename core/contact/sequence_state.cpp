#include "contact/sequence_state.h"

#include <algorithm>

namespace fosterflow {

namespace {

// How far beyond its `within` in months an earlier event may still reach a later one that a later
// event does not.
constexpr int64_t kMonthArithmeticSlack = 5 * kMillisecondsPerDay;

// The last entry strictly before `time`, as an index; -1: none.
template <typename Entries>
std::ptrdiff_t lastBefore(const Entries& entries, Instant time) {
  auto count = static_cast<std::ptrdiff_t>(entries.size());
  if (count > 0 && entries[static_cast<size_t>(count - 1)].time < time) return count - 1;
  std::ptrdiff_t low = 0;
  while (low < count) {
    const std::ptrdiff_t middle = low + (count - low) / 2;
    if (entries[static_cast<size_t>(middle)].time < time) {
      low = middle + 1;
    } else {
      count = middle;
    }
  }
  return low - 1;
}

Instant timeOfLastBefore(const StreamEvents& events, Instant time) {
  const std::ptrdiff_t index = lastBefore(events, time);
  return index < 0 ? kBeforeAll : events[static_cast<size_t>(index)].time;
}

}  // namespace

void SequenceState::rebuild(const std::vector<StreamEvents>& streams) {
  chains_.clear();
  for (const SequencePlan::Step& step : plan_->steps) {
    if (!step.absent) chains_.emplace_back();
  }
  size_t positiveStep = 0;
  for (const SequencePlan::Step& step : plan_->steps) {
    if (step.absent) continue;
    for (const TimedEvent& entry : streams[step.stream]) {
      appendChain(positiveStep, entry.time, streams);
    }
    ++positiveStep;
  }
}

// The step of the sequence that is its positive step of this number.
size_t SequenceState::stepOf(size_t positiveStep) const {
  size_t stepIndex = 0;
  for (size_t seen = 0;; ++stepIndex) {
    if (!plan_->steps[stepIndex].absent && seen++ == positiveStep) return stepIndex;
  }
}

// Of the chains that an event at `time` continues as the given positive step, not the first, the
// one that starts last; nullptr: there is none.
const SequenceState::Chain* SequenceState::continuedBy(
    size_t positiveStep, Instant time, const std::vector<StreamEvents>& streams) const {
  const size_t stepIndex = stepOf(positiveStep);
  // The previous step must not lie before what is absent between the two.
  Instant earliest = kBeforeAll;
  for (size_t index = stepIndex; index-- > 0 && plan_->steps[index].absent;) {
    earliest = std::max(earliest, timeOfLastBefore(streams[plan_->steps[index].stream], time));
  }
  const std::optional<Duration>& within = plan_->steps[stepIndex].within;
  const Chains& previous = chains_[positiveStep - 1];
  const Chain* latest = nullptr;
  for (std::ptrdiff_t index = lastBefore(previous, time); index >= 0; --index) {
    const Chain& chain = previous[static_cast<size_t>(index)];
    if (chain.time < earliest) break;
    bool isReached = true;
    if (within) {
      const Instant reach = addDuration(chain.time, *within, *zone_);
      isReached = reach >= time;
      if (!isReached && (!within->isCalendar || reach + kMonthArithmeticSlack < time)) break;
    }
    if (isReached && (latest == nullptr || chain.start > latest->start)) latest = &chain;
    if (!plan_->hasCalendarWithin) break;
  }
  return latest;
}

// Adds the chain that ends with an event at `time` as the given positive step, if there is one.
// Times of one step must come in ascending order. Returns whether there is one.
bool SequenceState::appendChain(size_t positiveStep, Instant time,
                                const std::vector<StreamEvents>& streams) {
  Chains& chains = chains_[positiveStep];
  if (!chains.empty() && chains.back().time == time) return false;
  Instant start = time;
  if (positiveStep > 0) {
    const Chain* previous = continuedBy(positiveStep, time, streams);
    if (previous == nullptr) return false;
    start = previous->start;
  }
  if (positiveStep + 1 == chains_.size() && !trailingAbsentHolds(time, streams)) return false;
  chains.insert({time, start});
  return true;
}

// None of the trailing absent events that have a `within` comes in time after an end at `time`.
bool SequenceState::trailingAbsentHolds(Instant time,
                                        const std::vector<StreamEvents>& streams) const {
  for (size_t index = plan_->steps.size(); index-- > 0 && plan_->steps[index].absent;) {
    const SequencePlan::Step& step = plan_->steps[index];
    if (!step.within) continue;
    const StreamEvents& events = streams[step.stream];
    const size_t next = events.countUntil(time);
    if (next < events.size() && events[next].time <= addDuration(time, *step.within, *zone_)) {
      return false;
    }
  }
  return true;
}

// When all trailing absences after an end at `time` are certain.
Instant SequenceState::readyAt(Instant time) const {
  if (!plan_->hasCalendarWithin) return clampInstant(time + plan_->certainAfter);
  Instant ready = time;
  for (size_t index = plan_->steps.size(); index-- > 0 && plan_->steps[index].absent;) {
    const std::optional<Duration>& within = plan_->steps[index].within;
    if (within) ready = std::max(ready, addDuration(time, *within, *zone_));
  }
  return ready;
}

bool SequenceState::isNewest(Instant time, const std::vector<StreamEvents>& streams) const {
  return std::all_of(plan_->steps.begin(), plan_->steps.end(), [&](const SequencePlan::Step& step) {
    return streams[step.stream].empty() || streams[step.stream].back().time <= time;
  });
}

bool SequenceState::isOldest(Instant time, const std::vector<StreamEvents>& streams) const {
  return std::all_of(plan_->steps.begin(), plan_->steps.end(), [&](const SequencePlan::Step& step) {
    return streams[step.stream].empty() || streams[step.stream].front().time >= time;
  });
}

SequenceState::Effect SequenceState::inserted(uint32_t stream, Instant time,
                                              const std::vector<StreamEvents>& streams) {
  if (plan_->hasCalendarWithin || !isNewest(time, streams)) {
    rebuild(streams);
    return Effect::kAny;
  }
  Effect effect = plan_->since == stream ? Effect::kAny : Effect::kNone;
  size_t positiveStep = 0;
  for (const SequencePlan::Step& step : plan_->steps) {
    const bool isTrailing = positiveStep == chains_.size();
    if (!step.absent) ++positiveStep;
    if (step.stream != stream) continue;
    if (!step.absent) {
      const bool isEnd =
          appendChain(positiveStep - 1, time, streams) && positiveStep == chains_.size();
      if (isEnd) effect = std::max(effect, Effect::kEnd);
    } else if (isTrailing && (!step.within || removeEndsBefore(time, *step.within))) {
      effect = Effect::kAny;
    }
  }
  return effect;
}

// An event that must be absent came at `time`, later than all ends: those that it follows in time
// are undone. Returns whether there were any.
bool SequenceState::removeEndsBefore(Instant time, const Duration& within) {
  Chains& ends = chains_.back();
  const size_t before = ends.size();
  for (size_t index = before; index-- > 0;) {
    if (ends[index].time >= time) continue;
    if (addDuration(ends[index].time, within, *zone_) < time) break;
    ends.erase(index);
  }
  return ends.size() != before;
}

void SequenceState::erased(uint32_t stream, Instant time,
                           const std::vector<StreamEvents>& streams) {
  if (plan_->hasCalendarWithin || !isOldest(time, streams)) {
    rebuild(streams);
    return;
  }
  // The oldest event only matters as the first step.
  if (plan_->steps.front().stream != stream) return;
  const StreamEvents& starts = streams[stream];
  if (!starts.empty() && starts.front().time == time) return;
  for (Chains& chains : chains_) {
    while (!chains.empty() && chains.front().start == time) chains.erase(0);
  }
}

Instant SequenceState::windowStart(Instant now, const std::vector<StreamEvents>& streams) const {
  Instant start = positionOf(plan_->window.lower, now, *zone_);
  if (plan_->since != kNoIndex) {
    const StreamEvents& events = streams[plan_->since];
    const size_t passed = events.countUntil(now);
    if (passed > 0) start = std::max(start, events[passed - 1].time);
  }
  return start;
}

// The latest event at or before `now` of those that must be absent up to now.
Instant SequenceState::latestTrailingAbsence(Instant now,
                                             const std::vector<StreamEvents>& streams) const {
  Instant latest = kBeforeAll;
  for (size_t index = plan_->steps.size(); index-- > 0 && plan_->steps[index].absent;) {
    if (plan_->steps[index].within) continue;
    const StreamEvents& events = streams[plan_->steps[index].stream];
    const size_t passed = events.countUntil(now);
    if (passed > 0) latest = std::max(latest, events[passed - 1].time);
  }
  return latest;
}

// The latest end that is in the window's upper edge and certain; nullptr: none. Only without
// `within` in months: starts ascend with ends then, so if this one is no match, none is.
const SequenceState::Chain* SequenceState::decisiveEnd(Instant now) const {
  const Chains& ends = chains_.back();
  const Instant until = std::min(positionOf(plan_->window.upper, now, *zone_), latestCertain(now));
  const size_t certain = ends.countUntil(std::min(now, until));
  return certain == 0 ? nullptr : &ends[certain - 1];
}

bool SequenceState::isMatch(const Chain& end, Instant now,
                            const std::vector<StreamEvents>& streams) const {
  return end.time >= latestTrailingAbsence(now, streams) && end.start > windowStart(now, streams);
}

bool SequenceState::holds(Instant now, const std::vector<StreamEvents>& streams) const {
  if (chains_.back().empty()) return false;
  if (plan_->hasCalendarWithin) return holdsForAny(now, streams);
  const Chain* end = decisiveEnd(now);
  return end != nullptr && isMatch(*end, now, streams);
}

bool SequenceState::holdsForAny(Instant now, const std::vector<StreamEvents>& streams) const {
  const Chains& ends = chains_.back();
  const Instant until = std::min(now, positionOf(plan_->window.upper, now, *zone_));
  const Instant after = windowStart(now, streams);
  const Instant latestAbsence = latestTrailingAbsence(now, streams);
  return std::any_of(ends.begin(), ends.end(), [&](const Chain& end) {
    return end.time >= latestAbsence && end.time <= until && end.start > after &&
           readyAt(end.time) <= now;
  });
}

template <typename Member>
SequenceState::Neighbours SequenceState::neighboursOf(Instant position, Member member) const {
  const Chains& ends = chains_.back();
  Neighbours neighbours;
  if (!plan_->hasCalendarWithin) {
    const Chain* ahead = ends.end();
    if (!ends.empty() && ends.back().*member > position) {
      ahead = std::partition_point(ends.begin(), ends.end(),
                                   [&](const Chain& end) { return end.*member <= position; });
    }
    if (ahead != ends.begin()) neighbours.passed = (ahead - 1)->*member;
    if (ahead != ends.end()) neighbours.ahead = ahead->*member;
    return neighbours;
  }
  for (const Chain& end : ends) {
    if (end.*member <= position) {
      neighbours.passed = std::max(neighbours.passed, end.*member);
    } else {
      neighbours.ahead = std::min(neighbours.ahead, end.*member);
    }
  }
  return neighbours;
}

// The latest time of an end whose trailing absences are certain at `now`; only without `within` in
// months.
Instant SequenceState::latestCertain(Instant now) const {
  return now >= kMaxInstant ? kMaxInstant : now - plan_->certainAfter;
}

// When the absences of the next end become certain.
Instant SequenceState::nextReady(Instant now) const {
  const Chains& ends = chains_.back();
  if (!plan_->hasCalendarWithin) {
    const size_t certain = ends.countUntil(latestCertain(now));
    return certain == ends.size() ? kNever : readyAt(ends[certain].time);
  }
  Instant earliest = kNever;
  for (const Chain& end : ends) {
    const Instant ready = readyAt(end.time);
    if (ready > now) earliest = std::min(earliest, ready);
  }
  return earliest;
}

Instant SequenceState::nextWake(Instant now, const std::vector<StreamEvents>& streams) const {
  if (chains_.back().empty()) return kNever;
  Instant wake = kNever;
  const auto addNext = [&](const StreamEvents& events) {
    const size_t passed = events.countUntil(now);
    if (passed < events.size()) wake = std::min(wake, events[passed].time);
  };
  if (plan_->since != kNoIndex) addNext(streams[plan_->since]);
  for (size_t index = plan_->steps.size(); index-- > 0 && plan_->steps[index].absent;) {
    if (!plan_->steps[index].within) addNext(streams[plan_->steps[index].stream]);
  }
  const auto& [lower, upper] = plan_->window;
  const Chain* end = plan_->hasCalendarWithin ? nullptr : decisiveEnd(now);
  if (end != nullptr && isMatch(*end, now, streams)) {
    // It holds while this end is in, whatever other ends come.
    return std::min({wake, nextChange(upper, now, end->time, kNever, *zone_),
                     nextChange(lower, now, kBeforeAll, end->start, *zone_)});
  }
  const auto addChange = [&](const Edge& edge, Instant Chain::*member) {
    const Neighbours near = neighboursOf(positionOf(edge, now, *zone_), member);
    wake = std::min(wake, nextChange(edge, now, near.passed, near.ahead, *zone_));
  };
  addChange(upper, &Chain::time);
  // Ends that the lower edge passes help nobody in; those that it gives back may.
  if (plan_->hasCalendarWithin || dependsOnZone(lower)) addChange(lower, &Chain::start);
  return std::min(wake, nextReady(now));
}

}  // namespace fosterflow

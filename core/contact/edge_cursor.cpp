#include "contact/edge_cursor.h"

#include <algorithm>

namespace fosterflow {

namespace {

Instant timeAt(const StreamEvents& events, uint32_t index) {
  return index < events.size() ? events[index].time : kNever;
}

// How many of `events` are at or before `position`, found from a count that is nearly right: mostly
// it is, or one more has been passed.
uint32_t countPassed(const StreamEvents& events, Instant position, uint32_t nearly) {
  const auto size = static_cast<uint32_t>(events.size());
  nearly = std::min(nearly, size);
  if (nearly == 0 || events[nearly - 1].time <= position) {
    for (const uint32_t last = nearly + 1; nearly <= last; ++nearly) {
      if (nearly == size || events[nearly].time > position) return nearly;
    }
  }
  return static_cast<uint32_t>(events.countUntil(position));
}

}  // namespace

void EdgeCursor::find(const Edge& edge, const Zone& zone, Instant now, const StreamEvents& events) {
  passed_ = countPassed(events, positionOf(edge, now, zone), passed_);
  const Instant latestPassed = passed_ == 0 ? kBeforeAll : events[passed_ - 1].time;
  knownFrom_ = now;
  knownUntil_ = fosterflow::nextChange(edge, now, latestPassed, timeAt(events, passed_), zone);
  foreseenChange_ = kBeforeAll;
}

// What is known depends on the two events beside the edge only.

void EdgeCursor::inserted(size_t index) {
  if (index < passed_) {
    ++passed_;
  } else if (index == passed_) {
    forget();
  }
}

void EdgeCursor::erased(size_t index) {
  if (index > passed_) return;
  if (index + 1 >= passed_) forget();
  if (index < passed_) --passed_;
}

Instant EdgeCursor::nextChange(const Edge& edge, const Zone& zone, Instant now,
                               const StreamEvents& events, uint32_t ahead) {
  if (edge.kind == Edge::Kind::kNever) return kNever;
  const bool isKnown = isKnownAt(now);
  if (isKnown && ahead == passed_) return knownUntil_;
  const Instant aheadTime = timeAt(events, ahead);
  // A later event is passed later: what was foreseen for an earlier one is early, which is allowed.
  if (isKnown && foreseenChange_ > now && foreseenTime_ <= aheadTime) return foreseenChange_;
  const Instant latestPassed = passed_ == 0 ? kBeforeAll : events[passed_ - 1].time;
  const Instant change = fosterflow::nextChange(edge, now, latestPassed, aheadTime, zone);
  if (isKnown) {
    foreseenTime_ = aheadTime;
    foreseenChange_ = change;
  }
  return change;
}

}  // namespace fosterflow

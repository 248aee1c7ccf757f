#include "contact/edge_cursor.h"

#include <algorithm>

namespace fosterflow {

namespace {

// Whether a position of the edge takes calendar arithmetic.
bool isCostly(const Edge& edge) {
  const bool isShift = edge.kind == Edge::Kind::kBack || edge.kind == Edge::Kind::kAhead;
  return edge.kind == Edge::Kind::kUnitStart || (isShift && edge.duration.isCalendar);
}

Instant timeAt(const StreamEvents& events, uint32_t index) {
  return index < events.size() ? events[index].time : kNever;
}

// How many of `events` are at or before `position`, found from a count that is nearly right.
uint32_t countPassed(const StreamEvents& events, Instant position, uint32_t nearly) {
  const auto size = static_cast<uint32_t>(events.size());
  nearly = std::min(nearly, size);
  const bool isPassedBefore = nearly == 0 || events[nearly - 1].time <= position;
  if (isPassedBefore && (nearly == size || events[nearly].time > position)) return nearly;
  return static_cast<uint32_t>(events.countUntil(position));
}

}  // namespace

void EdgeCursor::moveTo(const Edge& edge, const Zone& zone, Instant now,
                        const StreamEvents& events) {
  if (edge.kind == Edge::Kind::kNever) return;
  if (knownFrom_ <= now && now < knownUntil_) return;
  passed_ = countPassed(events, positionOf(edge, now, zone), passed_);
  if (!isCostly(edge)) return;
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
  const Instant aheadTime = timeAt(events, ahead);
  if (aheadTime == kNever && !isCostly(edge)) return kNever;
  const bool isKnown = knownFrom_ <= now && now < knownUntil_;
  if (isKnown && ahead == passed_) return knownUntil_;
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

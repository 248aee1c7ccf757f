#include "plan/edge.h"

#include <algorithm>

#include "plan/predicate.h"
#include "time/iso_date.h"

namespace fosterflow {

namespace {

// A month sum and its inverse differ by at most 3 clamped days and the shifts of the zone (Apia
// skipped a day).
constexpr int64_t kMonthArithmeticSlack = 5 * kMillisecondsPerDay;

Instant instantOfWritten(const WrittenInstant& written, const Zone& zone) {
  return written.isLocal ? zone.fromLocal(written.value) : written.value;
}

// No zone has put its clocks back by more than a day and a few hours.
constexpr int64_t kMaxClockChange = 26 * kMillisecondsPerHour;

int64_t unitAt(CalendarUnit unit, Instant instant, const Zone& zone) {
  return calendarUnitOfLocal(zone.toLocal(instant), unit);
}

// The first calendar unit that starts later than `instant`.
int64_t firstUnitAfter(CalendarUnit unit, Instant instant, const Zone& zone) {
  int64_t number = unitAt(unit, instant, zone) + 1;
  while (instant < kMaxInstant && startOfUnit(number, unit, zone) <= instant) ++number;
  while (startOfUnit(number - 1, unit, zone) > instant) --number;
  return number;
}

// The first instant later than `now` at which unit `number` runs, or one after it; it does not at
// `now`.
Instant firstInstantIn(int64_t number, CalendarUnit unit, Instant now, const Zone& zone) {
  const Instant start = startOfUnit(number, unit, zone);
  if (start > now) return start;
  // The clock was put back across the start of the unit, which comes a second time.
  const int64_t local = localStartOfUnit(number, unit);
  for (Instant from = now;;) {
    const Instant until = zone.steadyUntil(from);
    const Instant reached = std::max(from, local - zone.offsetAt(from));
    if (reached < until) return reached;
    from = until;
  }
}

// The next change of an edge at the start of calendar units. The running unit is the one whose name
// local time bears, so that a clock put back across midnight brings yesterday back.
Instant nextUnitChange(const Edge& edge, Instant now, Instant latestPassed, Instant earliestAhead,
                       const Zone& zone) {
  Instant change = kNever;
  if (earliestAhead != kNever) {
    const int64_t needed = firstUnitAfter(edge.unit, earliestAhead, zone) + edge.units;
    change = firstInstantIn(needed, edge.unit, now, zone);
  }
  if (latestPassed == kBeforeAll) return change;
  const Instant last = std::min(change, now + kMaxClockChange);
  Instant until = zone.steadyUntil(now);
  if (until >= last) return change;
  const int64_t needed = firstUnitAfter(edge.unit, latestPassed, zone) + edge.units;
  for (; until < last; until = zone.steadyUntil(until)) {
    if (unitAt(edge.unit, until, zone) < needed) return until;
  }
  return change;
}

Instant addMilliseconds(Instant time, int64_t milliseconds) {
  return milliseconds > kNever - 1 - std::max<Instant>(time, 0) ? kNever : time + milliseconds;
}

Instant shifted(const Edge& edge, Instant now, const Zone& zone) {
  return edge.kind == Edge::Kind::kBack ? subtractDuration(now, edge.duration, zone)
                                        : addDuration(now, edge.duration, zone);
}

// The instant at which the edge, moved by months, would be at `time`, give or take
// kMonthArithmeticSlack.
Instant unshifted(const Edge& edge, Instant time, const Zone& zone) {
  return edge.kind == Edge::Kind::kBack ? addDuration(time, edge.duration, zone)
                                        : subtractDuration(time, edge.duration, zone);
}

// The end of the stretch from `start` on in which local time runs straight within one local day.
Instant endOfStretch(Instant start, const Zone& zone) {
  const int64_t offset = zone.offsetAt(start);
  const int64_t nextDay = floorDivide(start + offset, kMillisecondsPerDay) + 1;
  return std::min(nextDay * kMillisecondsPerDay - offset, zone.steadyUntil(start));
}

// Walks stretch by stretch: within one the position never falls, between two it may jump either
// way.
Instant nextMonthChange(const Edge& edge, Instant now, Instant latestPassed, Instant earliestAhead,
                        const Zone& zone) {
  const Instant lastFallBack = latestPassed == kBeforeAll
                                   ? kBeforeAll
                                   : unshifted(edge, latestPassed, zone) + kMonthArithmeticSlack;
  const Instant firstPass = earliestAhead == kNever
                                ? kNever
                                : unshifted(edge, earliestAhead, zone) - kMonthArithmeticSlack;
  Instant start = now;
  for (;;) {
    if (start > lastFallBack) {
      if (firstPass == kNever) return kNever;
      start = std::max(start, firstPass);
    }
    if (start > kMaxInstant) return kNever;
    if (start > now) {
      const Instant position = shifted(edge, start, zone);
      if (position < latestPassed || position >= earliestAhead) return start;
    }
    const Instant end = endOfStretch(start, zone);
    if (earliestAhead != kNever && shifted(edge, end - 1, zone) >= earliestAhead) {
      Instant low = start;  // not passed at low, passed at high
      Instant high = end - 1;
      while (high - low > 1) {
        const Instant middle = low + (high - low) / 2;
        (shifted(edge, middle, zone) >= earliestAhead ? high : low) = middle;
      }
      return high;
    }
    start = end;
  }
}

}  // namespace

Instant positionOf(const Edge& edge, Instant now, const Zone& zone) {
  switch (edge.kind) {
    case Edge::Kind::kNever:
      return kBeforeAll;
    case Edge::Kind::kNow:
      return now;
    case Edge::Kind::kBack:
    case Edge::Kind::kAhead:
      return shifted(edge, now, zone);
    case Edge::Kind::kBefore:
      return instantOfWritten(edge.instant, zone) - 1;
    case Edge::Kind::kNowBefore:
      return std::min(now, instantOfWritten(edge.instant, zone) - 1);
    case Edge::Kind::kUnitStart:
      return startOfUnit(unitAt(edge.unit, now, zone) - edge.units, edge.unit, zone) - 1;
  }
  return kBeforeAll;
}

namespace {

Instant nextChangeUnlimited(const Edge& edge, Instant now, Instant latestPassed,
                            Instant earliestAhead, const Zone& zone) {
  const bool isCalendarShift =
      (edge.kind == Edge::Kind::kBack || edge.kind == Edge::Kind::kAhead) &&
      edge.duration.isCalendar;
  if (isCalendarShift) return nextMonthChange(edge, now, latestPassed, earliestAhead, zone);
  if (edge.kind == Edge::Kind::kUnitStart) {
    return nextUnitChange(edge, now, latestPassed, earliestAhead, zone);
  }
  if (earliestAhead == kNever) return kNever;
  switch (edge.kind) {
    case Edge::Kind::kNow:
      return earliestAhead;
    case Edge::Kind::kBack:
      return addMilliseconds(earliestAhead, edge.duration.milliseconds);
    case Edge::Kind::kAhead:
      return earliestAhead - edge.duration.milliseconds;
    case Edge::Kind::kNowBefore:
      return earliestAhead < instantOfWritten(edge.instant, zone) ? earliestAhead : kNever;
    default:
      return kNever;
  }
}

}  // namespace

Instant nextChange(const Edge& edge, Instant now, Instant latestPassed, Instant earliestAhead,
                   const Zone& zone) {
  const Instant change = nextChangeUnlimited(edge, now, latestPassed, earliestAhead, zone);
  return change > kMaxInstant ? kNever : change;
}

bool dependsOnZone(const Edge& edge) {
  switch (edge.kind) {
    case Edge::Kind::kBack:
    case Edge::Kind::kAhead:
      return edge.duration.isCalendar;
    case Edge::Kind::kBefore:
    case Edge::Kind::kNowBefore:
      return edge.instant.isLocal;
    case Edge::Kind::kUnitStart:
      return true;
    default:
      return false;
  }
}

namespace {

WrittenInstant writtenInstantOf(const ValueTree& value, const Interner& interner) {
  const ValueNode* root = value.root();
  if (root->type == ValueType::kNumber) return {false, static_cast<int64_t>(root->number)};
  IsoDate date;
  parseIsoDate(interner.text(root->text), date);  // checked when the definition was read
  if (date.hasOffset) return {false, date.local - date.offsetMilliseconds};
  return {true, date.local};
}

Edge back(const Duration& duration) {
  Edge edge;
  edge.kind = Edge::Kind::kBack;
  edge.duration = duration;
  return edge;
}

Edge unitStart(const Window& window, int64_t units) {
  Edge edge;
  edge.kind = Edge::Kind::kUnitStart;
  edge.unit = window.unit;
  edge.units = units;
  return edge;
}

}  // namespace

WindowEdges edgesOf(const Window& window, const Interner& interner) {
  WindowEdges edges;
  edges.upper.kind = Edge::Kind::kNow;
  switch (window.kind) {
    case Window::Kind::kAllTime:
      break;
    case Window::Kind::kLast:
      edges.lower = back(window.longer);
      break;
    case Window::Kind::kBetween:
      edges.lower = back(window.longer);
      edges.upper = back(window.shorter);
      break;
    case Window::Kind::kBefore:
      edges.upper = back(window.longer);
      break;
    case Window::Kind::kFromTo:
      if (window.from) {
        edges.lower.kind = Edge::Kind::kBefore;
        edges.lower.instant = writtenInstantOf(*window.from, interner);
      }
      if (window.to) {
        edges.upper.kind = Edge::Kind::kNowBefore;
        edges.upper.instant = writtenInstantOf(*window.to, interner);
      }
      break;
    case Window::Kind::kCalendar:
      edges.lower = unitStart(window, window.current ? window.count - 1 : window.count);
      if (!window.current) edges.upper = unitStart(window, 0);
      break;
  }
  return edges;
}

WindowEdges edgesOf(Operator op, const Duration& duration) {
  Edge now;
  now.kind = Edge::Kind::kNow;
  const Edge ago = back(duration);
  Edge ahead;
  ahead.kind = Edge::Kind::kAhead;
  ahead.duration = duration;
  switch (op) {
    case Operator::kDateInLast:
      return {ago, now};
    case Operator::kDateMoreThanAgo:
      return {Edge(), ago};
    case Operator::kDateInNext:
      return {now, ahead};
    case Operator::kDateMoreThanAhead: {  // all that T + duration has not passed yet
      Edge ever;
      ever.kind = Edge::Kind::kBefore;
      ever.instant.value = kNever;
      return {ahead, ever};
    }
    default:
      return {};
  }
}

}  // namespace fosterflow

#pragma once

#include <cstdint>

#include "language/definition.h"
#include "plan/contact_view.h"
#include "time/instant.h"

namespace fosterflow {

/// Earlier than every instant.
inline constexpr Instant kBeforeAll = INT64_MIN;

/// An instant of a window as written: absolute, or local time of a zone that may be the contact's.
struct WrittenInstant {
  bool isLocal = false;
  int64_t value = 0;
};

/// One end of a window, as a position on the time line that moves with the clock T. An event at
/// time t is *passed* by the edge when t ≤ position(T). The events of a window are those that its
/// upper edge has passed and its lower edge has not.
struct Edge {
  enum class Kind : uint8_t {
    kNever,      ///< passes nothing
    kNow,        ///< T
    kBack,       ///< T − duration
    kAhead,      ///< T + duration
    kBefore,     ///< just before a fixed instant
    kNowBefore,  ///< T, but no later than just before a fixed instant
    kUnitStart,  ///< just before the start of the calendar unit `units` before that of T's local
                 ///< time
  };
  Kind kind = Kind::kNever;
  Duration duration;
  WrittenInstant instant;
  CalendarUnit unit = CalendarUnit::kDay;
  int64_t units = 0;
};

/// A window as its two edges, and `since` apart from it.
struct WindowEdges {
  Edge lower;
  Edge upper;
};

/// Where the edge stands at `now`.
Instant positionOf(const Edge& edge, Instant now, const Zone& zone);

/// An instant later than `now`, before which the edge passes no other set of events than at `now`,
/// given the latest event time it has passed (kBeforeAll: none) and the earliest it has not
/// (kNever: none). It is the exact instant of the change where there is one, and kNever where none
/// comes. The two times must be those at `now`. A month back from T is not monotone in T (two days
/// may have the same day a month before), so an edge of calendar months may also go back and
/// un-pass an event; so may one of calendar units, where a clock is put back across midnight. O(1);
/// for calendar months O(days around the change), some ten.
Instant nextChange(const Edge& edge, Instant now, Instant latestPassed, Instant earliestAhead,
                   const Zone& zone);

/// True when the answers above depend on the zone.
bool dependsOnZone(const Edge& edge);

/// The edges of a window (its `since` apart). `zone`: where its dates without offset are, when it
/// is fixed.
WindowEdges edgesOf(const Window& window, const Interner& interner);

/// The dates that an operator relative to now holds for, as a window that they are in.
WindowEdges edgesOf(Operator op, const Duration& duration);

}  // namespace fosterflow

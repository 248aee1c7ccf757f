#pragma once

#include <cstdint>

#include "contact/event.h"
#include "contact/time_line.h"
#include "plan/edge.h"

namespace fosterflow {

/// The events of a stream that a contact has.
using StreamEvents = TimeLine<TimedEvent>;

/// Where an edge of a window stands among a contact's events. It keeps until when the answer stays
/// the same, so that the arithmetic, which may be that of calendars, is done once an event passed,
/// not once a message.
class EdgeCursor {
 public:
  /// Moves to the clock `now`, which may lie before the last one.
  void moveTo(const Edge& edge, const Zone& zone, Instant now, const StreamEvents& events) {
    if (!isKnownAt(now) && edge.kind != Edge::Kind::kNever) find(edge, zone, now, events);
  }

  /// After `events` got an entry at `index`, or lost the one there. moveTo must follow.
  void inserted(size_t index);
  void erased(size_t index);
  /// After `events` got an entry at the end that an edge at the clock has passed, like all before
  /// it: nothing is ahead as before, and no moveTo need follow.
  void appended() { ++passed_; }

  /// How many of the events the edge has passed.
  [[nodiscard]] uint32_t passed() const { return passed_; }

  /// Whether moveTo would find what it found before.
  [[nodiscard]] bool isKnownAt(Instant now) const { return knownFrom_ <= now && now < knownUntil_; }

  /// An instant after `now`, the clock of the last moveTo, before which the edge gives no event
  /// back and does not pass the one at index `ahead` (none there: it only may give back). Exact for
  /// the next event ahead; for a later one it may be early.
  Instant nextChange(const Edge& edge, const Zone& zone, Instant now, const StreamEvents& events,
                     uint32_t ahead);

 private:
  void find(const Edge& edge, const Zone& zone, Instant now, const StreamEvents& events);
  void forget() { knownFrom_ = kNever; }

  uint32_t passed_ = 0;
  // The same events are passed in [knownFrom_, knownUntil_); nothing is known when the first is
  // kNever.
  Instant knownFrom_ = kNever;
  Instant knownUntil_ = kNever;
  // What nextChange last found for an event at this time, since the last time that other events
  // were passed.
  Instant foreseenTime_ = kNever;
  Instant foreseenChange_ = kBeforeAll;
};

}  // namespace fosterflow

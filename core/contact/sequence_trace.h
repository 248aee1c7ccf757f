#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "time/instant.h"

namespace fosterflow {

/// How far a sequence has come at an instant, by the events up to it.
struct SequenceTrace {
  enum class Outcome : uint8_t {
    kMatch,    ///< it holds by these events
    kWaiting,  ///< all events are there; that nothing else follows is not certain before `instant`
    kUndone,   ///< all events are there, but at `instant` one came that must be absent
    kPartial,  ///< only the first steps are there
  };
  Outcome outcome = Outcome::kPartial;
  /// The times of the events that are there, one for each positive step from the first on; of
  /// several ways the latest one.
  std::vector<Instant> times;
  Instant instant = kNever;
  size_t step = 0;  ///< kUndone: the step, absent ones counted too
};

}  // namespace fosterflow

#pragma once

#include "audience/bitmap.h"
#include "audience/event_table.h"

namespace fosterflow {

/// Adds to `found` the slots of `wanted` with at least `count` (> 0) events in (lower, upper].
/// Looks at one event a slot: the one that is `count` before the window's end.
void addSlotsWith(const EventTable& table, uint32_t count, Instant lower, Instant upper,
                  const Bitmap& wanted, Bitmap& found);

}  // namespace fosterflow

#pragma once

#include "audience/bitmap.h"
#include "audience/event_table.h"

namespace fosterflow {

/// About how many events or slots `addSlotsWith` looks at.
size_t looksFor(const EventTable& table, Instant lower, Instant upper, size_t wanted);

/// Adds to `found` the slots of `wanted` with at least `count` (> 0) events in (lower, upper].
/// Looks at one event a slot: the one that is `count` before the window's end.
void addSlotsWith(const EventTable& table, uint32_t count, Instant lower, Instant upper,
                  const Bitmap& wanted, Bitmap& found);

/// Adds to `found` the slots of `wanted` with at least `count` (> 0) of the rows `taken`.
void addSlotsTaking(const EventTable& table, const Bitmap& taken, uint32_t count,
                    const Bitmap& wanted, Bitmap& found);

}  // namespace fosterflow

#pragma once

#include "time/instant.h"
#include "values/value.h"

namespace fosterflow {

/// Something that a contact did. Owned by its History, at a stable address; the history holds the
/// references to the two symbols.
struct Event {
  Instant time = 0;
  Symbol name = kNoSymbol;
  Symbol messageId = kNoSymbol;  ///< kNoSymbol: none
  ValueTree properties;          ///< an object; empty: no properties
};

/// An event on a time line, with its time beside the pointer to search without following it.
struct TimedEvent {
  Instant time = 0;
  const Event* event = nullptr;
};

inline Instant timeOf(const TimedEvent& entry) { return entry.time; }

}  // namespace fosterflow

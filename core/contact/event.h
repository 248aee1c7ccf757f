#pragma once

#include "time/instant.h"
#include "values/value.h"

namespace fosterflow {

/// Something that a contact did. Owned by its History, at a stable address, in one piece with its
/// properties; the history holds the references to the symbols.
struct Event {
  /// A tape that lies elsewhere.
  class Properties {
   public:
    Properties() = default;
    explicit Properties(const ValueNode* root) : root_(root) {}
    /// An object; nullptr: no properties.
    [[nodiscard]] const ValueNode* root() const { return root_; }

   private:
    const ValueNode* root_ = nullptr;
  };

  Instant time = 0;
  Symbol name = kNoSymbol;
  Symbol messageId = kNoSymbol;  ///< kNoSymbol: none
  Symbol sender = kNoSymbol;     ///< the id it was sent under, when it has no messageId
  Properties properties;
};

/// An event on a time line, with its time beside the pointer to search without following it.
struct TimedEvent {
  Instant time = 0;
  const Event* event = nullptr;
};

inline Instant timeOf(const TimedEvent& entry) { return entry.time; }

}  // namespace fosterflow

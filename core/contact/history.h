#pragma once

#include <memory>
#include <string>
#include <vector>

#include "contact/event.h"
#include "contact/time_line.h"
#include "values/symbol_map.h"

namespace fosterflow {

/// Told of every change of a History, once it is complete for that event.
class HistoryListener {
 public:
  virtual ~HistoryListener() = default;
  virtual void eventAdded(const Event& event) = 0;
  /// `event` is still alive, but no longer in the history.
  virtual void eventRemoved(const Event& event) = 0;
};

/// The set of a contact's events: each messageId once, at most kMaxEvents, the newest by (time, canonical JSON of
/// [name, properties]). Its content does not depend on the order in which events came.
class History {
 public:
  explicit History(Interner* interner) : interner_(interner) {}
  History(const History&) = delete;
  History& operator=(const History&) = delete;
  ~History();

  /// Takes an event in, unless it is known already, loses against the copy that is known, or is too old for a full
  /// history. Of two copies with one messageId the earlier counts, then the smaller canonical JSON. References to
  /// name and messageId are added; `properties` is moved from only when the event is taken.
  /// O(log events) and the move of later entries for an event that is not the newest. `listener` may be nullptr.
  void add(Instant time, Symbol name, Symbol messageId, ValueTree& properties, HistoryListener* listener);

  /// Moves all events of `other` in, as if they had been added one by one.
  void absorb(History& other);

  [[nodiscard]] const TimeLine<TimedEvent>& events() const { return events_; }
  /// True once an event was dropped because the history was full.
  [[nodiscard]] bool wasCut() const { return wasCut_; }

 private:
  void insert(std::unique_ptr<Event> event, HistoryListener* listener);
  void remove(const Event* event, HistoryListener* listener);
  // The first event by (time, canonical JSON).
  [[nodiscard]] const Event* oldest() const;
  [[nodiscard]] std::string contentOf(Symbol name, const ValueTree& properties) const;

  Interner* interner_;
  TimeLine<TimedEvent> events_;
  SymbolMap byMessageId_;  // to the event's address
  bool wasCut_ = false;
};

}  // namespace fosterflow

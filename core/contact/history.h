#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include "contact/event.h"
#include "contact/time_line.h"
#include "plan/edge.h"
#include "plan/kept_properties.h"
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

/// The set of a contact's events: each messageId once, at most kMaxEvents, the newest. It lies in
/// one order: by time, canonical JSON of [name, properties], messageId, sender; neither it nor the
/// content depends on the order in which events came. An event without messageId belongs to the id
/// that it was sent under, and counts as often as it came.
class History {
 public:
  explicit History(Interner* interner) : interner_(interner) {}
  History(const History&) = delete;
  History& operator=(const History&) = delete;
  ~History() { clear(); }

  /// Takes an event in, unless it is known already, loses against the copy that is known, or is too
  /// old for a full history. Of two copies with one messageId the earlier counts, then the smaller
  /// canonical JSON. References to name and messageId are added; `properties` is moved from only
  /// when the event is taken. O(log events) and the move of later entries for an event that is not
  /// the newest. `sender` is the id that an event without messageId was sent under. `listener` may
  /// be nullptr.
  void add(Instant time, Symbol name, Symbol messageId, Symbol sender, ValueTree& properties,
           HistoryListener* listener);

  /// Moves all events of `other` in: both are united, and of that the newest are kept. Each
  /// messageId counts once; of equal events without one that were sent under one id, the larger
  /// number counts, since both may be copies of one history. O(events), and the move of later
  /// entries for each that is new.
  void absorb(History& other);

  /// Drops of all events the properties that are not kept; false when there are none, and then
  /// nothing has changed. O(events).
  bool reduce(const KeptProperties& kept);

  /// Forgets all, and gives the memory back.
  void clear();

  [[nodiscard]] const TimeLine<TimedEvent>& events() const { return events_; }
  /// All events later than this are here; kBeforeAll: all are. Later than that only once an event
  /// was dropped because the history was full.
  [[nodiscard]] Instant completeAfter() const { return completeAfter_; }
  /// Says that events up to this instant were dropped, as a stored history knows of itself.
  void completeOnlyAfter(Instant time) { completeAfter_ = std::max(completeAfter_, time); }

  /// How many of the first events are those that were the first at the call before. O(1).
  size_t takeSteadyCount() { return std::exchange(steady_, events_.size()); }

 private:
  // False when a known copy of the message counts and not this one; else the known copy is gone.
  bool replaceKnown(const Event& event, HistoryListener* listener);
  const Event* create(const Event& event, ValueTree& properties);
  void destroy(const Event* event);
  void take(const Event* event, HistoryListener* listener);
  void removeAt(size_t index, HistoryListener* listener);
  void removeOldest(HistoryListener* listener);
  // Where the event belongs: after all that are before it or equal.
  [[nodiscard]] size_t placeOf(const Event& event) const;
  // By time, content, messageId and sender: <0, 0 or >0.
  [[nodiscard]] int compare(const Event& left, const Event& right) const;
  [[nodiscard]] int compareContents(const Event& left, const Event& right) const;
  [[nodiscard]] std::string contentOf(const Event& event) const;

  Interner* interner_;
  TimeLine<TimedEvent> events_;
  SymbolMap byMessageId_;  // to the event's address
  Instant completeAfter_ = kBeforeAll;
  size_t steady_ = 0;  // events before this place are as they were at the last takeSteadyCount
};

}  // namespace fosterflow

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "contact/event.h"
#include "contact/time_line.h"
#include "plan/edge.h"
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

/// The set of a contact's events: each messageId once, at most kMaxEvents, the newest by (time,
/// canonical JSON of [name, properties]). Its content does not depend on the order in which events
/// came. An event without messageId belongs to the id that it was sent under, and counts as often
/// as it came.
class History {
 public:
  explicit History(Interner* interner) : interner_(interner) {}
  History(const History&) = delete;
  History& operator=(const History&) = delete;
  ~History();

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
  /// number counts, since both may be copies of one history. O(events), and O(events of one time ×
  /// log) for those without messageId.
  void absorb(History& other);

  [[nodiscard]] const TimeLine<TimedEvent>& events() const { return events_; }
  /// All events later than this are here; kBeforeAll: all are. Later than that only once an event
  /// was dropped because the history was full.
  [[nodiscard]] Instant completeAfter() const { return completeAfter_; }

 private:
  // False when a known copy of the message counts and not this one; else the known copy is gone.
  bool replaceKnown(Instant time, Symbol name, Symbol messageId, const ValueNode* properties,
                    HistoryListener* listener);
  const Event* create(Instant time, Symbol name, Symbol messageId, Symbol sender,
                      ValueTree& properties);
  void destroy(const Event* event);
  [[nodiscard]] std::vector<const Event*> copiesIn(const History& other) const;
  void take(const Event* event, HistoryListener* listener);
  void remove(const Event* event, HistoryListener* listener);
  void removeOldest(HistoryListener* listener);
  // The first event by (time, canonical JSON).
  const Event* oldest();
  [[nodiscard]] bool isBefore(const Event* left, const Event* right) const;
  [[nodiscard]] std::string contentOf(Symbol name, const ValueNode* properties) const;

  Interner* interner_;
  TimeLine<TimedEvent> events_;
  SymbolMap byMessageId_;  // to the event's address
  // The events of the first instant, the first of all last, once the oldest was asked for; else
  // empty.
  std::vector<const Event*> oldest_;
  Instant completeAfter_ = kBeforeAll;
};

}  // namespace fosterflow

#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "contact/contact.h"
#include "contact/message.h"
#include "contact/schedule.h"
#include "values/symbol_map.h"

namespace fosterflow {

/// Many contacts under one clock, and the aliases between them: what a file of messages means. A
/// live directory decides with every message and lets the clock follow the messages' timestamps;
/// the other kind only gathers, and is asked about an instant at the end.
class Directory {
 public:
  Directory(Interner* interner, ZoneRegistry* zones, std::shared_ptr<const Plan> plan, bool isLive);

  /// Takes one checked message in. A message without timestamp has the largest accepted before it.
  /// Live: the clock moves to the message's time first, if that is later, and all contacts with it.
  Refusal accept(const Message& message);

  /// Messages later than this are left out from now on.
  void limitUntil(Instant until) { until_ = until; }

  /// Live: moves the clock to the limit, if there is one, and lets all deltas go.
  void finish();

  /// Live: the deltas that are final, in the order of `at`, then contact id, then sequence. Those
  /// of the clock's own instant are kept back until it moves on, since more may come.
  std::vector<Delta> takeDeltas() { return std::move(final_); }

  /// Not live: the ids of the members of each segment at `now`, by code point order.
  [[nodiscard]] std::vector<std::vector<std::string_view>> membersAt(Instant now) const;

  /// The contact that has this id, which may be one of several after aliases; nullptr: none has.
  /// Valid until the next message.
  [[nodiscard]] const Contact* contactOf(std::string_view id) const;

  [[nodiscard]] size_t contactCount() const { return contactCount_; }
  /// All that were ever named, in the order in which they were; nullptr: joined into another.
  [[nodiscard]] const std::vector<std::unique_ptr<Contact>>& contacts() const { return contacts_; }
  [[nodiscard]] uint64_t messageCount() const { return messageCount_; }
  /// The largest timestamp accepted, also of messages that were left out.
  [[nodiscard]] std::optional<Instant> latest() const { return latest_; }

 private:
  uint32_t contactFor(Symbol id);
  [[nodiscard]] uint32_t find(Symbol id) const;
  void advanceClock(Instant now);
  void acceptAlias(const Message& message);
  void release(Instant before);

  Interner* interner_;
  ZoneRegistry* zones_;
  std::shared_ptr<const Plan> plan_;
  bool isLive_;
  std::optional<Instant> until_;
  std::optional<Instant> latest_;
  Instant clock_ = INT64_MIN;
  std::vector<std::unique_ptr<Contact>> contacts_;  // nullptr: joined into another
  SymbolMap byId_;     // to the index; the contacts hold the references
  Schedule schedule_;  // by contact
  std::vector<Delta> pending_, final_;
  size_t contactCount_ = 0;
  uint64_t messageCount_ = 0;
};

}  // namespace fosterflow

#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "audience/grouping.h"

namespace fosterflow {

/// Contacts with more messages than a history keeps. Which events count then depends on the order
/// in which they came, so they go through the contact's own History again, one contact at a time.
class FullHistories {
 public:
  explicit FullHistories(Grouping& grouping) : grouping_(grouping), store_(grouping.store_) {}
  /// Marks the sources that do not count as dropped.
  void run();

 private:
  // An event, or an alias that joins two histories.
  struct Arrival {
    uint32_t table = 0;   // kNoIndex: an alias
    uint32_t source = 0;  // or the alias' place
    uint32_t group = 0;   // that the event's sender was in before: a slot, or an id behind them
  };

  void collect();
  void replay(const std::vector<Arrival>& arrivals);
  void drop(const Arrival& arrival);
  [[nodiscard]] uint32_t groupOf(uint32_t id) const;

  Grouping& grouping_;
  AudienceStore& store_;
  std::map<uint32_t, std::vector<Arrival>> arrivals_;  // by new slot
};

}  // namespace fosterflow

#pragma once

#include <cstdint>
#include <vector>

#include "audience/audience_store.h"

namespace fosterflow {

/// Puts what is staged into the columns of a store: gives contacts new slots, lays their events
/// side by side, and drops what does not count: copies of one message, and events beyond the bound
/// of a contact. Used once.
class Grouping {
 public:
  explicit Grouping(AudienceStore& store) : store_(store) {}
  void run();

 private:
  friend class FullHistories;

  // A place among the events of a slot.
  struct Row {
    uint64_t fingerprint = 0;
    uint32_t table = 0;
    uint32_t row = 0;
  };

  void placeContacts();
  void countEvents();
  void group(uint32_t table);
  void groupDense(EventTable& table, const Bitmap& dropped);
  void groupSparse(EventTable& table, const Bitmap& dropped);
  template <typename Visit>
  void forEachSource(const EventTable& table, const Bitmap& dropped, const Visit& visit) const;
  void dropCopies();
  void dropCopiesOf(std::vector<Row>& rows);
  [[nodiscard]] bool countsBefore(const Row& left, const Row& right) const;
  void removeRows();

  AudienceStore& store_;
  std::vector<uint32_t> slotOfId_;       // new
  std::vector<uint32_t> slotOfOldSlot_;  // new; kNoIndex: dead
  uint32_t slotCount_ = 0;
  std::vector<uint32_t> events_;  // by slot, with copies
  std::vector<Bitmap> dropped_;   // by table: sources, later rows; empty: none
};

}  // namespace fosterflow

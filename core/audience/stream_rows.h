#pragma once

#include <optional>
#include <vector>

#include "audience/row_filter.h"

namespace fosterflow {

/// The events of a plan's stream among a store's tables.
class StreamRows {
 public:
  StreamRows(const Stream& stream, const AudienceStore& store, SlotView& slots);

  /// The rows of one event name.
  class Part {
   public:
    Part(const Stream& stream, const EventTable& table, SlotView& slots);
    [[nodiscard]] const EventTable& table() const { return *table_; }
    /// Whether the event in a row is in the stream.
    bool takes(uint32_t row) {
      return (!filter_ || (*filter_)(row)) &&
             (participation_ == Participation::kEvery || participates(row));
    }
    [[nodiscard]] bool takesAll() const {
      return participation_ == Participation::kEvery && !filter_;
    }
    [[nodiscard]] bool mayTake() const { return !filter_ || filter_->mayHold(); }
    /// The measured property in a row.
    const ValueNode* measured(uint32_t row, ValueNode& storage) {
      return property_->at(row, storage);
    }

   private:
    bool participates(uint32_t row);
    const EventTable* table_;
    Participation participation_;
    std::optional<EventProperty> property_;
    std::optional<RowFilter> filter_;
  };

  [[nodiscard]] std::vector<Part>& parts() { return parts_; }
  /// All events of the names are in it.
  [[nodiscard]] bool takesAll() const;
  /// The time of a contact's latest event at or before `until`; kBeforeAll: none.
  Instant latest(uint32_t slot, Instant until);

 private:
  std::vector<Part> parts_;
};

}  // namespace fosterflow

#pragma once

#include <optional>
#include <vector>

#include "audience/bitmap.h"
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
    /// Whether nothing but a row decides about itself, so that `takeRows` may be used.
    [[nodiscard]] bool canTakeRows() const {
      return !takesAll() && (!filter_ || filter_->isOfRowAlone());
    }
    /// The rows that are in the stream, as far as they were asked, and kept from one scan to the
    /// next; nullptr: not asked.
    [[nodiscard]] const Bitmap* taken() const {
      return taken_ != nullptr && taken_->size() == table_->rowCount() ? taken_ : nullptr;
    }
    void setTaken(Bitmap* taken) { taken_ = taken; }
    /// Asks all rows. O(rows).
    void takeRows();
    /// Reads the newest rows of slots, for nothing but the caches: of so many at a time memory
    /// brings several at once.
    void touch(const uint32_t* slots, size_t count);
    /// Whether `numberAt` may be used: the measured property has nothing but numbers.
    [[nodiscard]] bool hasNumbers() const { return property_ && property_->hasNumbers(); }
    /// The measured number in a row that is in the stream.
    [[nodiscard]] double numberAt(uint32_t row) const {
      double number = 0;
      property_->numberAt(row, number);
      return number;
    }
    /// The measured property in a row.
    const ValueNode* measured(uint32_t row, ValueNode& storage) {
      return property_->at(row, storage);
    }

   private:
    bool participates(uint32_t row) {
      double number = 0;
      return property_->hasNumbers() ? property_->numberAt(row, number) : hasValue(row);
    }
    bool hasValue(uint32_t row);
    const EventTable* table_;
    Participation participation_;
    std::optional<EventProperty> property_;
    std::optional<RowFilter> filter_;
    Bitmap* taken_ = nullptr;
    uint32_t touched_ = 0;  // what is read must be used for something
  };

  [[nodiscard]] std::vector<Part>& parts() { return parts_; }
  /// Orders the tables by time too, unless they are, or a window is so long that it does not help.
  void makeSlices(Instant lower, Instant upper, uint32_t slotCount) const;
  /// As of the parts.
  void touch(const uint32_t* slots, size_t count) {
    for (Part& part : parts_) part.touch(slots, count);
  }
  /// All events of the names are in it.
  [[nodiscard]] bool takesAll() const;
  /// The time of a contact's latest event at or before `until`; kBeforeAll: none.
  Instant latest(uint32_t slot, Instant until);

 private:
  std::vector<Part> parts_;
};

}  // namespace fosterflow

#include "audience/window_kernel.h"

#include <algorithm>

namespace fosterflow {

namespace {

// Whether the window of a slot's rows has enough events.
class WindowTest {
 public:
  WindowTest(const EventTable& table, uint32_t count, Instant lower, Instant upper)
      : times_(table.times()),
        coarse_(times_.coarse()),
        lower_(times_.boundOf(lower)),
        upper_(times_.boundOf(upper)),
        count_(count),
        isOpen_(upper >= times_.latest()) {}

  [[nodiscard]] bool isOpen() const { return isOpen_; }

  [[nodiscard]] bool operator()(SlotRanges::Range range) const {
    if (!isOpen_) range.last = times_.firstAfter(range.first, range.last, upper_);
    return endsInWindow(range);
  }

  // No event is after the window.
  [[nodiscard]] bool endsInWindow(SlotRanges::Range range) const {
    const bool isEnough = range.size() >= count_;
    // Without a branch: whether a contact has enough events is a toss.
    const uint32_t row = isEnough ? range.last - count_ : 0;
    const uint32_t coarse = coarse_[row];
    if (coarse == lower_.coarse && isEnough && !lower_.isBeforeAll) {
      return times_.isLater(row, lower_);
    }
    return isEnough & ((coarse > lower_.coarse) | lower_.isBeforeAll);
  }

 private:
  const TimeColumn& times_;
  const uint32_t* coarse_;
  TimeColumn::Bound lower_;
  TimeColumn::Bound upper_;
  uint32_t count_;
  bool isOpen_;
};

// Looking for a slot by time costs as much as looking at so many slots in their order.
constexpr size_t kSlotsPerLook = 2;

// Words with at least so many wanted slots are computed whole.
constexpr int kDenseBits = 24;

// Which of 64 slots have `count` rows, and one that may be later than `lower`, by when their newest
// was.
uint64_t mayHave(const uint32_t* starts, const uint32_t* newest, uint32_t count, uint32_t lower) {
  BitPacker bits;
  for (size_t slot = 0; slot < 64; ++slot) {
    bits.set(slot, (starts[slot + 1] - starts[slot] >= count) & (newest[slot] >= lower));
  }
  return bits.packed();
}

template <typename Test>
void addDense(const EventTable& table, uint32_t count, uint32_t lower, const Bitmap& wanted,
              Bitmap& found, const Test& test) {
  const std::vector<uint32_t>& starts = table.ranges().starts();
  const TimeSlices* slices = table.slices();
  const bool knowsNewest = slices != nullptr && slices->isOf(table.times());
  const size_t slots = std::min(starts.size() - 1, wanted.size());
  const size_t known = knowsNewest ? std::min(slots, slices->newest().size()) : 0;
  const uint32_t* start = starts.data();
  for (size_t word = 0; word * 64 < slots; ++word) {
    uint64_t want = wanted.words()[word];
    if (want == 0) continue;
    const size_t first = word * 64;
    uint64_t bits = 0;
    const bool isDense = std::popcount(want) >= kDenseBits;
    if (isDense && first + 64 <= known) {
      want &= mayHave(start + first, slices->newest().data() + first, count, lower);
    } else if (isDense && first + 64 <= slots) {
      for (size_t bit = 0; bit < 64; ++bit) {
        const SlotRanges::Range range = {start[first + bit], start[first + bit + 1]};
        bits |= static_cast<uint64_t>(test(range)) << bit;
      }
      found.words()[word] |= bits & want;
      continue;
    }
    for (uint64_t rest = want; rest != 0; rest &= rest - 1) {
      const auto bit = static_cast<size_t>(std::countr_zero(rest));
      if (first + bit >= slots) break;
      const SlotRanges::Range range = {start[first + bit], start[first + bit + 1]};
      bits |= static_cast<uint64_t>(test(range)) << bit;
    }
    found.words()[word] |= bits;
  }
}

void addSlots(const EventTable& table, uint32_t count, Instant lower, Instant upper,
              const Bitmap& wanted, Bitmap& found) {
  const WindowTest test(table, count, lower, upper);
  const SlotRanges& ranges = table.ranges();
  if (!ranges.isDense()) {
    ranges.forEach([&](uint32_t slot, SlotRanges::Range range) {
      if (slot < wanted.size() && wanted[slot] && test(range)) found.set(slot);
    });
    return;
  }
  const TimeColumn::Bound bound = table.times().boundOf(lower);
  const uint32_t least = bound.isBeforeAll ? 0 : bound.coarse;
  if (test.isOpen()) {
    addDense(table, count, least, wanted, found,
             [&test](SlotRanges::Range range) { return test.endsInWindow(range); });
  } else {
    addDense(table, count, least, wanted, found, test);
  }
}

}  // namespace

size_t looksFor(const EventTable& table, Instant lower, Instant upper, size_t wanted) {
  const TimeSlices* slices = table.slices();
  return slices == nullptr ? wanted
                           : std::min(slices->rowsNear(lower, upper) * kSlotsPerLook, wanted);
}

void addSlotsWith(const EventTable& table, uint32_t count, Instant lower, Instant upper,
                  const Bitmap& wanted, Bitmap& found) {
  if (lower >= upper || table.rowCount() == 0) return;
  if (const TimeSlices* slices = table.slices()) {
    const size_t newSlots = wanted.size() - std::min<size_t>(slices->slotCount(), wanted.size());
    const size_t looks = slices->rowsNear(lower, upper) + newSlots;
    if (looks * kSlotsPerLook < wanted.count()) {
      Bitmap near(wanted.size());
      slices->addSlotsNear(lower, upper, near);
      near.setFrom(slices->slotCount());
      near &= wanted;
      addSlots(table, count, lower, upper, near, found);
      return;
    }
  }
  addSlots(table, count, lower, upper, wanted, found);
}

void addSlotsTaking(const EventTable& table, const Bitmap& taken, uint32_t count,
                    const Bitmap& wanted, Bitmap& found) {
  const SlotRanges& ranges = table.ranges();
  if (!ranges.isDense() || count > 1) {
    ranges.forEach([&](uint32_t slot, SlotRanges::Range range) {
      if (slot >= wanted.size() || range.size() < count || !wanted[slot]) return;
      if (taken.hasAtLeast(count, range.first, range.last)) found.set(slot);
    });
    return;
  }
  // Nearly without a branch: mostly the slot's rows are in the 64 bits that begin with its first.
  const std::vector<uint32_t>& starts = ranges.starts();
  const auto* words = taken.words().data();
  const size_t lastWord = taken.words().size() - 1;
  const size_t slots = std::min(starts.size() - 1, wanted.size());
  for (size_t word = 0; word * 64 < slots; ++word) {
    const uint64_t want = wanted.words()[word];
    if (want == 0) continue;
    const size_t first = word * 64;
    const size_t last = std::min(first + 64, slots);
    uint64_t bits = 0;
    for (size_t slot = first; slot < last; ++slot) {
      const uint32_t row = starts[slot];
      const uint32_t size = starts[slot + 1] - row;
      const size_t at = std::min<size_t>(row / 64, lastWord);
      const uint64_t high = words[std::min(at + 1, lastWord)];
      const uint32_t offset = row % 64;
      const uint64_t from = words[at] >> offset | (high << 1) << (63 - offset);
      bool isAny = size > 0 && (from << (64 - std::min(size, 64U)) % 64) != 0;
      if (size > 64) isAny = taken.hasAtLeast(1, row, row + size);
      bits |= static_cast<uint64_t>(isAny) << (slot - first);
    }
    found.words()[word] |= bits & want;
  }
}

}  // namespace fosterflow

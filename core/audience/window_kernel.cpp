#include "audience/window_kernel.h"

namespace fosterflow {

namespace {

// Whether the window of a slot's rows has enough events.
class WindowTest {
 public:
  WindowTest(const EventTable& table, uint32_t count, Instant lower, Instant upper)
      : times_(table.times()),
        coarse_(times_.coarse()),
        lower_(times_.boundOf(lower)),
        upper_(upper),
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
  Instant upper_;
  uint32_t count_;
  bool isOpen_;
};

// Words with at least so many wanted slots are computed whole.
constexpr int kDenseBits = 24;

template <typename Test>
void addDense(const std::vector<uint32_t>& starts, const Bitmap& wanted, Bitmap& found,
              const Test& test) {
  const size_t slots = std::min(starts.size() - 1, wanted.size());
  const uint32_t* start = starts.data();
  for (size_t word = 0; word * 64 < slots; ++word) {
    const uint64_t want = wanted.words()[word];
    if (want == 0) continue;
    const size_t first = word * 64;
    uint64_t bits = 0;
    if (first + 64 <= slots && std::popcount(want) >= kDenseBits) {
      for (size_t bit = 0; bit < 64; ++bit) {
        const SlotRanges::Range range = {start[first + bit], start[first + bit + 1]};
        bits |= static_cast<uint64_t>(test(range)) << bit;
      }
    } else {
      for (uint64_t rest = want; rest != 0; rest &= rest - 1) {
        const auto bit = static_cast<size_t>(std::countr_zero(rest));
        if (first + bit >= slots) break;
        const SlotRanges::Range range = {start[first + bit], start[first + bit + 1]};
        bits |= static_cast<uint64_t>(test(range)) << bit;
      }
    }
    found.words()[word] |= bits & want;
  }
}

}  // namespace

void addSlotsWith(const EventTable& table, uint32_t count, Instant lower, Instant upper,
                  const Bitmap& wanted, Bitmap& found) {
  if (lower >= upper || table.rowCount() == 0) return;
  const WindowTest test(table, count, lower, upper);
  const SlotRanges& ranges = table.ranges();
  if (!ranges.isDense()) {
    ranges.forEach([&](uint32_t slot, SlotRanges::Range range) {
      if (slot < wanted.size() && wanted[slot] && test(range)) found.set(slot);
    });
  } else if (test.isOpen()) {
    addDense(ranges.starts(), wanted, found,
             [&test](SlotRanges::Range range) { return test.endsInWindow(range); });
  } else {
    addDense(ranges.starts(), wanted, found, test);
  }
}

}  // namespace fosterflow

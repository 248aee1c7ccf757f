#include "audience/time_column.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace fosterflow {

namespace {

constexpr uint32_t kCoarseBits = 32;
constexpr uint32_t kMaxShift = 24;  // the whole range of time takes 54 bits

}  // namespace

void TimeColumn::start(Instant earliest, Instant latest) {
  *this = TimeColumn();
  base_ = earliest;
  const auto range = static_cast<uint64_t>(latest - earliest);
  const auto bits = static_cast<uint32_t>(std::bit_width(range));
  shift_ = bits > kCoarseBits ? bits - kCoarseBits : 0;
}

void TimeColumn::reserve(size_t count) {
  coarse_.reserve(count);
  if (shift_ == 0) return;
  if (shift_ <= 8) {
    fine8_.reserve(count);
  } else if (shift_ <= 16) {
    fine16_.reserve(count);
  } else {
    fine32_.reserve(count);
  }
}

void TimeColumn::push_back(Instant time) {
  const auto offset = static_cast<uint64_t>(time - base_);
  if (time < base_ || offset >> shift_ > UINT32_MAX) {
    Instant earliest = time;
    Instant latest = time;
    for (size_t index = 0; index < size(); ++index) {
      earliest = std::min(earliest, (*this)[index]);
      latest = std::max(latest, (*this)[index]);
    }
    TimeColumn wider;
    // With room for as much again, so that a clock that runs on does not come here often.
    const int64_t slack = latest - earliest;
    wider.start(std::max(kMinInstant, earliest), std::min(kMaxInstant, latest + slack));
    wider.reserve(size() + 1);
    for (size_t index = 0; index < size(); ++index) wider.push_back((*this)[index]);
    *this = std::move(wider);
    push_back(time);
    return;
  }
  coarse_.push_back(static_cast<uint32_t>(offset >> shift_));
  const auto fine = static_cast<uint32_t>(offset & ((uint64_t{1} << shift_) - 1));
  if (shift_ > 16) {
    fine32_.push_back(fine);
  } else if (shift_ > 8) {
    fine16_.push_back(static_cast<uint16_t>(fine));
  } else if (shift_ > 0) {
    fine8_.push_back(static_cast<uint8_t>(fine));
  }
  latest_ = std::max(latest_, time);
}

void TimeColumn::remove(const Bitmap& rows) {
  removeAt(coarse_, rows);
  removeAt(fine8_, rows);
  removeAt(fine16_, rows);
  removeAt(fine32_, rows);
}

TimeColumn::Bound TimeColumn::boundOf(Instant time) const {
  Bound bound;
  if (time < base_) {
    bound.isBeforeAll = true;
    return bound;
  }
  const auto offset = static_cast<uint64_t>(time - base_);
  if (offset >> shift_ > UINT32_MAX) {
    bound.isAfterAll = true;
    bound.coarse = UINT32_MAX;
    bound.fine = UINT32_MAX;
    return bound;
  }
  bound.coarse = static_cast<uint32_t>(offset >> shift_);
  bound.fine = static_cast<uint32_t>(offset & ((uint64_t{1} << shift_) - 1));
  return bound;
}

// The row at `last` is later than the bound.
uint32_t TimeColumn::search(uint32_t first, uint32_t last, const Bound& bound) const {
  uint32_t low = first;
  uint32_t high = last;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (isLater(middle, bound)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

bool TimeColumn::restore(Parts parts) {
  const size_t count = parts.coarse.size();
  const uint32_t shift = parts.shift;
  const bool fits = shift <= kMaxShift && parts.base >= kMinInstant && parts.base <= kMaxInstant &&
                    parts.fine8.size() == (shift > 0 && shift <= 8 ? count : 0) &&
                    parts.fine16.size() == (shift > 8 && shift <= 16 ? count : 0) &&
                    parts.fine32.size() == (shift > 16 ? count : 0);
  if (!fits) return false;
  TimeColumn column;
  column.base_ = parts.base;
  column.shift_ = shift;
  column.coarse_ = std::move(parts.coarse);
  column.fine8_ = std::move(parts.fine8);
  column.fine16_ = std::move(parts.fine16);
  column.fine32_ = std::move(parts.fine32);
  uint32_t fineBits = 0;
  for (const uint8_t fine : column.fine8_) fineBits |= fine;
  for (const uint16_t fine : column.fine16_) fineBits |= fine;
  for (const uint32_t fine : column.fine32_) fineBits |= fine;
  if (fineBits >> shift != 0) return false;
  uint64_t latest = 0;
  for (size_t index = 0; index < count; ++index) latest = std::max(latest, column.offsetAt(index));
  if (count > 0) {
    if (latest > static_cast<uint64_t>(kMaxInstant - column.base_)) return false;
    column.latest_ = column.base_ + static_cast<int64_t>(latest);
  }
  *this = std::move(column);
  return true;
}

}  // namespace fosterflow

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "time/instant.h"

namespace fosterflow {

/// The offsets of one time zone from UTC, as a table that the host hands in. Immutable.
class Zone {
 public:
  struct Transition {
    Instant at = 0;                  ///< from this instant on …
    int64_t offsetMilliseconds = 0;  ///< … local time = instant + offset
  };

  /// UTC.
  Zone() = default;
  /// `firstOffset` holds before the first transition; transitions ascend strictly by `at`.
  Zone(int64_t firstOffset, std::vector<Transition> transitions);

  /// Offset in force at `instant`. O(log transitions), O(1) for repeated look-ups near one another.
  [[nodiscard]] int64_t offsetAt(Instant instant) const;

  /// Local milliseconds (as if the local clock were UTC) at `instant`.
  [[nodiscard]] int64_t toLocal(Instant instant) const { return instant + offsetAt(instant); }

  /// The smallest instant whose local time is not earlier than `local`: the end of a gap, the first
  /// of an overlap.
  [[nodiscard]] Instant fromLocal(int64_t local) const;

  /// The first transition later than `instant`, or kNever.
  [[nodiscard]] Instant nextTransition(Instant instant) const;

 private:
  [[nodiscard]] size_t indexAt(Instant instant) const;    // number of transitions at or before
  [[nodiscard]] int64_t offsetAfter(size_t index) const;  // in force after so many transitions
  int64_t firstOffset_ = 0;
  int64_t greatestOffset_ = 0;
  std::vector<Transition> transitions_;
  mutable size_t lastIndex_ = 0;
};

/// Where zones come from: the host's tables.
class ZoneSource {
 public:
  virtual ~ZoneSource() = default;
  /// Fills the table of the zone with exactly this IANA name (case matters); false when there is
  /// none.
  virtual bool load(std::string_view name, int64_t& firstOffset,
                    std::vector<Zone::Transition>& transitions) = 0;
};

/// The zones asked for so far, each loaded once. "UTC" needs no source. Pointers stay valid.
class ZoneRegistry {
 public:
  explicit ZoneRegistry(ZoneSource* source) : source_(source) {}
  /// nullptr when the source does not know the name. Unknown names are remembered up to a bound.
  const Zone* find(std::string_view name);
  [[nodiscard]] const Zone* utc() const { return &utc_; }

 private:
  static constexpr size_t kMaxRememberedUnknownNames = 256;
  struct Named {
    std::string name;
    std::unique_ptr<Zone> zone;  // nullptr: unknown
  };
  ZoneSource* source_;
  Zone utc_;
  std::vector<Named> zones_;  // few: a search through all is quick, and small in code
  size_t unknownNames_ = 0;   // remembered ones
};

}  // namespace fosterflow

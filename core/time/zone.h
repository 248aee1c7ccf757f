#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "time/instant.h"

namespace fosterflow {

/// A time in which a zone keeps one offset from UTC: local time = instant + offset. Neighbours may
/// have the same offset.
struct ZoneStretch {
  Instant from = INT64_MIN;
  Instant until = kNever;  ///< exclusive
  int64_t offsetMilliseconds = 0;
};

/// Where zones come from: the host.
class ZoneSource {
 public:
  virtual ~ZoneSource() = default;
  /// True when there is a zone of exactly this IANA name (case matters).
  virtual bool knows(const std::string& name) = 0;
  /// The stretch of a known zone that `instant` is in, as long as the source likes it. The
  /// stretches of a zone are the same in whatever order they are asked for.
  virtual ZoneStretch stretchAt(const std::string& name, Instant instant) = 0;
};

/// The offsets of one time zone from UTC. Asks the source for what it was not asked before.
class Zone {
 public:
  /// UTC.
  Zone() = default;
  Zone(ZoneSource* source, std::string name) : source_(source), name_(std::move(name)) {}

  /// Offset in force at `instant`. O(stretches between this look-up and the one before).
  [[nodiscard]] int64_t offsetAt(Instant instant) const {
    return stretchAt(instant).offsetMilliseconds;
  }

  /// Local milliseconds (as if the local clock were UTC) at `instant`.
  [[nodiscard]] int64_t toLocal(Instant instant) const { return instant + offsetAt(instant); }

  /// The smallest instant whose local time is not earlier than `local`: the end of a gap, the first
  /// of an overlap.
  [[nodiscard]] Instant fromLocal(int64_t local) const;

  /// An instant later than `instant` up to which the offset stays as it is there. It need not
  /// change then: to look for the next change could mean to ask for centuries.
  [[nodiscard]] Instant steadyUntil(Instant instant) const { return stretchAt(instant).until; }

 private:
  friend class ZoneRegistry;
  [[nodiscard]] const ZoneStretch& stretchAt(Instant instant) const;
  void ask(Instant instant) const;
  ZoneSource* source_ = nullptr;
  std::string name_;
  mutable std::vector<ZoneStretch> known_;  // ascending, with gaps
  mutable size_t place_ = 0;                // of the look-up before
};

/// The zones asked for so far. "UTC" needs no source. Pointers stay valid.
class ZoneRegistry {
 public:
  explicit ZoneRegistry(ZoneSource* source) : source_(source) {}
  /// nullptr when the source does not know the name. Unknown names are remembered up to a bound.
  const Zone* find(std::string_view name);
  [[nodiscard]] const Zone* utc() const { return &utc_; }

 private:
  static constexpr size_t kMaxRememberedUnknownNames = 256;
  ZoneSource* source_;
  Zone utc_;
  // Few: a search through all is quick, and small in code. Those without a source are unknown.
  std::vector<std::unique_ptr<Zone>> zones_;
  size_t unknownNames_ = 0;
};

}  // namespace fosterflow

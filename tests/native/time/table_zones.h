#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "time/zone.h"

namespace fosterflow {

/// A zone as a table: an offset, and the instants at which it changes to another.
struct ZoneTable {
  struct Transition {
    Instant at = 0;
    int64_t offsetMilliseconds = 0;
  };
  int64_t firstOffset = 0;
  std::vector<Transition> transitions;  ///< ascending
  /// Stretches also end at the multiples of this, as those of a host do that looks at one piece of
  /// time after the other; 0: they do not.
  int64_t pieceLength = 0;

  [[nodiscard]] ZoneStretch stretchAt(Instant instant) const {
    ZoneStretch stretch;
    stretch.offsetMilliseconds = firstOffset;
    for (const Transition& transition : transitions) {
      if (transition.at > instant) {
        stretch.until = transition.at;
        break;
      }
      stretch.from = transition.at;
      stretch.offsetMilliseconds = transition.offsetMilliseconds;
    }
    if (pieceLength != 0) {
      const Instant piece = floorDivide(instant, pieceLength) * pieceLength;
      stretch.from = std::max(stretch.from, piece);
      stretch.until = std::min(stretch.until, piece + pieceLength);
    }
    return stretch;
  }
};

/// Zones from tables, by name.
class TableZones final : public ZoneSource {
 public:
  TableZones() = default;
  explicit TableZones(std::map<std::string, ZoneTable> tables) : tables_(std::move(tables)) {}

  bool knows(const std::string& name) override { return tables_.count(name) != 0; }
  ZoneStretch stretchAt(const std::string& name, Instant instant) override {
    return tables_.at(name).stretchAt(instant);
  }

 private:
  std::map<std::string, ZoneTable> tables_;
};

}  // namespace fosterflow

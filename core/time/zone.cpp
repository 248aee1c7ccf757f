#include "time/zone.h"

#include <algorithm>
#include <utility>

namespace fosterflow {

namespace {

// No zone has been further from UTC; the furthest were those that later moved over the date line.
constexpr int64_t kGreatestOffset = kMillisecondsPerDay;

}  // namespace

const ZoneStretch& Zone::stretchAt(Instant instant) const {
  // From the place of the look-up before: most are near one another.
  while (place_ < known_.size() && known_[place_].until <= instant) ++place_;
  while (place_ > 0 && instant < known_[place_ - 1].until) --place_;
  if (place_ == known_.size() || instant < known_[place_].from) ask(instant);
  return known_[place_];
}

// Puts the stretch around an instant that is not known to its place.
void Zone::ask(Instant instant) const {
  ZoneStretch asked;
  if (source_ != nullptr) asked = source_->stretchAt(name_, instant);
  // A host that fails must not stop the engine: what it cannot tell is UTC. Nor may stretches
  // overlap.
  if (instant < asked.from || asked.until <= instant) asked = ZoneStretch();
  if (place_ > 0) asked.from = std::max(asked.from, known_[place_ - 1].until);
  known_.push_back(asked);
  for (size_t index = known_.size() - 1; index > place_; --index) {
    std::swap(known_[index], known_[index - 1]);
  }
  if (place_ + 1 < known_.size()) {
    known_[place_].until = std::min(asked.until, known_[place_ + 1].from);
  }
}

Instant Zone::fromLocal(int64_t local) const {
  // Nothing earlier than this can show `local` or a later time; from there on the first stretch
  // that reaches it has the answer.
  for (Instant earliest = local - kGreatestOffset;;) {
    const ZoneStretch& stretch = stretchAt(earliest);
    const Instant reached = std::max(earliest, local - stretch.offsetMilliseconds);
    if (reached < stretch.until) return reached;
    earliest = stretch.until;
  }
}

const Zone* ZoneRegistry::find(std::string_view name) {
  if (name == "UTC") return &utc_;
  for (const std::unique_ptr<Zone>& known : zones_) {
    if (known->name_ == name) return known->source_ == nullptr ? nullptr : known.get();
  }
  auto zone = std::make_unique<Zone>(source_, std::string(name));
  if (source_ == nullptr || !source_->knows(zone->name_)) {
    if (unknownNames_ == kMaxRememberedUnknownNames) return nullptr;
    ++unknownNames_;
    zone->source_ = nullptr;
  }
  zones_.push_back(std::move(zone));
  return find(name);
}

}  // namespace fosterflow

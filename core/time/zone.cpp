#include "time/zone.h"

#include <algorithm>
#include <utility>

namespace fosterflow {

Zone::Zone(int64_t firstOffset, std::vector<Transition> transitions)
    : firstOffset_(firstOffset), greatestOffset_(firstOffset) {
  transitions_.reserve(transitions.size());
  for (const Transition& transition : transitions) {
    // A table that does not ascend would break the search; what is out of order is left out.
    if (!transitions_.empty() && transition.at <= transitions_.back().at) continue;
    transitions_.push_back(transition);
    greatestOffset_ = std::max(greatestOffset_, transition.offsetMilliseconds);
  }
}

int64_t Zone::offsetAfter(size_t index) const {
  return index == 0 ? firstOffset_ : transitions_[index - 1].offsetMilliseconds;
}

size_t Zone::indexAt(Instant instant) const {
  const auto holds = [&](size_t index) {
    return (index == 0 || transitions_[index - 1].at <= instant) &&
           (index == transitions_.size() || instant < transitions_[index].at);
  };
  if (holds(lastIndex_)) return lastIndex_;
  const auto next =
      std::upper_bound(transitions_.begin(), transitions_.end(), instant,
                       [](Instant left, const Transition& right) { return left < right.at; });
  lastIndex_ = static_cast<size_t>(next - transitions_.begin());
  return lastIndex_;
}

int64_t Zone::offsetAt(Instant instant) const { return offsetAfter(indexAt(instant)); }

Instant Zone::fromLocal(int64_t local) const {
  // Nothing earlier than this can show `local` or a later time; from there on the first stretch
  // that reaches it has the answer.
  Instant earliest = local - greatestOffset_;
  for (size_t index = indexAt(earliest);; ++index) {
    if (index > 0) earliest = transitions_[index - 1].at;
    const Instant candidate = std::max(earliest, local - offsetAfter(index));
    if (index == transitions_.size() || candidate < transitions_[index].at) return candidate;
  }
}

Instant Zone::nextTransition(Instant instant) const {
  const size_t index = indexAt(instant);
  return index < transitions_.size() ? transitions_[index].at : kNever;
}

const Zone* ZoneRegistry::find(std::string_view name) {
  if (name == "UTC") return &utc_;
  for (const Named& known : zones_) {
    if (known.name == name) return known.zone.get();
  }
  int64_t firstOffset = 0;
  std::vector<Zone::Transition> transitions;
  std::unique_ptr<Zone> zone;
  if (source_ != nullptr && source_->load(name, firstOffset, transitions)) {
    zone = std::make_unique<Zone>(firstOffset, std::move(transitions));
  } else if (unknownNames_ == kMaxRememberedUnknownNames) {
    return nullptr;
  } else {
    ++unknownNames_;
  }
  zones_.push_back({std::string(name), std::move(zone)});
  return zones_.back().zone.get();
}

}  // namespace fosterflow

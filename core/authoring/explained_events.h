#pragma once

#include <string>
#include <vector>

#include "contact/evaluator.h"

namespace fosterflow {

/// Events shown of those that decided a condition, the newest; their number is told beside.
inline constexpr size_t kMaxShownEvents = 5;
/// Properties shown of an event.
inline constexpr size_t kMaxShownProperties = 16;

/// A property that a condition names.
struct NamedProperty {
  std::string name;  ///< its dotted path
  const Symbol* keys = nullptr;
  size_t keyCount = 0;
  const Filter* item = nullptr;  ///< the filter of the array's entries, if it is named for them
};

/// The properties that a filter (nullptr: none) and a measure name, each once, in their order.
std::vector<NamedProperty> namedProperties(const Filter* filter,
                                           const std::vector<Symbol>& measured,
                                           const Interner& interner);

/// Appends {"at":…,"event":…,"properties":{…}} (without `properties` when none is named); a
/// property that the event has not is null. `step`, unless it is kNoIndex, is told too.
void appendEvent(std::string& out, const Event& event, const std::vector<NamedProperty>& properties,
                 uint32_t step, const ContactView& view);

/// Appends `"events":[…],"eventCount":n`: those that decided what a metric measures at the
/// evaluator's clock, newest first. Of `min`, `max`, `first` and `last` those with that value, else
/// all in the window. `isBrief`: only the number.
void appendDecidingEvents(std::string& out, const Plan& plan, uint32_t metric,
                          const Evaluator& evaluator, bool isBrief);

}  // namespace fosterflow

#pragma once

#include <vector>

#include "plan/predicate.h"

namespace fosterflow {

/// A property filter ready to be asked.
struct Filter {
  PropertyFilter::Kind kind = PropertyFilter::Kind::kProperty;
  GroupKind group = GroupKind::kAll;
  std::vector<Filter> children;
  std::vector<Symbol> path;
  ClockUnit clockUnit = ClockUnit::kHour;
  Predicate predicate;
};

/// Whether an event with these properties (or an element of one of its arrays) at `time` passes.
/// O(filter nodes × members on the way of their paths).
bool matches(const Filter& filter, const ValueNode* properties, Instant time,
             const ContactView& view);

}  // namespace fosterflow

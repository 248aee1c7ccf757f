#pragma once

#include <vector>

#include "time/zone.h"
#include "values/value.h"

namespace fosterflow {

/// A zone that a rule names, or the contact's own.
struct ZoneChoice {
  const Zone* fixed = nullptr;  ///< nullptr: the contact's
};

/// What a rule may see of a contact besides events: the values of the plan's attributes, and the
/// contact's zone.
struct ContactView {
  const Interner* interner = nullptr;
  const std::vector<ValueTree>* attributes =
      nullptr;  ///< by the plan's attribute index; empty tree: missing
  const Zone* zone = nullptr;

  [[nodiscard]] const ValueNode* attribute(uint32_t index) const {
    return (*attributes)[index].root();
  }
  [[nodiscard]] const Zone& resolve(ZoneChoice choice) const {
    return choice.fixed != nullptr ? *choice.fixed : *zone;
  }
};

}  // namespace fosterflow

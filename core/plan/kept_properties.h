#pragma once

#include <vector>

#include "values/value.h"

namespace fosterflow {

struct Plan;

/// What a set of segments reads of events' properties: the paths of filters, the arrays of item
/// filters, and what is measured, by event name. Everything else could as well be missing.
class KeptProperties {
 public:
  KeptProperties() = default;
  /// Of an indexed plan, which holds the symbols.
  explicit KeptProperties(const Plan& plan);

  /// Whether `keep` would drop something of the properties (an object, or nullptr). O(members ×
  /// paths).
  [[nodiscard]] bool dropsAnyOf(Symbol event, const ValueNode* properties) const;

  /// Drops what is not named. What is named stays whole, arrays and objects too; objects of which
  /// nothing stays go. An event without a rule loses all.
  void reduce(Symbol event, ValueTree& properties) const;

 private:
  using Path = std::vector<Symbol>;
  [[nodiscard]] const std::vector<Path>& pathsOf(Symbol event) const;

  std::vector<std::vector<Path>> byName_;  // by event name symbol
};

}  // namespace fosterflow

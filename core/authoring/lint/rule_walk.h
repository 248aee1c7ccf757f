#pragma once

#include <string>
#include <vector>

#include "language/definition.h"

namespace fosterflow {

/// Is shown what a rule names, each with its JSON Pointer, in the order of the text.
class RuleVisitor {
 public:
  virtual ~RuleVisitor() = default;
  virtual void condition(const Condition& /*condition*/, const std::string& /*path*/) {}
  virtual void filter(const PropertyFilter& /*filter*/) {}
  virtual void events(const EventSelector& /*selector*/, const std::string& /*path*/) {}
  /// A property of events of one of `names`; what lies in an entry of an array is `items[].path`.
  virtual void property(const std::vector<std::string>& /*names*/, const std::string& /*property*/,
                        const std::string& /*path*/) {}
  virtual void attribute(const Path& /*attribute*/, const std::string& /*path*/) {}
  virtual void metric(const Metric& /*metric*/) {}
  virtual void window(const Window& /*window*/, const std::string& /*path*/) {}
};

void walkRule(const Definition& definition, const std::string& path, RuleVisitor& visitor);

/// A path taken apart, written with dots.
std::string dotted(const Path& path);

}  // namespace fosterflow

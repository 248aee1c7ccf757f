#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "language/definition_set.h"
#include "time/table_zones.h"
#include "time/zone.h"
#include "values/interner.h"
#include "values/json_reader.h"

namespace fosterflow {

/// Knows Europe/Berlin (of 2026 and 2027) and Asia/Tokyo.
TableZones fewZones();

/// Checks definitions with an interner, reader and zones of its own. A test that ends with a text
/// more than it began with has leaked one.
class Checking : public testing::Test {
 protected:
  DefinitionSet check(std::string_view json, std::string_view parameters = "");

  /// What was found, each as `code path`, warnings with a star in front.
  std::vector<std::string> found(std::string_view json, std::string_view parameters = "");

  /// The same for a segment whose `when` is this condition, the paths from there on.
  std::vector<std::string> foundIn(std::string_view condition);

  /// The same for a filter on the properties of an event.
  std::vector<std::string> foundInFilter(std::string_view filter);

  /// The same for the window of an event condition.
  std::vector<std::string> foundInWindow(std::string_view window, std::string_view zone = "UTC");

  /// The message of the first problem.
  std::string message(std::string_view json, std::string_view parameters = "");

  /// The checked condition of a segment that must be free of problems.
  Condition condition(std::string_view json);

  Interner interner_;
  JsonReader reader_;
  TableZones source_ = fewZones();
  ZoneRegistry zones_{&source_};
};

using Found = std::vector<std::string>;

/// A segment `s` with this condition; `more` is put before it ("\"timezone\":\"UTC\",").
std::string segment(std::string_view condition, std::string_view more = "");

/// A condition that is right: some event happened.
inline constexpr std::string_view kHappened = R"({"kind":"event","event":"A"})";

/// `text` so many times.
std::string repeated(std::string_view text, size_t count);

}  // namespace fosterflow

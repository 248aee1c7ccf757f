#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bridge.h"
#include "contact/directory.h"
#include "memory_reserve.h"
#include "values/json_reader.h"

namespace fosterflow {

struct ExplanationCache;

/// The set of segments in force as it was given: an explanation is of the rule as written.
struct GivenDefinitions {
  std::string json;
  std::string parameters;
  std::vector<size_t> places;  ///< by segment of the plan: its place in the list
};

/// What of a bridge's insides explanations need (bridge_explain.cpp). They are apart from the
/// bridge's other calls so that a module can be built without them.
struct ExplanationSource {
  Interner& interner;
  ZoneRegistry& zones;
  JsonReader& json;
  MemoryReserve& reserve;
  const std::shared_ptr<const Plan>& plan;
  const GivenDefinitions& given;
  std::shared_ptr<ExplanationCache>& cache;  ///< empty until something is explained
  std::string& response;
  const Directory* directory;  ///< nullptr: none is open

  /// Forgets what the call before had to tell.
  static ExplanationSource of(Bridge& bridge);
  /// The contact, awake; nullptr: `missing` says why.
  static const Contact* openContact(Bridge& bridge, int32_t contact, BridgeStatus& missing);
  static std::string_view input(const Bridge& bridge, uint32_t length);
};

}  // namespace fosterflow

#include "authoring/explained_segment.h"

#include <algorithm>
#include <string>

namespace fosterflow {

namespace {

template <typename Entries>
size_t placeOf(const Entries& entries, std::string_view id) {
  const auto place = std::lower_bound(
      entries.begin(), entries.end(), id,
      [](const auto& entry, std::string_view wanted) { return entry.id < wanted; });
  return static_cast<size_t>(place - entries.begin());
}

}  // namespace

size_t ExplainedSegment::find(std::string_view id) const { return placeOf(set.definitions, id); }

std::unique_ptr<const ExplainedSegment> explainedSegment(const Plan& plan, uint32_t segment,
                                                         const std::vector<std::string_view>& texts,
                                                         std::string_view parameters,
                                                         Interner& interner, JsonReader& reader,
                                                         ZoneRegistry& zones) {
  std::vector<uint8_t> isNeeded(plan.segments.size());
  std::vector<size_t> needed = {segment};
  isNeeded[segment] = 1;
  std::string json = "[";
  for (size_t next = 0; next < needed.size(); ++next) {
    if (next > 0) json += ',';
    json += texts[needed[next]];
    for (const std::string& id : plan.segments[needed[next]].segmentsUsed) {
      const size_t used = placeOf(plan.segments, id);
      if (isNeeded[used] != 0) continue;
      isNeeded[used] = 1;
      needed.push_back(used);
    }
  }
  json += ']';
  auto explained = std::make_unique<ExplainedSegment>();
  explained->set =
      checkDefinitions(json, parameters, interner, reader, zones, UndeclaredOverrides::kIgnored);
  if (hasErrors(explained->set.problems)) return nullptr;
  explained->plan = buildPlan(explained->set, interner, zones, Retention::kAll, &explained->nodes);
  explained->index = explained->find(plan.segments[segment].id);
  return explained;
}

}  // namespace fosterflow

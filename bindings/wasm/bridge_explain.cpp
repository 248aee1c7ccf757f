#include <optional>

#include "authoring/explained_segment.h"
#include "authoring/explanation.h"
#include "bridge_implementation.h"
#include "language/definition_texts.h"
#include "language/wording.h"
#include "values/canonical_json.h"

namespace fosterflow {

/// The segment that was explained last, since others of a page or of a list of contacts mostly ask
/// for the same.
struct ExplanationCache {
  std::shared_ptr<const Plan> plan;     // that the rest is of
  std::vector<std::string_view> texts;  // by its segments
  uint32_t segment = 0;
  std::unique_ptr<const ExplainedSegment> explained;
};

namespace {

// What the plan of one segment may take, per byte of its definitions (as of `define`), and what the
// explanation itself may.
constexpr size_t kBytesPerDefinitionByte = 80;
constexpr size_t kExplanationBytes = 2 * kMaxBytesWithEvents;

}  // namespace

BridgeStatus Bridge::Implementation::findExplained(const Contact& contact, int32_t segmentIndex,
                                                   const ExplainedSegment*& found) {
  const auto segment = static_cast<uint32_t>(segmentIndex);
  if (segment >= plan->segments.size()) return BridgeStatus::kUnknownHandle;
  if (!reserve.couldAllocate(given.json.size() * kBytesPerDefinitionByte + kExplanationBytes)) {
    return BridgeStatus::kOutOfMemory;
  }
  if (explained == nullptr || explained->plan != plan) {
    explained = std::make_shared<ExplanationCache>();
    explained->plan = plan;
    const std::vector<std::string_view> asGiven = definitionTexts(given.json);
    for (const size_t place : given.places) explained->texts.push_back(asGiven[place]);
  }
  ExplanationCache& cache = *explained;
  if (cache.explained == nullptr || cache.segment != segment) {
    cache.explained = nullptr;
    cache.explained =
        explainedSegment(*plan, segment, cache.texts, given.parameters, interner, json, zones);
    cache.segment = segment;
  }
  found = cache.explained.get();
  if (found == nullptr) return BridgeStatus::kOutOfMemory;
  const size_t events = contact.history().events().size() * sizeof(TimedEvent);
  const bool isRoom =
      reserve.couldAllocate(found->plan->streams.size() * events + kExplanationBytes);
  return isRoom ? BridgeStatus::kOk : BridgeStatus::kOutOfMemory;
}

BridgeStatus Bridge::Implementation::explain(const Contact& contact, int32_t segment, Instant at,
                                             std::string_view language) {
  const Catalogue* catalogue = language.empty() ? &englishCatalogue() : findCatalogue(language);
  if (catalogue == nullptr) {
    response += "{\"message\":";
    appendJsonText(response, unknownNameSentence("language", language, kLanguageCodes));
    response += '}';
    return BridgeStatus::kRefused;
  }
  const ExplainedSegment* found = nullptr;
  const BridgeStatus status = findExplained(contact, segment, found);
  if (status != BridgeStatus::kOk) return status;
  appendExplanation(response, *found, contact, at, zones, *catalogue);
  return BridgeStatus::kOk;
}

BridgeStatus Bridge::explain(int32_t contact, int32_t segmentIndex, double at, double now,
                             uint32_t languageLength) {
  Implementation& self = *implementation_;
  self.begin();
  OpenContact* open = self.find(contact);
  if (open == nullptr) return self.missing;
  if (!self.wake(*open)) return BridgeStatus::kOutOfMemory;
  const bool hasClock = open->contact->clock() >= kMinInstant;
  const Instant clock = hasClock ? open->contact->clock() : instantOf(now).value_or(0);
  return self.explain(*open->contact, segmentIndex, instantOf(at).value_or(clock),
                      self.input.text(languageLength));
}

BridgeStatus Bridge::timeline(int32_t contact, int32_t segmentIndex, double from, double to) {
  Implementation& self = *implementation_;
  self.begin();
  OpenContact* open = self.find(contact);
  if (open == nullptr) return self.missing;
  if (!self.wake(*open)) return BridgeStatus::kOutOfMemory;
  const std::optional<Instant> first = instantOf(from);
  const std::optional<Instant> last = instantOf(to);
  if (!first || !last) return BridgeStatus::kRefused;
  const ExplainedSegment* explained = nullptr;
  const BridgeStatus status = self.findExplained(*open->contact, segmentIndex, explained);
  if (status != BridgeStatus::kOk) return status;
  const auto changes = open->contact->timeline(
      *explained->plan, static_cast<uint32_t>(explained->index), *first, *last);
  if (!changes) return BridgeStatus::kRefused;
  std::string& response = self.response;
  response += '[';
  for (const MembershipChange& change : *changes) {
    if (response.size() > 1) response += ',';
    response +=
        change.entered ? "{\"change\":\"entered\",\"at\":" : "{\"change\":\"exited\",\"at\":";
    appendJsonInteger(response, change.at);
    response += '}';
  }
  response += ']';
  return BridgeStatus::kOk;
}

BridgeStatus Bridge::explainInDirectory(uint32_t idLength, int32_t segmentIndex, double at) {
  Implementation& self = *implementation_;
  self.begin();
  if (!self.directory) return BridgeStatus::kUnknownHandle;
  const Contact* contact = self.directory->contactOf(self.input.text(idLength));
  if (contact == nullptr) return BridgeStatus::kOk;
  return self.explain(*contact, segmentIndex,
                      instantOf(at).value_or(self.directory->latest().value_or(0)), "");
}

}  // namespace fosterflow

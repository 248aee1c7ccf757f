#include <optional>

#include "authoring/explained_segment.h"
#include "authoring/explanation.h"
#include "bridge_implementation.h"
#include "language/definition_texts.h"
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

const ExplainedSegment* explainedSegmentOf(ExplanationSource& source, uint32_t segment) {
  if (source.cache == nullptr || source.cache->plan != source.plan) {
    source.cache = std::make_shared<ExplanationCache>();
    source.cache->plan = source.plan;
    const std::vector<std::string_view> asGiven = definitionTexts(source.given.json);
    for (const size_t place : source.given.places) source.cache->texts.push_back(asGiven[place]);
  }
  ExplanationCache& cache = *source.cache;
  if (cache.explained == nullptr || cache.segment != segment) {
    cache.explained = nullptr;
    cache.explained = explainedSegment(*source.plan, segment, cache.texts, source.given.parameters,
                                       source.interner, source.json, source.zones);
    cache.segment = segment;
  }
  return cache.explained.get();
}

// Finds the segment with its own plan in `explained`, when there is memory to evaluate it.
BridgeStatus prepare(ExplanationSource& source, const Contact& contact, int32_t segmentIndex,
                     const ExplainedSegment*& explained) {
  const auto segment = static_cast<uint32_t>(segmentIndex);
  if (segment >= source.plan->segments.size()) return BridgeStatus::kUnknownHandle;
  if (!source.reserve.couldAllocate(source.given.json.size() * kBytesPerDefinitionByte +
                                    kExplanationBytes)) {
    return BridgeStatus::kOutOfMemory;
  }
  explained = explainedSegmentOf(source, segment);
  if (explained == nullptr) return BridgeStatus::kOutOfMemory;
  const size_t events = contact.history().events().size() * sizeof(TimedEvent);
  const bool isRoom =
      source.reserve.couldAllocate(explained->plan->streams.size() * events + kExplanationBytes);
  return isRoom ? BridgeStatus::kOk : BridgeStatus::kOutOfMemory;
}

BridgeStatus explainContact(ExplanationSource& source, const Contact& contact, int32_t segmentIndex,
                            Instant at) {
  const ExplainedSegment* explained = nullptr;
  const BridgeStatus status = prepare(source, contact, segmentIndex, explained);
  if (status != BridgeStatus::kOk) return status;
  appendExplanation(source.response, *explained, contact, at, source.zones, englishCatalogue());
  return BridgeStatus::kOk;
}

}  // namespace

BridgeStatus Bridge::explain(int32_t contact, int32_t segmentIndex, double at, double now) {
  ExplanationSource source = ExplanationSource::of(*this);
  BridgeStatus missing = BridgeStatus::kOk;
  const Contact* open = ExplanationSource::openContact(*this, contact, missing);
  if (open == nullptr) return missing;
  const bool hasClock = open->clock() >= kMinInstant;
  const Instant clock = hasClock ? open->clock() : instantOf(now).value_or(0);
  return explainContact(source, *open, segmentIndex, instantOf(at).value_or(clock));
}

BridgeStatus Bridge::timeline(int32_t contact, int32_t segmentIndex, double from, double to) {
  ExplanationSource source = ExplanationSource::of(*this);
  BridgeStatus missing = BridgeStatus::kOk;
  const Contact* open = ExplanationSource::openContact(*this, contact, missing);
  if (open == nullptr) return missing;
  const std::optional<Instant> first = instantOf(from);
  const std::optional<Instant> last = instantOf(to);
  if (!first || !last) return BridgeStatus::kRefused;
  const ExplainedSegment* explained = nullptr;
  const BridgeStatus status = prepare(source, *open, segmentIndex, explained);
  if (status != BridgeStatus::kOk) return status;
  const auto changes =
      open->timeline(*explained->plan, static_cast<uint32_t>(explained->index), *first, *last);
  if (!changes) return BridgeStatus::kRefused;
  std::string& response = source.response;
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
  ExplanationSource source = ExplanationSource::of(*this);
  if (source.directory == nullptr) return BridgeStatus::kUnknownHandle;
  const Contact* contact = source.directory->contactOf(ExplanationSource::input(*this, idLength));
  if (contact == nullptr) return BridgeStatus::kOk;
  return explainContact(source, *contact, segmentIndex,
                        instantOf(at).value_or(source.directory->latest().value_or(0)));
}

}  // namespace fosterflow

// The sets of segments that an audience is asked about: the one in force, a draft, a metric.

#include <algorithm>

#include "audience_bridge_implementation.h"
#include "language/limits.h"
#include "response_writer.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

// As of Bridge::define.
constexpr size_t kPlanBytesPerDefinitionByte = 80;

// Problems of a definition that was put into a list, as if it stood alone.
void stripPath(std::vector<Problem>& problems, std::string_view start) {
  for (Problem& problem : problems) {
    if (problem.path.compare(0, start.size(), start) == 0) problem.path.erase(0, start.size());
  }
}

}  // namespace

std::shared_ptr<const Plan> AudienceBridge::Implementation::planFor(
    std::string_view definitionsJson, std::string_view overrides, std::string_view strippedPath,
    DefinitionSet& set) {
  set = checkDefinitions(
      definitionsJson, overrides, interner, json, zones,
      strippedPath.empty() ? UndeclaredOverrides::kRefused : UndeclaredOverrides::kIgnored);
  stripPath(set.problems, strippedPath);
  response += "{\"problems\":";
  appendProblems(response, set.problems);
  if (hasErrors(set.problems)) return nullptr;
  return buildPlan(set, interner, zones);
}

BridgeStatus AudienceBridge::define(uint32_t segmentsLength, uint32_t parametersLength) {
  Implementation& self = *implementation_;
  self.response.clear();
  const std::string_view segments = self.input.text(segmentsLength);
  const std::string_view parameters = self.input.text(parametersLength, segmentsLength);
  if (!self.reserve.couldAllocate(segments.size() * kPlanBytesPerDefinitionByte)) {
    return BridgeStatus::kOutOfMemory;
  }
  DefinitionSet set;
  std::shared_ptr<const Plan> plan = self.planFor(segments, parameters, "", set);
  if (plan == nullptr) {
    self.response += '}';
    return BridgeStatus::kRefused;
  }
  ValueTree given(&self.interner);
  self.json.read(segments, kMaxDefinitionJsonDepth, given);
  std::vector<std::string> texts;
  const auto addText = [&](const ValueNode& definition) {
    texts.emplace_back();
    appendCanonicalJson(texts.back(), &definition, self.interner);
  };
  if (given.root()->type == ValueType::kArray) {
    for (const ValueNode& definition : ValueChildren(given.root())) addText(definition);
  } else {
    addText(*given.root());
  }
  self.definitions.clear();
  for (const size_t place : set.places) self.definitions.push_back(texts[place]);
  self.parameters = parameters;
  const std::shared_ptr<const Plan> before = std::exchange(self.plan, std::move(plan));
  self.draft = nullptr;
  self.response += ",\"changed\":";
  appendChanged(self.response, before.get(), *self.plan);
  self.response += ",\"segments\":";
  appendSegments(self.response, *self.plan);
  self.response += '}';
  return BridgeStatus::kOk;
}

void AudienceBridge::Implementation::addUsed(uint32_t segment, std::vector<uint8_t>& isNeeded) {
  if (isNeeded[segment] != 0) return;
  isNeeded[segment] = 1;
  for (const std::string& used : plan->segments[segment].segmentsUsed) {
    const auto entry =
        std::lower_bound(plan->segments.begin(), plan->segments.end(), used,
                         [](const SegmentPlan& one, const std::string& id) { return one.id < id; });
    if (entry != plan->segments.end() && entry->id == used) {
      addUsed(static_cast<uint32_t>(entry - plan->segments.begin()), isNeeded);
    }
  }
}

// Any text that is a segment's id may be a reference to it; one too many does no harm.
void AudienceBridge::Implementation::addNeeded(const ValueNode& tree, const std::string& except,
                                               std::vector<uint8_t>& isNeeded) {
  const ValueNode* node = &tree;
  for (uint32_t index = 0; index < spanOf(tree); ++index, ++node) {
    if (node->type != ValueType::kText) continue;
    const std::string_view id = interner.text(node->text);
    const auto entry = std::lower_bound(
        plan->segments.begin(), plan->segments.end(), id,
        [](const SegmentPlan& one, std::string_view wanted) { return one.id < wanted; });
    if (entry == plan->segments.end() || entry->id != id || id == except) continue;
    addUsed(static_cast<uint32_t>(entry - plan->segments.begin()), isNeeded);
  }
}

BridgeStatus AudienceBridge::draft(uint32_t length) {
  Implementation& self = *implementation_;
  self.response.clear();
  const std::string_view text = self.input.text(length);
  if (!self.reserve.couldAllocate(text.size() * kPlanBytesPerDefinitionByte)) {
    return BridgeStatus::kOutOfMemory;
  }
  ValueTree tree(&self.interner);
  self.json.read(text, kMaxDefinitionJsonDepth, tree);
  // The id that it says it has; what else is wrong, the check below tells.
  std::string id;
  if (tree.root() != nullptr && tree.root()->type == ValueType::kObject) {
    const Symbol key = self.interner.intern("id");
    for (const ValueNode& member : ValueChildren(tree.root())) {
      if (member.key == key && member.type == ValueType::kText)
        id = self.interner.text(member.text);
    }
    self.interner.release(key);
  }
  std::vector<uint8_t> isNeeded(self.definitions.size());
  if (tree.root() != nullptr) self.addNeeded(*tree.root(), id, isNeeded);
  std::string all = "[";
  all += text;
  bool isInForce = false;
  self.currentSegment = -1;
  for (size_t segment = 0; segment < isNeeded.size(); ++segment) {
    const bool isOwn = self.plan->segments[segment].id == id;
    if (isOwn) self.currentSegment = static_cast<int32_t>(segment);
    isInForce = isInForce || isOwn;
    if (isNeeded[segment] == 0 || isOwn) continue;
    all += ',';
    all += self.definitions[segment];
  }
  all += ']';
  // What is no JSON value of its own must not become one among others.
  const bool isDefinition = tree.root() != nullptr && tree.root()->type == ValueType::kObject;
  DefinitionSet set;
  self.draft = isDefinition ? self.planFor(all, self.parameters, "/0", set)
                            : self.planFor(text, self.parameters, "", set);
  if (!isDefinition) self.draft = nullptr;
  if (self.draft == nullptr) {
    self.response += '}';
    return BridgeStatus::kRefused;
  }
  self.draftSegment = -1;
  for (size_t segment = 0; segment < set.places.size(); ++segment) {
    if (set.places[segment] == 0) self.draftSegment = static_cast<int32_t>(segment);
  }
  self.response += ",\"segment\":";
  appendJsonInteger(self.response, self.draftSegment);
  self.response += ",\"current\":";
  appendJsonInteger(self.response, self.currentSegment);
  self.response += '}';
  return BridgeStatus::kOk;
}

BridgeStatus AudienceBridge::metric(uint32_t metricLength, uint32_t zoneLength) {
  Implementation& self = *implementation_;
  self.response.clear();
  const std::string_view text = self.input.text(metricLength);
  const std::string zone(self.input.text(zoneLength, metricLength));
  ValueTree tree(&self.interner);
  const JsonError error = self.json.read(text, kMaxDefinitionJsonDepth, tree);
  std::string definition = R"({"version":1,"id":"metric","name":"Metric")";
  if (!zone.empty()) appendTextMember(definition, ",\"timezone\":", zone);
  definition += R"(,"when":{"kind":"compare","left":{"metric":)";
  definition += error == JsonError::kNone ? text : std::string_view("null");
  definition += R"(},"op":"gte","right":0}})";
  DefinitionSet set;
  self.metric = self.planFor(definition, "", "/when/left/metric", set);
  self.response += '}';
  return self.metric == nullptr ? BridgeStatus::kRefused : BridgeStatus::kOk;
}

}  // namespace fosterflow

// What an audience answers.

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "audience/distribution.h"
#include "audience_bridge_implementation.h"
#include "input_instant.h"
#include "values/canonical_json.h"

namespace fosterflow {

const std::shared_ptr<const Plan>* AudienceBridge::Implementation::planOf(int32_t set,
                                                                          int32_t segment) const {
  const std::shared_ptr<const Plan>& chosen = set == 0 ? plan : set == 1 ? draft : metric;
  if (chosen == nullptr || segment < 0) return nullptr;
  return static_cast<size_t>(segment) < chosen->segments.size() ? &chosen : nullptr;
}

bool AudienceBridge::Implementation::canAnswer(const Plan& asked) {
  const size_t slots = audience->store().slotCount();
  // Two bitmaps kept and a few on the way for each condition, an attribute's codes, a sample's
  // places.
  const size_t bitmaps = std::min<size_t>(asked.nodes.size() * 2 + 64, 1024) * slots / 8;
  const size_t columns = asked.attributes.size() * slots * sizeof(uint32_t) +
                         asked.sampleNodes.size() * slots * sizeof(double) +
                         asked.datedAttributes.size() * slots * 2 * sizeof(Instant);
  const size_t slices = audience->bytesToSlice(asked);
  audience->setMaySlice(reserve.couldAllocate(bitmaps + columns + slices));
  return reserve.couldAllocate(bitmaps + columns);
}

Bitmap AudienceBridge::Implementation::membersOf(const std::shared_ptr<const Plan>& asked,
                                                 int32_t segment, Instant at) {
  return audience->members(asked, static_cast<uint32_t>(segment), at);
}

bool AudienceBridge::Implementation::canAnswerWithin(int32_t set, int32_t segment) {
  if (segment < 0) return true;
  const std::shared_ptr<const Plan>* chosen = planOf(set, segment);
  return chosen != nullptr && canAnswer(**chosen);
}

std::optional<Bitmap> AudienceBridge::Implementation::within(int32_t set, int32_t segment,
                                                             Instant at) {
  if (segment < 0) return std::nullopt;
  return membersOf(*planOf(set, segment), segment, at);
}

void AudienceBridge::Implementation::appendIds(const Bitmap& members, uint32_t limit,
                                               const std::string_view* after) {
  response += '[';
  bool isFirst = true;
  for (const std::string_view id : audience->page(members, after, limit)) {
    if (!isFirst) response += ',';
    isFirst = false;
    appendJsonText(response, id);
  }
  response += ']';
}

double AudienceBridge::count(int32_t set, int32_t segment, double at) {
  Implementation& self = *implementation_;
  self.response.clear();
  const std::optional<Instant> instant = instantOf(at);
  const auto* plan = self.planOf(set, segment);
  if (plan == nullptr || !instant) return std::nan("");
  if (!self.canAnswer(**plan)) return -1;
  return static_cast<double>(self.membersOf(*plan, segment, *instant).count());
}

BridgeStatus AudienceBridge::counts(double at) {
  Implementation& self = *implementation_;
  self.response.clear();
  const std::optional<Instant> instant = instantOf(at);
  if (!instant) return BridgeStatus::kUnknownHandle;
  if (!self.canAnswer(*self.plan)) return BridgeStatus::kOutOfMemory;
  self.response += '[';
  for (const uint32_t count : self.audience->counts(self.plan, *instant)) {
    if (self.response.size() > 1) self.response += ',';
    appendJsonInteger(self.response, count);
  }
  self.response += ']';
  return BridgeStatus::kOk;
}

BridgeStatus AudienceBridge::members(int32_t set, int32_t segment, double at, uint32_t limit,
                                     int32_t hasAfter, uint32_t afterLength) {
  Implementation& self = *implementation_;
  self.response.clear();
  const std::optional<Instant> instant = instantOf(at);
  const auto* plan = self.planOf(set, segment);
  if (plan == nullptr || !instant) return BridgeStatus::kUnknownHandle;
  if (!self.canAnswer(**plan)) return BridgeStatus::kOutOfMemory;
  const std::string_view after = self.input.text(afterLength);
  self.appendIds(self.membersOf(*plan, segment, *instant), limit, hasAfter != 0 ? &after : nullptr);
  return BridgeStatus::kOk;
}

BridgeStatus AudienceBridge::overlap(int32_t first, int32_t second, double at) {
  Implementation& self = *implementation_;
  self.response.clear();
  const std::optional<Instant> instant = instantOf(at);
  if (!instant || self.planOf(0, first) == nullptr || self.planOf(0, second) == nullptr) {
    return BridgeStatus::kUnknownHandle;
  }
  if (!self.canAnswer(*self.plan)) return BridgeStatus::kOutOfMemory;
  Bitmap ofFirst = self.membersOf(self.plan, first, *instant);
  const Bitmap ofSecond = self.membersOf(self.plan, second, *instant);
  self.response += "{\"first\":";
  appendJsonInteger(self.response, static_cast<int64_t>(ofFirst.count()));
  self.response += ",\"second\":";
  appendJsonInteger(self.response, static_cast<int64_t>(ofSecond.count()));
  ofFirst &= ofSecond;
  self.response += ",\"both\":";
  appendJsonInteger(self.response, static_cast<int64_t>(ofFirst.count()));
  self.response += '}';
  return BridgeStatus::kOk;
}

BridgeStatus AudienceBridge::impact(double at, uint32_t limit, int32_t hasAfter,
                                    uint32_t afterLength) {
  Implementation& self = *implementation_;
  self.response.clear();
  const std::optional<Instant> instant = instantOf(at);
  const auto* draft = self.planOf(1, self.draftSegment);
  if (draft == nullptr || !instant) return BridgeStatus::kUnknownHandle;
  if (!self.canAnswer(**draft) || !self.canAnswer(*self.plan)) return BridgeStatus::kOutOfMemory;
  const std::string_view text = self.input.text(afterLength);
  const std::string_view* after = hasAfter != 0 ? &text : nullptr;
  const Bitmap later = self.membersOf(*draft, self.draftSegment, *instant);
  const Bitmap before = self.currentSegment < 0
                            ? Bitmap(later.size())
                            : self.membersOf(self.plan, self.currentSegment, *instant);
  Bitmap entering = later;
  entering -= before;
  Bitmap leaving = before;
  leaving -= later;
  const auto appendSide = [&](const char* name, const Bitmap& side) {
    self.response += name;
    self.response += "{\"count\":";
    appendJsonInteger(self.response, static_cast<int64_t>(side.count()));
    self.response += ",\"members\":";
    self.appendIds(side, limit, after);
    self.response += '}';
  };
  self.response += "{\"before\":";
  appendJsonInteger(self.response, static_cast<int64_t>(before.count()));
  self.response += ",\"after\":";
  appendJsonInteger(self.response, static_cast<int64_t>(later.count()));
  appendSide(",\"entering\":", entering);
  appendSide(",\"leaving\":", leaving);
  self.response += '}';
  return BridgeStatus::kOk;
}

BridgeStatus AudienceBridge::distribution(double at, uint32_t bucketCount, uint32_t boundCount,
                                          int32_t withinSet, int32_t withinSegment) {
  Implementation& self = *implementation_;
  self.response.clear();
  const std::optional<Instant> instant = instantOf(at);
  const auto* plan = self.planOf(2, 0);
  if (plan == nullptr || !instant) return BridgeStatus::kUnknownHandle;
  const size_t slots = self.audience->store().slotCount();
  if (!self.canAnswer(**plan) || !self.canAnswerWithin(withinSet, withinSegment) ||
      !self.reserve.couldAllocate(slots * 2 * sizeof(double))) {
    return BridgeStatus::kOutOfMemory;
  }
  std::vector<double> bounds(boundCount);
  const std::string_view given = self.input.text(boundCount * sizeof(double));
  if (!given.empty()) std::memcpy(bounds.data(), given.data(), given.size());
  const std::optional<Bitmap> within = self.within(withinSet, withinSegment, *instant);
  const std::vector<double> values =
      self.audience->values(*plan, 0, *instant, within ? &*within : nullptr);
  const size_t contacts = within ? within->count() : self.audience->store().contactCount();
  self.response += "{\"contacts\":";
  appendJsonInteger(self.response, static_cast<int64_t>(values.size()));
  self.response += ",\"missing\":";
  appendJsonInteger(self.response,
                    static_cast<int64_t>(contacts) - static_cast<int64_t>(values.size()));
  if (!values.empty()) appendDistribution(self.response, values, std::move(bounds), bucketCount);
  self.response += '}';
  return BridgeStatus::kOk;
}

double AudienceBridge::quantile(double q, double at, int32_t withinSet, int32_t withinSegment) {
  Implementation& self = *implementation_;
  self.response.clear();
  const std::optional<Instant> instant = instantOf(at);
  const auto* plan = self.planOf(2, 0);
  if (plan == nullptr || !instant || !(q >= 0 && q <= 1)) return std::nan("");
  if (!self.canAnswerWithin(withinSet, withinSegment)) return std::nan("");
  const std::optional<Bitmap> within = self.within(withinSet, withinSegment, *instant);
  std::vector<double> values =
      self.audience->values(*plan, 0, *instant, within ? &*within : nullptr);
  return values.empty() ? std::nan("") : quantileOf(values, q);
}

}  // namespace fosterflow

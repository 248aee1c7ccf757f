#include "bridge.h"

#include <cmath>
#include <iterator>
#include <optional>
#include <utility>

#include "bridge_implementation.h"
#include "contact/lines.h"
#include "language/definition_set.h"
#include "snapshot/snapshot_writer.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

// What a definition may need while it is checked and planned, per byte of its JSON: 66 were seen
// for many small conditions.
constexpr size_t kPlanBytesPerDefinitionByte = 80;

}  // namespace

Bridge::Bridge(ZoneSource* zones) : implementation_(std::make_unique<Implementation>(zones)) {}
Bridge::~Bridge() = default;

uintptr_t Bridge::reserveInput(uint32_t bytes) { return implementation_->input.reserve(bytes); }

uintptr_t Bridge::responseAddress() const {
  return reinterpret_cast<uintptr_t>(implementation_->response.data());
}

uint32_t Bridge::responseLength() const {
  return static_cast<uint32_t>(implementation_->response.size());
}

uintptr_t Bridge::deltaAddress() const {
  return reinterpret_cast<uintptr_t>(implementation_->rows.data());
}

uint32_t Bridge::deltaCount() const { return static_cast<uint32_t>(implementation_->rows.size()); }

BridgeStatus Bridge::define(uint32_t segmentsLength, uint32_t parametersLength) {
  Implementation& self = *implementation_;
  self.begin();
  const std::string_view segments = self.input.text(segmentsLength);
  const std::string_view parameters = self.input.text(parametersLength, segmentsLength);
  if (!self.reserve.couldAllocate(segments.size() * kPlanBytesPerDefinitionByte)) {
    return BridgeStatus::kOutOfMemory;
  }
  const DefinitionSet set =
      checkDefinitions(segments, parameters, self.interner, self.json, self.zones);
  self.response += "{\"problems\":";
  appendProblems(self.response, set.problems);
  if (hasErrors(set.problems)) {
    self.response += '}';
    return BridgeStatus::kRefused;
  }
  const std::shared_ptr<const Plan> before =
      std::exchange(self.plan, buildPlan(set, self.interner, self.zones, self.retention));
  self.given.json = segments;
  self.given.parameters = parameters;
  self.given.places = set.places;
  self.set = SetName(*self.plan);
  self.response += ",\"changed\":";
  appendChanged(self.response, before.get(), *self.plan);
  self.response += ",\"segments\":";
  appendSegments(self.response, *self.plan);
  self.response += '}';
  return BridgeStatus::kOk;
}

int32_t Bridge::openContact(uint32_t idLength) {
  Implementation& self = *implementation_;
  self.begin();
  const std::string_view id = self.input.text(idLength);
  if (id.empty() || !self.reserve.isWhole()) return -1;
  const Symbol symbol = self.interner.intern(id);
  OpenContact open;
  open.contact = std::make_unique<Contact>(&self.interner, &self.zones, symbol);
  open.contact->setPlan(self.plan, open.waiting);
  self.interner.release(symbol);  // the contact holds its own reference
  return self.add(std::move(open));
}

BridgeStatus Bridge::closeContact(int32_t contact) {
  Implementation& self = *implementation_;
  self.begin();
  const auto index = static_cast<size_t>(contact);
  if (contact < 0 || index >= self.contacts.size() || self.contacts[index].contact == nullptr) {
    return BridgeStatus::kUnknownHandle;
  }
  self.forget(self.contacts[index]);
  self.packedBytes -= self.contacts[index].packedBytes;
  self.contacts[index] = OpenContact();
  self.freeHandles.push_back(contact);
  --self.openCount;
  return BridgeStatus::kOk;
}

BridgeStatus Bridge::apply(int32_t contact, uint32_t length, double now) {
  Implementation& self = *implementation_;
  self.begin();
  OpenContact* open = self.find(contact);
  if (open == nullptr) return self.missing;
  if (!self.couldWake(*open)) return BridgeStatus::kOutOfMemory;
  if (!open->waiting.empty()) self.deltas = std::exchange(open->waiting, {});
  std::vector<LineNotice> notices;
  const std::optional<Instant> clock = instantOf(now);
  if (clock) open->contact->advanceTo(*clock, self.deltas);
  Lines lines(self.input.text(length));
  std::string_view line;
  Message message;
  while (lines.next(line)) {
    Refusal refusal = self.readMessage(line, message);
    if (refusal == Refusal::kNone && !clock && !message.timestamp) {
      refusal = Refusal::kMissingTimestamp;
    }
    if (refusal == Refusal::kNone) {
      refusal = open->contact->apply(message, clock.value_or(0), self.deltas);
    }
    if (refusal != Refusal::kNone || message.wasCut) notices.push_back({lines.number(), refusal});
  }
  self.respond(notices);
  self.used(*open);
  return BridgeStatus::kOk;
}

BridgeStatus Bridge::join(int32_t contact, int32_t other, uint32_t length, double now) {
  Implementation& self = *implementation_;
  self.begin();
  OpenContact* joined = self.find(other);
  if (joined == nullptr) return self.missing;
  OpenContact* open = self.find(contact);
  if (open == nullptr) return self.missing;
  if (contact == other) return BridgeStatus::kUnknownHandle;
  if (!self.couldWake(*open) || !self.couldWake(*joined)) return BridgeStatus::kOutOfMemory;
  Message message;
  Refusal refusal = self.readMessage(self.input.text(length), message);
  if (refusal == Refusal::kNone) {
    const Identity& own = open->contact->identity();
    const Identity& theirs = joined->contact->identity();
    const bool joinsBoth =
        message.type == MessageType::kAlias &&
        ((own.contains(message.contact) && theirs.contains(message.previousId)) ||
         (own.contains(message.previousId) && theirs.contains(message.contact)));
    if (!joinsBoth) refusal = Refusal::kOtherContact;
  }
  if (refusal == Refusal::kNone) {
    for (OpenContact* side : {open, joined}) {
      self.deltas.insert(self.deltas.end(), std::make_move_iterator(side->waiting.begin()),
                         std::make_move_iterator(side->waiting.end()));
      side->waiting.clear();
      if (const std::optional<Instant> clock = instantOf(now)) {
        side->contact->advanceTo(*clock, self.deltas);
      }
      side->contact->wake(self.deltas);
    }
    open->contact->applyAlias(message, *joined->contact, self.deltas);
    self.used(*open);
    self.respond({});
  } else {
    self.respond({{1, refusal}});
  }
  return BridgeStatus::kOk;
}

BridgeStatus Bridge::advanceTo(int32_t contact, double now) { return apply(contact, 0, now); }

double Bridge::nextChangeAt(int32_t contact) {
  Implementation& self = *implementation_;
  OpenContact* open = self.find(contact);
  if (open == nullptr) return std::nan("");
  if (!open->contact->isNextChangeKnown()) self.wake(*open);
  const std::optional<Instant> next = open->contact->nextChangeAt();
  return next ? static_cast<double>(*next) : std::nan("");
}

int32_t Bridge::has(int32_t contact, int32_t segmentIndex) {
  OpenContact* open = implementation_->find(contact);
  const auto segment = static_cast<uint32_t>(segmentIndex);
  if (open == nullptr || segment >= implementation_->plan->segments.size()) return -1;
  return open->contact->has(segment) ? 1 : 0;
}

BridgeStatus Bridge::memberships(int32_t contact) {
  Implementation& self = *implementation_;
  self.begin();
  OpenContact* open = self.find(contact);
  if (open == nullptr) return self.missing;
  const std::vector<Instant>& since = open->contact->since();
  self.response += '[';
  for (size_t segment = 0; segment < since.size(); ++segment) {
    if (since[segment] == kNever) continue;
    appendTextMember(self.response, self.response.size() == 1 ? "{\"segment\":" : ",{\"segment\":",
                     self.plan->segments[segment].id);
    self.response += ",\"since\":";
    appendJsonInteger(self.response, since[segment]);
    self.response += '}';
  }
  self.response += ']';
  return BridgeStatus::kOk;
}

int32_t Bridge::openContactCount() const { return implementation_->openCount; }

BridgeStatus Bridge::openDirectory(int32_t live) {
  Implementation& self = *implementation_;
  self.begin();
  self.directory.emplace(&self.interner, &self.zones, self.plan, live != 0);
  self.nextLine = 1;
  return BridgeStatus::kOk;
}

BridgeStatus Bridge::closeDirectory() {
  implementation_->begin();
  implementation_->directory.reset();
  return BridgeStatus::kOk;
}

BridgeStatus Bridge::ingest(uint32_t length) {
  Implementation& self = *implementation_;
  self.begin();
  if (!self.directory) return BridgeStatus::kUnknownHandle;
  std::vector<LineNotice> notices;
  Lines lines(self.input.text(length), self.nextLine);
  std::string_view line;
  Message message;
  while (lines.next(line)) {
    Refusal refusal = self.readMessage(line, message);
    if (refusal == Refusal::kNone) refusal = self.directory->accept(message);
    if (refusal != Refusal::kNone || message.wasCut) notices.push_back({lines.number(), refusal});
  }
  self.nextLine = lines.nextLine();
  self.deltas = self.directory->takeDeltas();
  self.respond(notices);
  return BridgeStatus::kOk;
}

BridgeStatus Bridge::limitUntil(double until) {
  Implementation& self = *implementation_;
  self.begin();
  if (!self.directory) return BridgeStatus::kUnknownHandle;
  if (const std::optional<Instant> limit = instantOf(until)) self.directory->limitUntil(*limit);
  return BridgeStatus::kOk;
}

BridgeStatus Bridge::finish() {
  Implementation& self = *implementation_;
  self.begin();
  if (!self.directory) return BridgeStatus::kUnknownHandle;
  self.directory->finish();
  self.deltas = self.directory->takeDeltas();
  self.respond({});
  return BridgeStatus::kOk;
}

BridgeStatus Bridge::evaluate(double at, int32_t withMembers) {
  Implementation& self = *implementation_;
  self.begin();
  const std::optional<Instant> instant = instantOf(at);
  if (!self.directory || !instant) return BridgeStatus::kUnknownHandle;
  const std::vector<std::vector<std::string_view>> members = self.directory->membersAt(*instant);
  self.response += '{';
  for (size_t segment = 0; segment < members.size(); ++segment) {
    if (segment > 0) self.response += ',';
    appendJsonText(self.response, self.plan->segments[segment].id);
    self.response += ":{\"count\":";
    appendJsonInteger(self.response, static_cast<int64_t>(members[segment].size()));
    if (withMembers != 0) {
      self.response += ",\"members\":[";
      for (size_t index = 0; index < members[segment].size(); ++index) {
        if (index > 0) self.response += ',';
        appendJsonText(self.response, members[segment][index]);
      }
      self.response += ']';
    }
    self.response += '}';
  }
  self.response += '}';
  return BridgeStatus::kOk;
}

BridgeStatus Bridge::directoryStatistics() {
  Implementation& self = *implementation_;
  self.begin();
  if (!self.directory) return BridgeStatus::kUnknownHandle;
  self.response += "{\"contacts\":";
  appendJsonInteger(self.response, static_cast<int64_t>(self.directory->contactCount()));
  self.response += ",\"messages\":";
  appendJsonInteger(self.response, static_cast<int64_t>(self.directory->messageCount()));
  self.response += ",\"lines\":";
  appendJsonInteger(self.response, static_cast<int64_t>(self.nextLine - 1));
  self.response += ",\"clock\":";
  const std::optional<Instant> latest = self.directory->latest();
  if (latest) {
    appendJsonInteger(self.response, *latest);
  } else {
    self.response += "null";
  }
  self.response += '}';
  return BridgeStatus::kOk;
}

}  // namespace fosterflow

#include "audience_bridge.h"

#include <cmath>
#include <utility>

#include "audience/message_loader.h"
#include "audience_bridge_implementation.h"
#include "contact/lines.h"
#include "input_instant.h"
#include "response_writer.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

// What a message may add to what is staged: its texts, and a chunk for some of its properties.
constexpr size_t kBytesPerLoadedByte = 16;

// A table of ids or texts that is full takes twice its memory anew, at once.
constexpr size_t kGrowthPerId = 40;
constexpr size_t kGrowthPerText = 48;

}  // namespace

AudienceBridge::Implementation::Implementation(ZoneSource* source)
    : zones(source),
      messages(&interner),
      audience(std::make_unique<Audience>(&interner, &zones)),
      plan(std::make_shared<Plan>(&interner)) {}

void AudienceBridge::Implementation::settle() {
  audience->store().settle();
  if (audience->store().wantsCompaction() &&
      reserve.couldAllocate(audience->store().bytesToCommit())) {
    audience->store().compact();
  }
}

AudienceBridge::AudienceBridge(ZoneSource* zones)
    : implementation_(std::make_unique<Implementation>(zones)) {}
AudienceBridge::~AudienceBridge() = default;

uintptr_t AudienceBridge::reserveInput(uint32_t bytes) {
  return implementation_->input.reserve(bytes);
}

uintptr_t AudienceBridge::responseAddress() const {
  return reinterpret_cast<uintptr_t>(implementation_->response.data());
}

uint32_t AudienceBridge::responseLength() const {
  return static_cast<uint32_t>(implementation_->response.size());
}

void AudienceBridge::setHashKey(uint32_t first, uint32_t second, uint32_t third, uint32_t fourth) {
  AudienceStore& store = implementation_->audience->store();
  if (store.messageCount() > 0) return;
  store.setHashKey({uint64_t{first} << 32 | second, uint64_t{third} << 32 | fourth});
}

BridgeStatus AudienceBridge::beginLoad() {
  Implementation& self = *implementation_;
  self.response.clear();
  if (!self.reserve.isWhole()) return BridgeStatus::kOutOfMemory;
  self.audience->store().beginLoad();
  self.isLoading = true;
  self.nextLine = 1;
  return BridgeStatus::kOk;
}

BridgeStatus AudienceBridge::ingest(uint32_t length) {
  Implementation& self = *implementation_;
  self.response.clear();
  if (!self.isLoading) return BridgeStatus::kUnknownHandle;
  const std::string_view text = self.input.text(length);
  const size_t growth =
      self.audience->store().idCount() * kGrowthPerId + self.interner.size() * kGrowthPerText;
  if (!self.reserve.couldAllocate(text.size() * kBytesPerLoadedByte + growth)) {
    return BridgeStatus::kOutOfMemory;
  }
  std::vector<LineNotice> notices;
  Lines lines(text, self.nextLine);
  std::string_view line;
  MessageLoader loader(self.audience->store(), self.messages);
  while (lines.next(line)) {
    bool wasCut = false;
    const Refusal refusal = loader.load(line, wasCut);
    if (refusal == Refusal::kOutOfMemory || !self.reserve.isWhole()) {
      return BridgeStatus::kOutOfMemory;
    }
    if (refusal != Refusal::kNone || wasCut) notices.push_back({lines.number(), refusal});
  }
  loader.flush();
  self.nextLine = lines.nextLine();
  if (!notices.empty()) appendNotices(self.response, notices);
  return BridgeStatus::kOk;
}

BridgeStatus AudienceBridge::commitLoad() {
  Implementation& self = *implementation_;
  self.response.clear();
  if (!self.isLoading) return BridgeStatus::kUnknownHandle;
  const size_t needed = self.audience->store().bytesToCommit();
  if (!self.reserve.couldAllocate(needed)) {
    self.response += "{\"needed\":";
    appendJsonInteger(self.response, static_cast<int64_t>(needed));
    self.response += '}';
    return BridgeStatus::kOutOfMemory;
  }
  self.audience->store().commitLoad();
  self.isLoading = false;
  return BridgeStatus::kOk;
}

BridgeStatus AudienceBridge::dropLoad() {
  Implementation& self = *implementation_;
  self.response.clear();
  // With nothing else there, ids and texts of the load need not stay either.
  if (self.audience->store().messageCount() == 0) return clear();
  self.audience->store().dropLoad();
  self.isLoading = false;
  return BridgeStatus::kOk;
}

BridgeStatus AudienceBridge::append(uint32_t length, double now) {
  Implementation& self = *implementation_;
  self.response.clear();
  const std::optional<Instant> clock = instantOf(now);
  if (self.isLoading || !clock) return BridgeStatus::kUnknownHandle;
  std::vector<LineNotice> notices;
  Lines lines(self.input.text(length));
  std::string_view line;
  Message message;
  while (lines.next(line)) {
    const bool isRoom = self.reserve.isWhole();
    const Refusal refusal = isRoom ? self.messages.read(line, message) : Refusal::kOutOfMemory;
    if (refusal == Refusal::kNone) {
      self.audience->store().receive(message, message.timestamp.value_or(*clock));
    }
    if (refusal != Refusal::kNone || message.wasCut) notices.push_back({lines.number(), refusal});
  }
  if (!notices.empty()) appendNotices(self.response, notices);
  self.settle();
  return BridgeStatus::kOk;
}

BridgeStatus AudienceBridge::clear() {
  Implementation& self = *implementation_;
  self.response.clear();
  const HashKey key = self.audience->store().hashKey();
  self.audience = nullptr;
  self.audience = std::make_unique<Audience>(&self.interner, &self.zones);
  self.audience->store().setHashKey(key);
  self.isLoading = false;
  return BridgeStatus::kOk;
}

BridgeStatus AudienceBridge::statistics() {
  Implementation& self = *implementation_;
  const AudienceStore& store = self.audience->store();
  self.response = "{\"contacts\":";
  appendJsonInteger(self.response, store.contactCount());
  self.response += ",\"events\":";
  appendJsonInteger(self.response, static_cast<int64_t>(store.eventCount()));
  self.response += ",\"messages\":";
  appendJsonInteger(self.response, static_cast<int64_t>(store.messageCount()));
  self.response += ",\"bytes\":";
  appendJsonInteger(self.response, static_cast<int64_t>(store.bytes()));
  self.response += ",\"lines\":";
  appendJsonInteger(self.response, static_cast<int64_t>(self.nextLine - 1));
  self.response += ",\"clock\":";
  if (const std::optional<Instant> latest = store.latest()) {
    appendJsonInteger(self.response, *latest);
  } else {
    self.response += "null";
  }
  self.response += '}';
  return BridgeStatus::kOk;
}

void AudienceBridge::forgetAnswers() { implementation_->audience->forgetAnswers(); }

int32_t AudienceBridge::textCount() const {
  return static_cast<int32_t>(implementation_->interner.size());
}

}  // namespace fosterflow

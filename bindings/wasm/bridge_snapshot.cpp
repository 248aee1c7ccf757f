#include <algorithm>
#include <utility>

#include "bridge_implementation.h"
#include "snapshot/snapshot_reader.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

// What opening a snapshot takes per byte of it: tables of what it names.
constexpr uint64_t kBytesPerSnapshotByte = 64;

size_t bytesToOpen(uint32_t snapshotLength) {
  return static_cast<size_t>(
      std::min<uint64_t>(snapshotLength * kBytesPerSnapshotByte, SIZE_MAX / 2));
}

void appendFault(std::string& out, const SnapshotFault& fault) {
  constexpr const char* kCodes[] = {"", "snapshot_damaged", "snapshot_version", "other_contact"};
  appendTextMember(out, "{\"code\":", kCodes[static_cast<size_t>(fault.error)]);
  appendTextMember(out, ",\"reason\":", fault.reason);
  out += ",\"place\":";
  appendJsonInteger(out, static_cast<int64_t>(fault.place));
  out += '}';
}

}  // namespace

int32_t Bridge::textCount() const { return static_cast<int32_t>(implementation_->interner.size()); }

BridgeStatus Bridge::setOrigin(uint32_t sourceLength, uint32_t epochLength) {
  Implementation& self = *implementation_;
  self.begin();
  self.origin.source = self.input.text(sourceLength);
  self.origin.epoch = self.input.text(epochLength, sourceLength);
  return BridgeStatus::kOk;
}

BridgeStatus Bridge::setRetention(int32_t retention) {
  implementation_->begin();
  implementation_->retention = retention == 0 ? Retention::kAll : Retention::kReferenced;
  return BridgeStatus::kOk;
}

int32_t Bridge::openSnapshot(uint32_t idLength, uint32_t snapshotLength) {
  Implementation& self = *implementation_;
  self.begin();
  const std::string_view id = self.input.text(idLength);
  if (id.empty() || !self.reserve.couldAllocate(bytesToOpen(snapshotLength))) return -1;
  const SnapshotHome home = {&self.interner, &self.zones, self.plan, &self.set, &self.origin};
  SnapshotFault fault;
  OpenContact open;
  open.contact = fosterflow::openSnapshot(self.input.text(snapshotLength, idLength), id, home,
                                          open.waiting, fault);
  if (open.contact == nullptr) {
    appendFault(self.response, fault);
    return -2;
  }
  if (open.contact->mustWakeFor(self.plan) && !self.couldWake(open)) return -1;
  open.contact->setPlan(self.plan, open.waiting);
  const int32_t handle = self.add(std::move(open));
  self.used(self.contacts[static_cast<size_t>(handle)]);
  return handle;
}

BridgeStatus Bridge::snapshot(int32_t contact) {
  Implementation& self = *implementation_;
  self.begin();
  OpenContact* open = self.find(contact);
  if (open == nullptr) return self.missing;
  if (!open->contact->isNextChangeKnown() && !self.wake(*open)) return BridgeStatus::kOutOfMemory;
  if (open->writer == nullptr) open->writer = std::make_unique<SnapshotWriter>(&self.interner);
  open->writer->write(self.response, *open->contact, {&self.origin, &self.set, &open->waiting});
  return BridgeStatus::kOk;
}

BridgeStatus Bridge::merge(int32_t contact, uint32_t snapshotLength, double now) {
  Implementation& self = *implementation_;
  self.begin();
  OpenContact* open = self.find(contact);
  if (open == nullptr) return self.missing;
  if (!self.reserve.couldAllocate(bytesToOpen(snapshotLength)) || !self.couldWake(*open)) {
    return BridgeStatus::kOutOfMemory;
  }
  const SnapshotHome home = {&self.interner, &self.zones, self.plan, &self.set, &self.origin};
  SnapshotFault fault;
  OpenContact copy;
  copy.contact =
      fosterflow::openSnapshot(self.input.text(snapshotLength), {}, home, copy.waiting, fault);
  if (copy.contact != nullptr) {
    bool isSame = false;
    for (const Identity::Member& id : copy.contact->identity().members()) {
      isSame = isSame || open->contact->identity().contains(id.id);
    }
    if (!isSame) fault = {SnapshotError::kOtherContact, "it has no id in common", 0};
  }
  if (fault.error != SnapshotError::kNone) {
    appendFault(self.response, fault);
    return BridgeStatus::kRefused;
  }
  if (!self.couldWake(copy)) return BridgeStatus::kOutOfMemory;
  self.deltas = std::exchange(open->waiting, {});
  if (const std::optional<Instant> clock = instantOf(now)) {
    open->contact->advanceTo(*clock, self.deltas);
  }
  open->contact->absorb(*copy.contact, self.deltas);
  self.respond({});
  self.used(*open);
  return BridgeStatus::kOk;
}

}  // namespace fosterflow

// An audience as a file, and back.

#include <utility>

#include "audience_bridge_implementation.h"

namespace fosterflow {

namespace {

// A file's columns are copied out of it, and its ids and texts get tables of their own.
constexpr size_t kOpenBytesPerFileByte = 2;

}  // namespace

int32_t AudienceBridge::beginSave() {
  Implementation& self = *implementation_;
  self.response.clear();
  AudienceStore& store = self.audience->store();
  if (self.isLoading) return -1;
  store.settle();
  if (store.contactCount() < store.slotCount()) {
    if (!self.reserve.couldAllocate(store.bytesToCommit())) return -1;
    store.compact();
  }
  // Ids, dictionaries and words are written anew; the columns are not.
  if (!self.reserve.couldAllocate(store.bytes() / 4)) return -1;
  self.file.write(store);
  return static_cast<int32_t>(self.file.pieces().size());
}

uintptr_t AudienceBridge::pieceAddress(int32_t piece) const {
  const auto& pieces = implementation_->file.pieces();
  const auto index = static_cast<size_t>(piece);
  return index < pieces.size() ? reinterpret_cast<uintptr_t>(pieces[index].data()) : 0;
}

uint32_t AudienceBridge::pieceLength(int32_t piece) const {
  const auto& pieces = implementation_->file.pieces();
  const auto index = static_cast<size_t>(piece);
  return index < pieces.size() ? static_cast<uint32_t>(pieces[index].size()) : 0;
}

void AudienceBridge::endSave() { implementation_->file = AudienceFile(); }

BridgeStatus AudienceBridge::open(uint32_t length) {
  Implementation& self = *implementation_;
  self.response.clear();
  const auto giveBack = [&self](BridgeStatus status) {
    self.input.giveBack();
    return status;
  };
  const std::string_view bytes = self.input.text(length);
  if (!self.reserve.couldAllocate(bytes.size() * kOpenBytesPerFileByte)) {
    return giveBack(BridgeStatus::kOutOfMemory);
  }
  auto opened = std::make_unique<Audience>(&self.interner, &self.zones);
  const AudienceFile::Fault fault = AudienceFile::read(bytes, opened->store());
  if (fault != AudienceFile::Fault::kNone) {
    self.response = fault == AudienceFile::Fault::kVersion ? R"({"code":"audience_version"})"
                                                           : R"({"code":"audience_damaged"})";
    return giveBack(BridgeStatus::kRefused);
  }
  self.audience = std::move(opened);
  self.isLoading = false;
  return giveBack(BridgeStatus::kOk);
}

}  // namespace fosterflow

#include "bridge_implementation.h"

#include <utility>

namespace fosterflow {

namespace {

// What contacts that are awake weigh: one is some 50 bytes, about what is kept of a condition; an
// event with its texts is ten times that.
// Together they may weigh this much less what those that are asleep take, so that a thousand
// contacts of few events stay awake, and ten thousand of a few hundred events need no 100 MB.
constexpr size_t kMaxWeight = 1'050'000;
constexpr size_t kMinAwakeWeight = 140'000;
constexpr size_t kPackedBytesOfWeight = 32;
constexpr size_t kContactWeight = 64;
constexpr size_t kEventWeight = 10;

size_t maxAwakeWeight(size_t packedBytes) {
  const size_t packed = packedBytes / kPackedBytesOfWeight;
  return packed + kMinAwakeWeight > kMaxWeight ? kMinAwakeWeight : kMaxWeight - packed;
}

}  // namespace

OpenContact* Bridge::Implementation::find(int32_t handle) {
  const auto index = static_cast<size_t>(handle);
  missing = BridgeStatus::kUnknownHandle;
  if (handle < 0 || index >= contacts.size() || contacts[index].contact == nullptr) return nullptr;
  OpenContact& open = contacts[index];
  if (open.contact->plan() == plan) return &open;  // what was opened is as the plan wants it
  missing = BridgeStatus::kOutOfMemory;
  if (!couldWake(open)) return nullptr;
  open.contact->setPlan(plan, open.waiting);
  used(open);
  return &open;
}

int32_t Bridge::Implementation::add(OpenContact open) {
  ++openCount;
  if (freeHandles.empty()) {
    contacts.push_back(std::move(open));
    return static_cast<int32_t>(contacts.size() - 1);
  }
  const int32_t handle = freeHandles.back();
  freeHandles.pop_back();
  contacts[static_cast<size_t>(handle)] = std::move(open);
  return handle;
}

// Awake it takes its data and, at most as much again, what the streams keep.
bool Bridge::Implementation::couldWake(const OpenContact& open) {
  const PackedData* packed = open.contact->packed();
  return packed == nullptr || reserve.couldAllocate(packed->liveBytes() * 2);
}

bool Bridge::Implementation::wake(OpenContact& open) {
  if (!couldWake(open)) return false;
  open.contact->wake(open.waiting);
  used(open);
  return true;
}

void Bridge::Implementation::countPacked(OpenContact& open) {
  const PackedData* packed = open.contact->packed();
  packedBytes -= open.packedBytes;
  open.packedBytes = packed == nullptr ? 0 : packed->bytes();
  packedBytes += open.packedBytes;
}

void Bridge::Implementation::forget(OpenContact& open) {
  if (open.weight == 0) return;
  weight -= open.weight;
  open.weight = 0;
  (open.newer < 0 ? newest : contacts[static_cast<size_t>(open.newer)].older) = open.older;
  (open.older < 0 ? oldest : contacts[static_cast<size_t>(open.older)].newer) = open.newer;
}

void Bridge::Implementation::used(OpenContact& open) {
  countPacked(open);
  if (open.contact->isAsleep()) return;
  const size_t now = open.contact->history().events().size() * kEventWeight + plan->timedCount() +
                     plan->nodes.size() + kContactWeight;
  const auto handle = static_cast<int32_t>(&open - contacts.data());
  if (newest == handle) {
    weight += now - open.weight;
    open.weight = now;
  } else {
    forget(open);
    open.weight = now;
    weight += now;
    open.older = newest;
    open.newer = -1;
    (newest < 0 ? oldest : contacts[static_cast<size_t>(newest)].newer) = handle;
    newest = handle;
  }
  while (weight > maxAwakeWeight(packedBytes) && oldest != newest) {
    OpenContact& other = contacts[static_cast<size_t>(oldest)];
    forget(other);
    other.writer.reset();
    packer.putToSleep(*other.contact, &interner);
    countPacked(other);
  }
}

}  // namespace fosterflow

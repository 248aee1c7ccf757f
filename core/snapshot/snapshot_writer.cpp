#include "snapshot/snapshot_writer.h"

#include <algorithm>
#include <cstring>

#include "snapshot/byte_stream.h"
#include "snapshot/checksum.h"
#include "snapshot/packed_contact.h"

namespace fosterflow {

namespace {

// The number whose hexadecimal digits these are.
uint64_t numberOfHex(std::string_view digits) {
  uint64_t number = 0;
  for (const char digit : digits) {
    number = number << 4 | static_cast<uint64_t>(digit > '9' ? digit - 'a' + 10 : digit - '0');
  }
  return number;
}

void writeFixed32(char* out, size_t number) {
  const auto bits = static_cast<uint32_t>(number);
  std::memcpy(out, &bits, sizeof(bits));
}

}  // namespace

SetName::SetName(const Plan& plan) {
  std::string_view before;
  for (const SegmentPlan& segment : plan.segments) {
    fingerprint = checksum64(segment.definition, checksum64(segment.id, fingerprint));
    const std::string_view id = segment.id;
    const auto differ = std::mismatch(before.begin(), before.end(), id.begin(), id.end());
    const auto shared = static_cast<size_t>(differ.first - before.begin());
    appendVarint(ids, shared);
    appendText(ids, id.substr(shared));
    before = id;
  }
}

void SnapshotWriter::write(std::string& out, Contact& contact, const Extra& extra) {
  out.assign(kSnapshotHeaderBytes, '\0');
  if (contact.isAsleep()) {
    out += static_cast<const PackedContact*>(contact.packed())->section();
  } else {
    writeDataSection(out, contact, events_, *interner_);
  }
  const size_t dataBytes = out.size() - kSnapshotHeaderBytes;
  writeOwn(out, contact, extra);
  std::copy(kSnapshotMagic.begin(), kSnapshotMagic.end(), out.begin());
  out[4] = kSnapshotVersion;
  writeFixed32(&out[8], dataBytes);
  writeFixed32(&out[12], out.size() - kSnapshotHeaderBytes - dataBytes);
  const std::string_view all(out);
  const uint64_t checksum =
      checksum64(all.substr(kSnapshotHeaderBytes), checksum64(all.substr(0, 16), 0));
  std::memcpy(&out[16], &checksum, sizeof(checksum));
}

void SnapshotWriter::writeOwn(std::string& out, Contact& contact, const Extra& extra) {
  appendText(out, extra.origin->source);
  appendText(out, extra.origin->epoch);
  out.push_back(contact.clock() == kBeforeAll ? 0 : 1);
  if (contact.clock() != kBeforeAll) appendSignedVarint(out, contact.clock());
  // With it, nobody need decide anything before that instant.
  const std::optional<Instant> next = contact.nextChangeAt();
  out.push_back(next ? 1 : 0);
  if (next) appendSignedVarint(out, *next);
  for (const Identity::Member& id : contact.identity().sorted()) appendVarint(out, id.sequence);
  appendFixed64(out, extra.set->fingerprint);
  out.push_back(contact.plan()->keptProperties ? 1 : 0);
  const std::vector<Instant>& since = contact.since();
  appendVarint(out, since.size());
  if (!since.empty()) out += extra.set->ids;
  appendVarint(out, static_cast<size_t>(std::count_if(
                        since.begin(), since.end(), [](Instant time) { return time != kNever; })));
  size_t before = 0;
  for (size_t index = 0; index < since.size(); ++index) {
    if (since[index] == kNever) continue;
    appendVarint(out, index - before);
    before = index;
    appendFixed64(out, numberOfHex(contact.plan()->segments[index].definition));
    appendSignedVarint(out, contact.clock() - since[index]);
  }
  appendVarint(out, extra.untold->size());
  for (const Delta& delta : *extra.untold) {
    appendText(out, delta.segmentPlan().id);
    appendFixed64(out, numberOfHex(delta.segmentPlan().definition));
    out.push_back(
        static_cast<char>(static_cast<uint32_t>(delta.cause) << 1 | (delta.entered ? 1U : 0U)));
    appendSignedVarint(out, delta.at);
  }
}

// What stays is allocated last, in what the live data leave: so memory does not fall to pieces.
void SnapshotWriter::putToSleep(Contact& contact, Interner* interner) {
  section_.clear();
  events_.forget();
  writeDataSection(section_, contact, events_, *interner_);
  const size_t liveBytes = liveBytesOf(contact);
  static_cast<void>(contact.nextChangeAt());  // when it is known, the clock may move asleep
  contact.dropLiveData();
  contact.sleep(std::make_unique<PackedContact>(interner, section_, liveBytes));
  events_.forget();
}

}  // namespace fosterflow

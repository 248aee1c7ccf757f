#include "snapshot/snapshot_reader.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "language/limits.h"
#include "snapshot/byte_stream.h"
#include "snapshot/checksum.h"
#include "snapshot/packed_contact.h"

namespace fosterflow {

namespace {

size_t fixed32At(const char* bytes) {
  uint32_t number = 0;
  std::memcpy(&number, bytes, sizeof(number));
  return number;
}

std::string hexOf(uint64_t number) {
  std::string digits(16, '0');
  for (size_t place = 16; place-- > 0; number >>= 4)
    digits[place] = "0123456789abcdef"[number & 15];
  return digits;
}

// What the writer of a snapshot decided.
struct Own {
  Contact::Stored stored;
  std::vector<uint64_t> sequences;
  std::vector<Delta> untold;  // without contact and sequence
};

void readIds(ByteReader& bytes, size_t count, Plan& plan) {
  std::string id;
  for (; count > 0 && !bytes.failed(); --count) {
    const char* start = bytes.place();
    const uint64_t shared = bytes.varint();
    const std::string_view rest = bytes.bytes(bytes.varint());
    std::string next = id.substr(0, static_cast<size_t>(std::min<uint64_t>(shared, id.size())));
    next += rest;
    if (shared > id.size() || next <= id || next.size() > kMaxSegmentIdLength || !isUtf8(next)) {
      bytes.failAt(start, "segments that are not in order");
      return;
    }
    id = next;
    SegmentPlan segment;
    segment.id = std::move(next);
    plan.segments.push_back(std::move(segment));
  }
}

// The segments that decided, and since when the contact is in which.
void readMemberships(ByteReader& bytes, const SnapshotHome& home, Contact::Stored& stored) {
  const bool isSame = bytes.fixed64() == home.set->fingerprint;
  stored.isReduced = bytes.flag();
  const char* start = bytes.place();
  const size_t count = bytes.count();
  if (count > kMaxSegments) bytes.fail("more segments than a set has");
  const std::string_view ids = home.set->ids;
  std::shared_ptr<Plan> plan;
  if (isSame && count == home.plan->segments.size() && bytes.left() >= ids.size() &&
      std::string_view(bytes.place(), ids.size()) == ids) {
    bytes.bytes(ids.size());
    stored.plan = home.plan;
  } else {
    plan = std::make_shared<Plan>(home.interner);
    readIds(bytes, count, *plan);
    stored.plan = stored.exists ? plan : home.plan;
    stored.isNextChangeKnown = !stored.exists;
  }
  if (bytes.failed()) return;
  if (!stored.exists && count > 0) bytes.failAt(start, "memberships of nobody");
  stored.since.assign(stored.exists ? count : 0, kNever);
  uint64_t segment = 0;
  bool isFirst = true;
  for (size_t left = bytes.count(); left > 0 && !bytes.failed(); --left) {
    const char* place = bytes.place();
    const uint64_t step = bytes.varint();
    segment += std::min<uint64_t>(step, kMaxSegments);
    const uint64_t definition = bytes.fixed64();
    const int64_t ago = bytes.signedVarint();
    // Bounded first, so that nothing overflows.
    if (segment >= stored.since.size() || (step == 0 && !isFirst) || ago < -2 * kMaxInstant ||
        ago > 2 * kMaxInstant || stored.clock - ago < kMinInstant ||
        stored.clock - ago > kMaxInstant) {
      bytes.failAt(place, "a membership that cannot be");
      return;
    }
    isFirst = false;
    const auto index = static_cast<size_t>(segment);
    stored.since[index] = stored.clock - ago;
    if (plan) plan->segments[index].definition = hexOf(definition);
  }
}

void readUntold(ByteReader& bytes, const SnapshotHome& home, std::vector<Delta>& untold) {
  const auto plan = std::make_shared<Plan>(home.interner);
  for (size_t left = bytes.count(); left > 0 && !bytes.failed(); --left) {
    SegmentPlan segment;
    segment.id = bytes.text();
    segment.definition = hexOf(bytes.fixed64());
    Delta delta;
    const uint8_t word = bytes.byte();
    if (word >> 1 > static_cast<uint8_t>(Cause::kFirst)) bytes.fail("a cause that is not known");
    delta.cause = static_cast<Cause>(word >> 1);
    delta.entered = (word & 1) != 0;
    delta.at = bytes.instant();
    delta.decidedAt = delta.at;
    delta.plan = plan;
    delta.segment = static_cast<uint32_t>(plan->segments.size());
    plan->segments.push_back(std::move(segment));
    untold.push_back(std::move(delta));
  }
}

void readOwn(ByteReader& bytes, const SnapshotHome& home, const DataFacts& facts, Own& own) {
  const std::string_view source = bytes.text();
  const std::string_view epoch = bytes.text();
  own.stored.goesOn = source == home.origin->source && epoch == home.origin->epoch;
  own.stored.exists = facts.exists;
  const bool hasClock = bytes.flag();
  if (hasClock) own.stored.clock = bytes.instant();
  if (facts.exists && !hasClock) bytes.fail("a contact without a clock");
  own.stored.isNextChangeKnown = true;
  if (bytes.flag()) {
    own.stored.nextChange = bytes.instant();
    if (own.stored.nextChange <= own.stored.clock) bytes.fail("a next change that is past");
  }
  for (size_t left = facts.ids.size(); left > 0 && !bytes.failed(); --left) {
    own.sequences.push_back(bytes.varint());
    if (own.sequences.back() > uint64_t{1} << 53) bytes.fail("a sequence that is too large");
  }
  readMemberships(bytes, home, own.stored);
  readUntold(bytes, home, own.untold);
  if (bytes.left() > 0) bytes.fail("something behind the end");
}

struct Parsed {
  std::string_view data;
  DataFacts facts;
  Own own;
};

void failIn(std::string_view bytes, const ByteReader& reader, SnapshotFault& fault) {
  fault = {SnapshotError::kDamaged, reader.reason(),
           static_cast<size_t>(reader.place() - bytes.data())};
}

// The sections of version 1.
bool readVersion1(std::string_view bytes, const SnapshotHome& home, Parsed& parsed,
                  SnapshotFault& fault) {
  const size_t dataBytes = fixed32At(bytes.data() + 8);
  const size_t ownBytes = fixed32At(bytes.data() + 12);
  const size_t sections = bytes.size() - kSnapshotHeaderBytes;
  if (dataBytes > sections || ownBytes != sections - dataBytes ||
      fixed32At(bytes.data() + 4) != 1) {
    fault = {SnapshotError::kDamaged, "its length is not the one it says", 4};
    return false;
  }
  uint64_t checksum = 0;
  std::memcpy(&checksum, bytes.data() + 16, sizeof(checksum));
  if (checksum !=
      checksum64(bytes.substr(kSnapshotHeaderBytes), checksum64(bytes.substr(0, 16), 0))) {
    fault = {SnapshotError::kDamaged, "its checksum is another", 16};
    return false;
  }
  parsed.data = bytes.substr(kSnapshotHeaderBytes, dataBytes);
  ByteReader data(parsed.data.data(), parsed.data.data() + dataBytes);
  readDataSection(data, nullptr, parsed.facts, nullptr, nullptr);
  if (!data.failed() && data.left() > 0) data.fail("something behind the events");
  if (data.failed()) {
    failIn(bytes, data, fault);
    return false;
  }
  ByteReader own(parsed.data.data() + dataBytes, bytes.data() + bytes.size());
  readOwn(own, home, parsed.facts, parsed.own);
  if (own.failed()) failIn(bytes, own, fault);
  return !own.failed();
}

// Every version that was ever written, and how it is read.
struct Version {
  uint8_t number;
  bool (*read)(std::string_view, const SnapshotHome&, Parsed&, SnapshotFault&);
};
constexpr Version kVersions[] = {{1, readVersion1}};

bool parse(std::string_view bytes, const SnapshotHome& home, Parsed& parsed, SnapshotFault& fault) {
  if (bytes.size() < kSnapshotHeaderBytes ||
      bytes.substr(0, kSnapshotMagic.size()) != kSnapshotMagic) {
    fault = {SnapshotError::kDamaged, "it does not begin as a snapshot does", 0};
    return false;
  }
  for (const Version& version : kVersions) {
    if (static_cast<uint8_t>(bytes[4]) == version.number) {
      return version.read(bytes, home, parsed, fault);
    }
  }
  fault = {SnapshotError::kVersion, "this version of the engine cannot read it", 4};
  return false;
}

}  // namespace

std::unique_ptr<Contact> openSnapshot(std::string_view bytes, std::string_view id,
                                      const SnapshotHome& home, std::vector<Delta>& untold,
                                      SnapshotFault& fault) {
  Parsed parsed;
  if (!parse(bytes, home, parsed, fault)) return nullptr;
  bool isOne = id.empty();
  for (const DataFacts::Id& known : parsed.facts.ids) isOne = isOne || known.text == id;
  if (!isOne) {
    fault = {SnapshotError::kOtherContact, "it is of another contact", kSnapshotHeaderBytes};
    return nullptr;
  }
  Interner& interner = *home.interner;
  std::unique_ptr<Contact> contact;
  for (size_t index = 0; index < parsed.facts.ids.size(); ++index) {
    const DataFacts::Id& known = parsed.facts.ids[index];
    const Symbol symbol = interner.intern(known.text);
    if (!contact) contact = std::make_unique<Contact>(&interner, home.zones, symbol);
    const bool goesOn = parsed.own.stored.goesOn;
    contact->restoreId(symbol, known.isPrevious, goesOn ? parsed.own.sequences[index] : 0);
    interner.release(symbol);
  }
  const Symbol current = contact->identity().id();
  const uint64_t sequence = contact->identity().sequenceOf(current);
  std::vector<Delta>& unseen = parsed.own.untold;
  if (!parsed.own.stored.goesOn) unseen.clear();
  if (unseen.size() > sequence) {
    fault = {SnapshotError::kDamaged, "more deltas than were numbered", bytes.size()};
    return nullptr;
  }
  // They are the last that the contact's id was given.
  uint64_t next = sequence - unseen.size();
  for (Delta& delta : unseen) {
    delta.contact = HeldText(&interner, current);
    delta.sequence = ++next;
    untold.push_back(std::move(delta));
  }
  contact->restore(std::make_unique<PackedContact>(&interner, parsed.data, parsed.facts.liveBytes),
                   std::move(parsed.own.stored));
  return contact;
}

}  // namespace fosterflow

#include "snapshot/packed_contact.h"

#include <algorithm>
#include <cstring>

#include "snapshot/event_reader.h"
#include "snapshot/event_writer.h"
#include "snapshot/profile_section.h"
#include "values/sorted_order.h"

namespace fosterflow {

namespace {

// An event beside its nodes: itself, its place in the history and by messageId, and the text of the
// latter, with what memory management adds.
constexpr size_t kBytesPerEvent = 160;
// What reading a byte of a section takes meanwhile.
constexpr size_t kBytesOfTables = 32;

}  // namespace

PackedContact::PackedContact(Interner* interner, std::string_view section, size_t liveBytes)
    : interner_(interner),
      bytes_(new char[section.size() + BitReader::kPadding]),
      length_(section.size()),
      liveBytes_(std::min(liveBytes, SIZE_MAX / 4) + section.size() * kBytesOfTables) {
  std::memcpy(bytes_.get(), section.data(), section.size());
  std::memset(bytes_.get() + length_, 0, BitReader::kPadding);
}

void PackedContact::unpack(History& history, Profile& profile) const {
  ByteReader bytes(bytes_.get(), bytes_.get() + length_);
  DataFacts facts;
  readDataSection(bytes, interner_, facts, &history, &profile);
}

void writeDataSection(std::string& out, Contact& contact, EventWriter& events,
                      const Interner& interner) {
  const std::vector<Identity::Member> ids = contact.identity().sorted();
  appendVarint(out, ids.size());
  for (const Identity::Member& id : ids) {
    appendText(out, interner.text(id.id));
    out.push_back(id.isPrevious ? 1 : 0);
  }
  out.push_back(contact.exists() ? 1 : 0);
  const Instant completeAfter = contact.history().completeAfter();
  out.push_back(completeAfter == kBeforeAll ? 0 : 1);
  if (completeAfter != kBeforeAll) appendSignedVarint(out, completeAfter);
  writeProfile(out, contact.profile(), interner);
  const size_t steady = contact.history().takeSteadyCount();
  events.write(out, contact.history().events(), steady);
}

size_t liveBytesOf(const Contact& contact) {
  size_t bytes = 0;
  for (const TimedEvent& entry : contact.history().events()) {
    const ValueNode* root = entry.event->properties.root();
    bytes += kBytesPerEvent + (root == nullptr ? 0 : root->span * sizeof(ValueNode));
  }
  return bytes;
}

void readDataSection(ByteReader& bytes, Interner* interner, DataFacts& facts, History* history,
                     Profile* profile) {
  for (size_t left = bytes.count(); left > 0 && !bytes.failed(); --left) {
    const char* start = bytes.place();
    DataFacts::Id id;
    id.text = bytes.text();
    id.isPrevious = bytes.flag();
    if (id.text.empty() || (!facts.ids.empty() && facts.ids.back().text >= id.text)) {
      bytes.failAt(start, "ids that are not in order");
    }
    facts.ids.push_back(id);
  }
  if (facts.ids.empty()) bytes.fail("a contact without an id");
  facts.exists = bytes.flag();
  if (bytes.flag()) {
    const Instant completeAfter = bytes.instant();
    if (history != nullptr) history->completeOnlyAfter(completeAfter);
  }
  const char* start = bytes.place();
  size_t nodes = readProfile(bytes, interner, profile);
  EventReader events;
  events.read(bytes, interner, history);
  if (bytes.failed()) return;
  if (!facts.exists && nodes + events.eventCount() > 0) bytes.failAt(start, "data of nobody");
  const uint64_t live =
      events.eventCount() * kBytesPerEvent + (nodes + events.nodeCount()) * sizeof(ValueNode);
  facts.liveBytes = live > SIZE_MAX ? SIZE_MAX : static_cast<size_t>(live);
}

}  // namespace fosterflow

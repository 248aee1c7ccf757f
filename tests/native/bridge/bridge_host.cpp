#include "bridge/bridge_host.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "delta_row.h"
#include "time/instant.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

uint32_t lengthOf(std::string_view text) { return static_cast<uint32_t>(text.size()); }

std::string textAt(const TextPlace& place) {
  const auto* address = reinterpret_cast<const char*>(static_cast<uintptr_t>(place.address));
  return {address, static_cast<size_t>(place.length)};
}

std::string isoText(double instant) {
  std::string text;
  appendIsoInstant(text, static_cast<Instant>(instant));
  return text;
}

}  // namespace

BridgeStatus BridgeHost::define(std::string_view segments, std::string_view parameters) {
  write(segments, parameters);
  return bridge_.define(lengthOf(segments), lengthOf(parameters));
}

int32_t BridgeHost::openContact(std::string_view id) { return bridge_.openContact(write(id)); }

BridgeStatus BridgeHost::apply(int32_t contact, std::string_view lines, double now) {
  return bridge_.apply(contact, write(lines), now);
}

int32_t BridgeHost::openSnapshot(std::string_view id, std::string_view snapshot) {
  write(id, snapshot);
  return bridge_.openSnapshot(lengthOf(id), lengthOf(snapshot));
}

BridgeStatus BridgeHost::merge(int32_t contact, std::string_view snapshot, double now) {
  return bridge_.merge(contact, write(snapshot), now);
}

BridgeStatus BridgeHost::join(int32_t contact, int32_t other, std::string_view alias, double now) {
  return bridge_.join(contact, other, write(alias), now);
}

BridgeStatus BridgeHost::ingest(std::string_view lines) { return bridge_.ingest(write(lines)); }

BridgeStatus BridgeHost::author(AuthoringTask task, std::string_view subject,
                                std::string_view options) {
  write(subject, options);
  return bridge_.author(task, lengthOf(subject), lengthOf(options));
}

BridgeStatus BridgeHost::explain(int32_t contact, int32_t segment, std::string_view language) {
  return bridge_.explain(contact, segment, std::nan(""), 0, write(language));
}

BridgeStatus BridgeHost::explainInDirectory(std::string_view id, int32_t segment, double at) {
  return bridge_.explainInDirectory(write(id), segment, at);
}

std::string BridgeHost::response() const {
  return {reinterpret_cast<const char*>(bridge_.responseAddress()), bridge_.responseLength()};
}

std::string BridgeHost::deltas(const std::string& source, const std::string& epoch) const {
  constexpr const char* kCauses[] = {"message", "time", "definition", "merge", "first"};
  const auto* row = reinterpret_cast<const DeltaRow*>(bridge_.deltaAddress());
  std::string all = "[";
  for (uint32_t count = bridge_.deltaCount(); count > 0; --count, ++row) {
    const std::string contact = textAt(row->contact);
    const std::string sequence = std::to_string(static_cast<uint64_t>(row->sequence));
    if (all.size() > 1) all += ',';
    std::string id;
    for (const std::string* part : {&source, &epoch, &contact}) id.append(*part).push_back(':');
    appendTextMember(all, "{\"id\":", id.append(sequence));
    appendTextMember(all, ",\"source\":", source);
    appendTextMember(all, ",\"epoch\":", epoch);
    appendTextMember(all, ",\"contact\":", contact);
    all += ",\"sequence\":" + sequence;
    appendTextMember(all, ",\"segment\":", textAt(row->segment));
    appendTextMember(all, ",\"definition\":", textAt(row->definition));
    appendTextMember(all, ",\"change\":", row->entered == 1 ? "entered" : "exited");
    appendTextMember(all, ",\"at\":", isoText(row->at));
    appendTextMember(all, ",\"decidedAt\":", isoText(row->decidedAt));
    appendTextMember(all, ",\"cause\":", kCauses[static_cast<size_t>(row->cause)]);
    if (row->messageId.length > 0) appendTextMember(all, ",\"messageId\":", textAt(row->messageId));
    all += '}';
  }
  return all + "]";
}

uint32_t BridgeHost::write(std::string_view first, std::string_view second) {
  const uint32_t length = lengthOf(first) + lengthOf(second);
  const uintptr_t address = bridge_.reserveInput(length);
  EXPECT_NE(address, 0U);
  auto* input = reinterpret_cast<char*>(address);
  if (!first.empty()) std::memcpy(input, first.data(), first.size());
  if (!second.empty()) std::memcpy(input + first.size(), second.data(), second.size());
  return length;
}

}  // namespace fosterflow

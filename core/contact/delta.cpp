#include "contact/delta.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "values/canonical_json.h"

namespace fosterflow {

namespace {

constexpr std::array<std::string_view, 5> kCauseNames = {"message", "time", "definition", "merge",
                                                         "first"};

void appendMember(std::string& out, std::string_view key, std::string_view text) {
  out += ",\"";
  out += key;
  out += "\":";
  appendJsonText(out, text);
}

void appendInstantMember(std::string& out, std::string_view key, Instant instant) {
  out += ",\"";
  out += key;
  out += "\":\"";
  appendIsoInstant(out, instant);
  out += '"';
}

}  // namespace

void sortDeltas(std::vector<Delta>& deltas, size_t first) {
  std::sort(deltas.begin() + static_cast<std::ptrdiff_t>(first), deltas.end(),
            [](const Delta& left, const Delta& right) {
              return std::tie(left.at, left.contact, left.sequence) <
                     std::tie(right.at, right.contact, right.sequence);
            });
}

void appendDeltaJson(std::string& out, const Delta& delta, const Origin& origin) {
  const std::string sequence = std::to_string(delta.sequence);
  out += "{\"id\":";
  appendJsonText(out, origin.source + ":" + origin.epoch + ":" + delta.contact + ":" + sequence);
  appendMember(out, "source", origin.source);
  appendMember(out, "epoch", origin.epoch);
  appendMember(out, "contact", delta.contact);
  out += ",\"sequence\":";
  out += sequence;
  appendMember(out, "segment", delta.segment);
  appendMember(out, "definition", delta.definition);
  appendMember(out, "change", delta.entered ? "entered" : "exited");
  appendInstantMember(out, "at", delta.at);
  appendInstantMember(out, "decidedAt", delta.decidedAt);
  appendMember(out, "cause", kCauseNames[static_cast<size_t>(delta.cause)]);
  if (!delta.messageId.empty()) appendMember(out, "messageId", delta.messageId);
  out += '}';
}

}  // namespace fosterflow

#include "contact/delta.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "language/sorted_order.h"
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

}  // namespace

void sortDeltas(std::vector<Delta>& deltas, size_t first) {
  const Delta* unsorted = deltas.data() + first;
  const std::vector<size_t> order = sortedOrder(deltas.size() - first, [unsorted](size_t left, size_t right) {
    return std::tie(unsorted[left].at, unsorted[left].contact, unsorted[left].sequence) <
           std::tie(unsorted[right].at, unsorted[right].contact, unsorted[right].sequence);
  });
  std::vector<Delta> sorted;
  sorted.reserve(order.size());
  for (const size_t index : order) sorted.push_back(std::move(deltas[first + index]));
  std::move(sorted.begin(), sorted.end(), deltas.begin() + static_cast<std::ptrdiff_t>(first));
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
  out += ",\"at\":\"";
  const size_t instant = out.size();
  appendIsoInstant(out, delta.at);
  const size_t length = out.size() - instant;
  out += "\",\"decidedAt\":\"";
  if (delta.at == delta.decidedAt) {
    out.append(out, instant, length);
  } else {
    appendIsoInstant(out, delta.decidedAt);
  }
  out += '"';
  appendMember(out, "cause", kCauseNames[static_cast<size_t>(delta.cause)]);
  if (!delta.messageId.empty()) appendMember(out, "messageId", delta.messageId);
  out += '}';
}

}  // namespace fosterflow

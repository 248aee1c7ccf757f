#include "contact/delta.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "values/canonical_json.h"
#include "values/sorted_order.h"

namespace fosterflow {

namespace {

// By Cause.
constexpr std::array<const char*, 5> kCauses = {"\",\"cause\":\"message\"", "\",\"cause\":\"time\"",
                                                "\",\"cause\":\"definition\"",
                                                "\",\"cause\":\"merge\"", "\",\"cause\":\"first\""};

}  // namespace

void sortDeltas(std::vector<Delta>& deltas, size_t first) {
  const Delta* unsorted = deltas.data() + first;
  const std::vector<size_t> order =
      sortedOrder(deltas.size() - first, [unsorted](size_t left, size_t right) {
        return std::tie(unsorted[left].at, unsorted[left].contact, unsorted[left].sequence) <
               std::tie(unsorted[right].at, unsorted[right].contact, unsorted[right].sequence);
      });
  std::vector<Delta> sorted;
  sorted.reserve(deltas.size());
  for (size_t index = 0; index < deltas.size(); ++index) {
    sorted.push_back(std::move(deltas[index < first ? index : first + order[index - first]]));
  }
  deltas.swap(sorted);
}

void appendDeltaJson(std::string& out, const Delta& delta, const Origin& origin) {
  const auto sequence = static_cast<int64_t>(delta.sequence);
  std::string id = origin.source;
  for (const std::string* part : {&origin.epoch, &delta.contact}) {
    id += ':';
    id += *part;
  }
  id += ':';
  appendJsonInteger(id, sequence);
  appendTextMember(out, "{\"id\":", id);
  appendTextMember(out, ",\"source\":", origin.source);
  appendTextMember(out, ",\"epoch\":", origin.epoch);
  appendTextMember(out, ",\"contact\":", delta.contact);
  out += ",\"sequence\":";
  appendJsonInteger(out, sequence);
  appendTextMember(out, ",\"segment\":", delta.segment);
  appendTextMember(out, ",\"definition\":", delta.definition);
  out += delta.entered ? ",\"change\":\"entered\",\"at\":\"" : ",\"change\":\"exited\",\"at\":\"";
  const size_t instant = out.size();
  appendIsoInstant(out, delta.at);
  const size_t length = out.size() - instant;
  out += "\",\"decidedAt\":\"";
  if (delta.at == delta.decidedAt) {
    out.append(out, instant, length);
  } else {
    appendIsoInstant(out, delta.decidedAt);
  }
  out += kCauses[static_cast<size_t>(delta.cause)];
  if (!delta.messageId.empty()) appendTextMember(out, ",\"messageId\":", delta.messageId);
  out += '}';
}

}  // namespace fosterflow

#include "delta_row.h"

#include <cstdint>

namespace fosterflow {

namespace {

TextPlace placeOf(std::string_view text) {
  return {static_cast<double>(reinterpret_cast<uintptr_t>(text.data())),
          static_cast<double>(text.size())};
}

}  // namespace

void writeRows(std::vector<DeltaRow>& rows, const std::vector<Delta>& deltas, const Plan& inForce) {
  rows.resize(deltas.size());
  DeltaRow* row = rows.data();
  for (const Delta& delta : deltas) {
    const SegmentPlan& segment = delta.segmentPlan();
    *row++ = {
        .sequence = static_cast<double>(delta.sequence),
        .at = static_cast<double>(delta.at),
        .decidedAt = static_cast<double>(delta.decidedAt),
        .entered = delta.entered ? 1.0 : 0.0,
        .cause = static_cast<double>(delta.cause),
        .segmentIndex = delta.plan.get() == &inForce ? static_cast<double>(delta.segment) : -1.0,
        .segment = placeOf(segment.id),
        .definition = placeOf(segment.definition),
        .contact = placeOf(delta.contact.text()),
        .messageId = placeOf(delta.messageId.text()),
    };
  }
}

}  // namespace fosterflow

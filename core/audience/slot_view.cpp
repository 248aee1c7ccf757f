#include "audience/slot_view.h"

#include <utility>

namespace fosterflow {

SlotView::SlotView(const Plan& plan, ZoneRegistry& zones,
                   std::vector<const AttributeColumn*> attributes)
    : plan_(plan),
      zones_(zones),
      attributes_(std::move(attributes)),
      codes_(attributes_.size(), 0),
      values_(attributes_.size()),
      single_(attributes_.size()) {
  view_.interner = singleView_.interner = plan.interner;
  view_.attributes = &values_;
  view_.zone = singleView_.zone = zones.utc();
  singleView_.attributes = &single_;
}

const Zone* SlotView::contactZone() {
  if (plan_.timezoneAttribute == kNoIndex) return zones_.utc();
  const AttributeColumn& column = *attributes_[plan_.timezoneAttribute];
  const uint32_t code = column.code(slot_);
  if (zonesByCode_.size() <= code) zonesByCode_.resize(column.codeCount(), nullptr);
  const Zone*& zone = zonesByCode_[code];
  if (zone == nullptr) {
    const ValueNode* name = column.value(code);
    if (name != nullptr && name->type == ValueType::kText) {
      zone = zones_.find(plan_.interner->text(name->text));
    }
    if (zone == nullptr) zone = zones_.utc();
  }
  return zone;
}

const Zone& SlotView::zone(ZoneChoice choice) {
  return choice.fixed != nullptr ? *choice.fixed : *contactZone();
}

const ContactView& SlotView::view() {
  for (size_t index = 0; index < attributes_.size(); ++index) {
    const uint32_t code = attributes_[index]->code(slot_);
    if (code == codes_[index]) continue;
    codes_[index] = code;
    values_[index] = ValueTree::copyOf(attributes_[index]->value(code), plan_.interner);
  }
  view_.zone = contactZone();
  return view_;
}

const ContactView& SlotView::viewWith(uint32_t attribute, const ValueNode* value) {
  for (ValueTree& tree : single_) tree.clear();
  if (attribute != kNoIndex) single_[attribute] = ValueTree::copyOf(value, plan_.interner);
  return singleView_;
}

}  // namespace fosterflow

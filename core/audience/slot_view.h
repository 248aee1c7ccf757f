#pragma once

#include <vector>

#include "audience/attribute_column.h"
#include "plan/contact_view.h"
#include "plan/plan.h"

namespace fosterflow {

/// What rules see of one contact after the other besides events. Moving on costs nothing; only what
/// is asked for is looked up.
class SlotView {
 public:
  /// `attributes`: by the plan's attribute index.
  SlotView(const Plan& plan, ZoneRegistry& zones, std::vector<const AttributeColumn*> attributes);

  void moveTo(uint32_t slot) { slot_ = slot; }
  [[nodiscard]] uint32_t slot() const { return slot_; }

  /// The contact's view, until the next call.
  const ContactView& view();
  const Zone& zone(ZoneChoice choice);
  [[nodiscard]] const AttributeColumn& attribute(uint32_t index) const {
    return *attributes_[index];
  }
  /// A view in which one attribute has a value and nothing else is there: for answers that depend
  /// on that alone.
  const ContactView& viewWith(uint32_t attribute, const ValueNode* value);

 private:
  const Zone* contactZone();

  const Plan& plan_;
  ZoneRegistry& zones_;
  std::vector<const AttributeColumn*> attributes_;
  uint32_t slot_ = 0;
  std::vector<uint32_t> codes_;  // that `values_` have
  std::vector<ValueTree> values_;
  std::vector<const Zone*> zonesByCode_;  // of the trait `timezone`; nullptr: not looked up yet
  ContactView view_;
  std::vector<ValueTree> single_;
  ContactView singleView_;
};

}  // namespace fosterflow

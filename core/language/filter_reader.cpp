#include "language/filter_reader.h"

#include <utility>

#include "language/comparison_reader.h"
#include "language/vocabulary.h"

namespace fosterflow {

namespace {

enum class FilterKind : uint8_t { kAll, kAny, kNone, kProperty, kItem, kClock };

void readChild(Reading& reading, const Place& place, uint32_t depth, PropertyFilter& out) {
  PropertyFilter child;
  readFilter(reading, place, depth + 1, child);
  // What is beyond the bound is checked, but takes no memory.
  if (reading.conditions <= kMaxConditions) {
    out.children.push_back(std::move(child));
  }
}

}  // namespace

Place readGroupMembers(const ObjectReader& group) {
  group.allowOnly("kind of");
  const Place members = group.requireList("of");
  if (members && spanOf(members.node()) == 1) {
    group.reading().reportEmptyList(members);
  }
  return members;
}

void readFilter(Reading& reading, const Place& place, uint32_t depth, PropertyFilter& out) {
  reading.countCondition();
  if (!reading.checkDepth(place, depth)) {
    return;
  }
  const ObjectReader object(reading, place);
  const std::optional<size_t> kind =
      object.name("kind", kFilterKinds, ProblemCode::kUnknownKind, "filter");
  if (!kind) {
    return;
  }
  switch (static_cast<FilterKind>(*kind)) {
    case FilterKind::kAll:
    case FilterKind::kAny:
    case FilterKind::kNone: {
      out.kind = PropertyFilter::Kind::kGroup;
      out.group = static_cast<GroupKind>(*kind);
      const Place members = readGroupMembers(object);
      if (members) {
        size_t index = 0;
        for (const ValueNode& member : ValueChildren(&members.node())) {
          readChild(reading, Place(members, index++, member), depth, out);
        }
      }
      break;
    }
    case FilterKind::kProperty:
      out.kind = PropertyFilter::Kind::kProperty;
      object.allowOnly("kind property op value ignoreCase");
      out.path = object.path("property");
      readComparison(object, ComparisonPlace::kProperty, out.comparison);
      break;
    case FilterKind::kItem: {
      out.kind = PropertyFilter::Kind::kItem;
      object.allowOnly("kind items where");
      out.path = object.path("items");
      if (const Place where = object.require("where")) {
        readChild(reading, where, depth, out);
      }
      break;
    }
    case FilterKind::kClock:
      out.kind = PropertyFilter::Kind::kClock;
      object.allowOnly("kind unit op value ignoreCase");
      out.clockUnit = static_cast<ClockUnit>(
          object.name("unit", kClockUnitNames, ProblemCode::kUnknownUnit, "unit").value_or(0));
      readComparison(object, ComparisonPlace::kNumber, out.comparison);
      break;
  }
}

}  // namespace fosterflow

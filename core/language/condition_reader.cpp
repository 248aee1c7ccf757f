#include "language/condition_reader.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "language/comparison_reader.h"
#include "language/constant_reader.h"
#include "language/expression_reader.h"
#include "language/filter_reader.h"
#include "language/metric_reader.h"
#include "language/sequence_reader.h"
#include "language/vocabulary.h"
#include "language/wording.h"

namespace fosterflow {

namespace {

// In the order of kConditionKinds.
enum class ConditionKind : uint8_t {
  kAll,
  kAny,
  kNone,
  kEvent,
  kSequence,
  kAttribute,
  kChannel,
  kList,
  kSegment,
  kCompare,
  kSample,
};

void readGroup(const ObjectReader& object, uint32_t depth, Condition& out) {
  Reading& reading = object.reading();
  const Place members = readGroupMembers(object);
  if (!members) {
    return;
  }
  size_t index = 0;
  for (const ValueNode& member : ValueChildren(&members.node())) {
    Condition child;
    readCondition(reading, Place(members, index++, member), depth + 1, child);
    // What is beyond the bound is checked, but takes no memory.
    if (reading.conditions <= kMaxConditions) {
      out.children.push_back(std::move(child));
    }
  }
}

void readEvent(const ObjectReader& object, uint32_t depth, Condition& out) {
  object.allowOnly("kind event where measure op value window ignoreCase");
  out.metric = std::make_unique<Metric>();
  readMetric(object.reading(), object, depth, *out.metric);
  const MeasureFunction function = out.metric->measure.function;
  if (function == MeasureFunction::kFirst || function == MeasureFunction::kLast) {
    readComparison(object, ComparisonPlace::kProperty, out.comparison);
  } else {
    readMeasuredComparison(object, out.comparison);
  }
}

// A channel, list or segment: its name stands at the key that is named like the kind.
void readMembership(const ObjectReader& object, std::string_view kind, std::string_view operators,
                    Condition& out) {
  object.allowOnly(sentence("kind % op", {kind}));
  out.name = object.text(kind).value_or("");
  out.negated =
      object.name("op", operators, ProblemCode::kUnknownOperator, "operator").value_or(0) != 0;
}

void readSegment(const ObjectReader& object, std::string_view kind, Condition& out) {
  readMembership(object, kind, kMembershipOperatorNames, out);
  const Place segment = object.find(kind);
  if (segment && segment.type() == ValueType::kText) {
    object.reading().references.push_back({out.name, segment.pointer(), &segment.node()});
  }
}

void readSample(const ObjectReader& object, Condition& out) {
  object.allowOnly("kind percent salt");
  out.name = object.text("salt").value_or("");
  const Place percent = object.require("percent");
  if (!percent) {
    return;
  }
  const auto isPercent = [](const ValueNode& value, const Interner& /*interner*/) {
    return value.type == ValueType::kNumber && value.number >= 0 && value.number <= 100;
  };
  const ValueNode* value = readConstant(
      object.reading(), percent, {isPercent, "a number from 0 to 100", ProblemCode::kInvalidValue});
  out.percent = value == nullptr ? 0 : value->number;
}

}  // namespace

void readCondition(Reading& reading, const Place& place, uint32_t depth, Condition& out) {
  reading.countCondition();
  if (!reading.checkDepth(place, depth)) {
    return;
  }
  const ObjectReader object(reading, place);
  const std::optional<size_t> position =
      object.name("kind", kConditionKinds, ProblemCode::kUnknownKind, "condition");
  if (!position) {
    return;
  }
  const std::string_view name = nameAt(kConditionKinds, *position);
  switch (static_cast<ConditionKind>(*position)) {
    case ConditionKind::kAll:
    case ConditionKind::kAny:
    case ConditionKind::kNone:
      out.kind = Condition::Kind::kGroup;
      out.group = static_cast<GroupKind>(*position);
      readGroup(object, depth, out);
      break;
    case ConditionKind::kEvent:
      out.kind = Condition::Kind::kEvent;
      readEvent(object, depth, out);
      break;
    case ConditionKind::kSequence:
      out.kind = Condition::Kind::kSequence;
      readSequence(object, depth, out);
      break;
    case ConditionKind::kAttribute:
      out.kind = Condition::Kind::kAttribute;
      object.allowOnly("kind attribute op value ignoreCase");
      out.attribute = object.path(name);
      readComparison(object, ComparisonPlace::kAttribute, out.comparison);
      break;
    case ConditionKind::kChannel:
      out.kind = Condition::Kind::kChannel;
      readMembership(object, name, kChannelOperatorNames, out);
      break;
    case ConditionKind::kList:
      out.kind = Condition::Kind::kList;
      readMembership(object, name, kMembershipOperatorNames, out);
      break;
    case ConditionKind::kSegment:
      out.kind = Condition::Kind::kSegment;
      readSegment(object, name, out);
      break;
    case ConditionKind::kCompare:
      out.kind = Condition::Kind::kCompare;
      readCompare(object, depth, out);
      break;
    case ConditionKind::kSample:
      out.kind = Condition::Kind::kSample;
      readSample(object, out);
      break;
  }
}

}  // namespace fosterflow

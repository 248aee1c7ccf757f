#include "language/constant_reader.h"

#include <cmath>
#include <optional>

namespace fosterflow {

namespace {

constexpr std::string_view kParameter = "parameter";

bool isWholeNumber(const ValueNode& value, const Interner& /*interner*/) {
  return value.type == ValueType::kNumber && value.number >= 0 &&
         std::trunc(value.number) == value.number;
}

}  // namespace

ConstantRule wholeNumberRule(ProblemCode code) {
  return {isWholeNumber, "a whole number, 0 or more", code};
}

const Parameter* readParameterReference(const ObjectReader& reference) {
  const Reading& reading = reference.reading();
  reference.allowOnly(kParameter);
  const std::optional<std::string_view> name = reference.text(kParameter);
  if (!name) {
    return nullptr;
  }
  const Place place = reference.find(kParameter);
  const Parameter* parameter = reading.parameters.find(place.node().text);
  if (parameter == nullptr) {
    const std::string_view nearest = reading.parameters.nearest(*name, *reading.interner);
    if (nearest.empty()) {
      reading.report(place, ProblemCode::kUnknownParameter,
                     "The segment declares no parameter \"%\"; add it to \"parameters\".", {*name});
    } else {
      reading.reportUnknown(place, ProblemCode::kUnknownParameter, kParameter, *name, nearest);
    }
    return nullptr;
  }
  return parameter->declared == nullptr ? nullptr : parameter;
}

const ValueNode* readConstant(Reading& reading, const Place& place, const ConstantRule& rule) {
  const ValueNode* value = &place.node();
  const Parameter* parameter = nullptr;
  if (place.type() == ValueType::kObject) {
    const ObjectReader reference(reading, place);
    if (reference.has(kParameter)) {
      parameter = readParameterReference(reference);
      if (parameter == nullptr) {
        return nullptr;
      }
      value = parameter->declared;
    }
  }
  if (!rule.accepts(*value, *reading.interner)) {
    reading.reportUnexpected(place, rule.code, rule.expectation);
    return nullptr;
  }
  if (parameter == nullptr || parameter->override == nullptr) {
    return value;
  }
  if (!rule.accepts(*parameter->override, *reading.interner)) {
    reading.overrides->refuse(*parameter->override, reading.segment, rule.expectation);
    return nullptr;
  }
  return parameter->override;
}

}  // namespace fosterflow

#include "language/constant_reader.h"

#include <cmath>

#include "language/wording.h"

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
  if (!reference.text(kParameter, Presence::kRequired)) {
    return nullptr;
  }
  const Place name = *reference.find(kParameter);
  const Parameter* parameter = reading.parameters.find(name.node().text);
  if (parameter == nullptr) {
    const std::string_view given = reading.text(name.node());
    const std::string_view nearest = reading.parameters.nearest(given, *reading.interner);
    reading.report(name, ProblemCode::kUnknownParameter,
                   nearest.empty() ? joined({"The segment declares no parameter ", inQuotes(given),
                                             "; add it to \"parameters\"."})
                                   : unknownNameSentence(kParameter, given, nearest));
  }
  return parameter;
}

const ValueNode* readConstant(Reading& reading, const Place& place, const ConstantRule& rule) {
  const ValueNode* value = &place.node();
  const Parameter* parameter = nullptr;
  if (place.type() == ValueType::kObject) {
    const ObjectReader reference(reading, place);
    if (reference.has(kParameter)) {
      parameter = readParameterReference(reference);
      if (parameter == nullptr || parameter->declared == nullptr) {
        return nullptr;
      }
      value = parameter->declared;
    }
  }
  if (!rule.accepts(*value, *reading.interner)) {
    reading.report(place, rule.code, expectationSentence(place.subject(), rule.expectation));
    return nullptr;
  }
  if (parameter == nullptr || parameter->override == nullptr) {
    return value;
  }
  if (!rule.accepts(*parameter->override->value, *reading.interner)) {
    reading.overrides->refuse(*parameter->override, reading.segment, rule.expectation);
    return nullptr;
  }
  return parameter->override->value;
}

}  // namespace fosterflow

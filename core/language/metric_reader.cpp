#include "language/metric_reader.h"

#include <optional>

#include "language/filter_reader.h"
#include "language/name_list.h"
#include "language/vocabulary.h"
#include "language/window_reader.h"

namespace fosterflow {

namespace {

void readEventName(const Reading& reading, const Place& place, EventSelector& out) {
  if (place.type() != ValueType::kText) {
    reading.reportType(place, "the name of an event");
    return;
  }
  const std::string_view name = reading.text(place.node());
  if (name.empty()) {
    reading.reportUnexpected(place, ProblemCode::kEmptyName, "the name of an event, not empty");
    return;
  }
  out.names.emplace_back(name);
}

void readEventNames(const Reading& reading, const Place& place, EventSelector& out) {
  if (place.type() != ValueType::kArray) {
    readEventName(reading, place, out);
    return;
  }
  size_t index = 0;
  for (const ValueNode& name : ValueChildren(&place.node())) {
    readEventName(reading, Place(place, index++, name), out);
  }
  if (index == 0) {
    reading.reportEmptyList(place);
  }
  sortNames(out.names);
}

void readMeasure(Reading& reading, const Place& place, Measure& out) {
  const ObjectReader measure(reading, place);
  measure.allowOnly("fn property unit");
  const std::optional<size_t> function =
      measure.name("fn", kMeasureFunctionNames, ProblemCode::kUnknownMeasure, "measure");
  if (!function) {
    return;
  }
  out.function = static_cast<MeasureFunction>(*function);
  const std::string_view name = nameAt(kMeasureFunctionNames, *function);
  if (out.function == MeasureFunction::kActive) {
    out.unit = static_cast<CalendarUnit>(
        measure.name("unit", kActiveUnitNames, ProblemCode::kUnknownUnit, "unit").value_or(0));
  } else {
    measure.refuse("unit", name);
  }
  if (out.function == MeasureFunction::kActive || out.function == MeasureFunction::kCount) {
    measure.refuse("property", name);
  } else {
    out.property = measure.path("property");
  }
}

}  // namespace

void readEventSelector(Reading& reading, const ObjectReader& object, uint32_t depth,
                       EventSelector& out) {
  if (const Place event = object.require("event")) {
    readEventNames(reading, event, out);
  }
  if (const Place where = object.find("where")) {
    readFilter(reading, where, depth + 1, out.where.emplace());
  }
}

void readMetric(Reading& reading, const ObjectReader& object, uint32_t depth, Metric& out) {
  readEventSelector(reading, object, depth, out.events);
  if (const Place measure = object.find("measure")) {
    readMeasure(reading, measure, out.measure);
  }
  readWindow(reading, object, depth, out.window);
}

}  // namespace fosterflow

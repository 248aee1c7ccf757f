#include "authoring/explained_events.h"

#include <algorithm>

#include "authoring/explained_values.h"
#include "values/canonical_json.h"
#include "values/path.h"

namespace fosterflow {

namespace {

void add(std::vector<NamedProperty>& properties, const std::vector<Symbol>& path,
         const Filter* item, const Interner& interner) {
  if (properties.size() == kMaxShownProperties) return;
  NamedProperty property;
  for (size_t index = 0; index < path.size(); ++index) {
    appendPathKey(property.name, interner.text(path[index]), index == 0);
  }
  for (const NamedProperty& known : properties) {
    if (known.name == property.name) return;
  }
  property.keys = path.data();
  property.keyCount = path.size();
  property.item = item;
  properties.push_back(std::move(property));
}

void collect(std::vector<NamedProperty>& properties, const Filter& filter,
             const Interner& interner) {
  switch (filter.kind) {
    case PropertyFilter::Kind::kGroup:
      for (const Filter& child : filter.children) collect(properties, child, interner);
      break;
    case PropertyFilter::Kind::kProperty:
      add(properties, filter.path, nullptr, interner);
      break;
    case PropertyFilter::Kind::kItem:
      add(properties, filter.path, &filter.children.front(), interner);
      break;
    case PropertyFilter::Kind::kClock:
      break;
  }
}

void appendProperties(std::string& out, const ValueNode* parent,
                      const std::vector<NamedProperty>& properties, Instant time,
                      const ContactView& view);

// The first entries of an array that match, each with what is named of it.
void appendEntries(std::string& out, const ValueNode* items, const Filter& filter, Instant time,
                   const ContactView& view) {
  if (items == nullptr || items->type != ValueType::kArray) {
    appendShownValue(out, items, *view.interner);
    return;
  }
  const std::vector<NamedProperty> named = namedProperties(&filter, {}, *view.interner);
  size_t shown = 0;
  out += '[';
  for (const ValueNode& item : ValueChildren(items)) {
    if (shown == kMaxShownEntries) break;
    if (!matches(filter, &item, time, view)) continue;
    if (shown++ > 0) out += ',';
    if (item.type == ValueType::kObject) {
      appendProperties(out, &item, named, time, view);
    } else if (item.type == ValueType::kArray) {
      out += "[]";
    } else {
      appendShownValue(out, &item, *view.interner);
    }
  }
  out += ']';
}

void appendProperties(std::string& out, const ValueNode* parent,
                      const std::vector<NamedProperty>& properties, Instant time,
                      const ContactView& view) {
  char separator = '{';
  for (const NamedProperty& property : properties) {
    out += separator;
    separator = ',';
    appendShownText(out, property.name);
    out += ':';
    const ValueNode* value = findAtPath(parent, property.keys, property.keyCount);
    if (property.item != nullptr) {
      appendEntries(out, value, *property.item, time, view);
    } else {
      appendShownValue(out, value, *view.interner);
    }
  }
  if (properties.empty()) out += separator;
  out += '}';
}

bool isOfOneValue(MeasureFunction function) {
  return function == MeasureFunction::kMin || function == MeasureFunction::kMax ||
         function == MeasureFunction::kFirst || function == MeasureFunction::kLast;
}

}  // namespace

std::vector<NamedProperty> namedProperties(const Filter* filter,
                                           const std::vector<Symbol>& measured,
                                           const Interner& interner) {
  std::vector<NamedProperty> properties;
  if (!measured.empty()) add(properties, measured, nullptr, interner);
  if (filter != nullptr) collect(properties, *filter, interner);
  return properties;
}

void appendEvent(std::string& out, const Event& event, const std::vector<NamedProperty>& properties,
                 uint32_t step, const ContactView& view) {
  out += "{\"at\":";
  appendJsonInteger(out, event.time);
  out += ",\"event\":";
  appendShownText(out, view.interner->text(event.name));
  if (step != kNoIndex) {
    out += ",\"step\":";
    appendJsonInteger(out, step);
  }
  if (!properties.empty()) {
    out += ",\"properties\":";
    appendProperties(out, event.properties.root(), properties, event.time, view);
  }
  out += '}';
}

void appendDecidingEvents(std::string& out, const Plan& plan, uint32_t metric,
                          const Evaluator& evaluator, bool isBrief) {
  const MetricPlan& metricPlan = plan.metrics[metric];
  const Stream& stream = plan.streams[metricPlan.stream];
  const StreamEvents& events = evaluator.eventsOf(metricPlan.stream);
  const MetricState& state = evaluator.metric(metric);
  const ContactView& view = evaluator.view();
  const std::vector<NamedProperty> named =
      namedProperties(stream.where ? &*stream.where : nullptr, metricPlan.property, *view.interner);
  ValueNode storage;
  const ValueNode* measured = evaluator.measured(metric, storage);
  const auto decided = [&](const Event& event) {
    if (!isOfOneValue(metricPlan.function)) return true;
    const ValueNode* value =
        findAtPath(event.properties.root(), metricPlan.property.data(), metricPlan.property.size());
    return compareValues(value, measured, *view.interner) == 0;
  };
  // The first or last value is that of one instant, whatever came with the same value since.
  uint32_t first = state.first();
  uint32_t last = state.last();
  if (first < last && metricPlan.function == MeasureFunction::kFirst) {
    last = static_cast<uint32_t>(std::min<size_t>(last, events.countUntil(events[first].time)));
  } else if (first < last && metricPlan.function == MeasureFunction::kLast) {
    first =
        static_cast<uint32_t>(std::max<size_t>(first, events.countBefore(events[last - 1].time)));
  }
  size_t count = 0;
  out += "\"events\":[";
  for (uint32_t index = last; index-- > first;) {
    const Event& event = *events[index].event;
    if (!decided(event)) continue;
    if (count++ >= kMaxShownEvents || isBrief) continue;
    if (count > 1) out += ',';
    appendEvent(out, event, named, kNoIndex, view);
  }
  out += "],\"eventCount\":";
  appendJsonInteger(out, static_cast<int64_t>(count));
}

}  // namespace fosterflow

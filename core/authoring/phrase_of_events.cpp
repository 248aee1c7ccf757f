#include <utility>

#include "authoring/phrase.h"

namespace fosterflow {

namespace {

constexpr size_t kMaxNames = 8;

template <typename Enumerator>
Text textFrom(Text first, Enumerator enumerator) {
  return static_cast<Text>(static_cast<size_t>(first) + static_cast<size_t>(enumerator));
}

}  // namespace

std::string Phrases::selector(const EventSelector& selector) const {
  std::vector<std::string> names;
  for (const std::string& name : selector.names) {
    if (names.size() < kMaxNames) names.push_back(quoted(name));
  }
  const std::string events = list(names, selector.names.size(), Text::kLastOr);
  if (!selector.where || filters_ == Filters::kLeftOut) return events;
  return say(Text::kWhere, {events, filter(*selector.where)});
}

std::string Phrases::filter(const PropertyFilter& filter) const {
  switch (filter.kind) {
    case PropertyFilter::Kind::kProperty:
      return comparison(path(filter.path), filter.comparison);
    case PropertyFilter::Kind::kClock:
      return comparison(say(textFrom(Text::kClockHour, filter.clockUnit), {}), filter.comparison);
    case PropertyFilter::Kind::kItem:
      return say(Text::kEntryWhere, {path(filter.path), this->filter(filter.children.front())});
    case PropertyFilter::Kind::kGroup:
      break;
  }
  std::vector<std::string> parts;
  const Text joint = filter.group == GroupKind::kAll ? Text::kAnd : Text::kOr;
  for (const PropertyFilter& child : filter.children) {
    std::string part = this->filter(child);
    const bool isClear =
        filter.children.size() == 1 || child.kind == PropertyFilter::Kind::kProperty ||
        child.kind == PropertyFilter::Kind::kClock ||
        (child.kind == PropertyFilter::Kind::kGroup && child.group == GroupKind::kNone);
    if (!isClear) part = say(Text::kParentheses, {part});
    parts.push_back(std::move(part));
  }
  const std::string text = joined(parts, joint, 0, parts.size());
  return filter.group == GroupKind::kNone ? say(Text::kNot, {text}) : text;
}

std::string Phrases::calendar(const Window& window) const {
  const std::string unit = say(textFrom(Text::kUnitHour, window.unit), {});
  const int64_t count = window.current ? window.count - 1 : window.count;
  const auto amount = static_cast<double>(count);
  const std::string units =
      catalogue_->say(textFrom(Text::kUnitHours, window.unit), amount, {number(amount)});
  if (window.current) {
    return count == 0 ? say(Text::kCurrentUnit, {unit}) : say(Text::kCurrentUnits, {unit, units});
  }
  return count == 1 ? say(Text::kPreviousUnit, {unit, units})
                    : say(Text::kPreviousUnits, {units, unit});
}

// A window, its `since` apart.
std::string Phrases::range(const Window& window) const {
  switch (window.kind) {
    case Window::Kind::kAllTime:
      return {};
    case Window::Kind::kLast:
      return catalogue_->say(Text::kInLast, amountOf(window.longer).count,
                             {duration(window.longer)});
    case Window::Kind::kBetween:
      return say(Text::kBetweenAgo, {duration(window.longer), duration(window.shorter)});
    case Window::Kind::kBefore:
      return say(Text::kBeforeAgo, {duration(window.longer)});
    case Window::Kind::kFromTo:
      if (!window.to) return say(Text::kFrom, {date(window.from->root())});
      if (!window.from) return say(Text::kTo, {date(window.to->root())});
      return say(Text::kFromTo, {date(window.from->root()), date(window.to->root())});
    case Window::Kind::kCalendar:
      return calendar(window);
  }
  return {};
}

std::string Phrases::window(const Window& window) const {
  std::string range = this->range(window);
  if (!window.since) return range;
  const std::string since = selector(*window.since);
  return range.empty() ? say(Text::kSince, {since}) : say(Text::kAndSince, {range, since});
}

std::string Phrases::eventsOf(const Metric& metric) const {
  const std::string events = selector(metric.events);
  const std::string window = this->window(metric.window);
  return window.empty() ? events : say(Text::kInWindow, {events, window});
}

std::string Phrases::metric(const Metric& metric) const {
  const Measure& measure = metric.measure;
  const std::string what = measure.function == MeasureFunction::kActive
                               ? say(textFrom(Text::kManyHours, measure.unit), {})
                               : path(measure.property);
  const std::string noun =
      say(textFrom(Text::kCountOf, measure.function), {selector(metric.events), what});
  const std::string window = this->window(metric.window);
  return window.empty() ? noun : say(Text::kInWindow, {noun, window});
}

}  // namespace fosterflow

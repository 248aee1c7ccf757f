#include "plan/condition_key.h"

#include <algorithm>

#include "plan/edge.h"
#include "plan/predicate.h"
#include "values/canonical_json.h"

namespace fosterflow {

void appendKey(std::string& key, int64_t number) {
  // Seven bits a byte, the lowest first; only the last byte is below 128.
  auto rest = static_cast<uint64_t>(number);
  for (; rest >= 128; rest >>= 7) key += static_cast<char>(rest | 128);
  key += static_cast<char>(rest);
}

void appendKey(std::string& key, std::string_view text) {
  appendKey(key, static_cast<int64_t>(text.size()));
  key += text;
}

void appendKey(std::string& key, const Path& path) {
  appendKey(key, static_cast<int64_t>(path.size()));
  for (const std::string& part : path) appendKey(key, std::string_view(part));
}

void appendKey(std::string& key, const Duration& duration) {
  key += duration.isCalendar ? 'M' : 'D';
  appendKey(key, duration.isCalendar ? duration.months : duration.milliseconds);
}

void appendKey(std::string& key, const Comparison& comparison, const Interner& interner,
               std::string_view zone) {
  appendKey(key, static_cast<int64_t>(comparison.op));
  key += comparison.ignoreCase ? 'i' : 'c';
  switch (comparison.value.kind) {
    case Operand::Kind::kNone:
      key += 'n';
      break;
    case Operand::Kind::kLiteral: {
      std::string literal;
      appendCanonicalJson(literal, comparison.value.literal.root(), interner);
      key += 'l';
      appendKey(key, std::string_view(literal));
      break;
    }
    case Operand::Kind::kAttribute:
      key += 'a';
      appendKey(key, comparison.value.attribute);
      break;
  }
  if (!readsDates(comparison.op)) return;
  appendKey(key, comparison.duration);
  appendKey(key, comparison.anniversaryDays);
  appendKey(key, zone);
}

void appendKey(std::string& key, const PropertyFilter& filter, const Interner& interner,
               std::string_view zone) {
  appendKey(key, static_cast<int64_t>(filter.kind));
  switch (filter.kind) {
    case PropertyFilter::Kind::kGroup:
      appendKey(key, static_cast<int64_t>(filter.group));
      break;
    case PropertyFilter::Kind::kClock:
      appendKey(key, static_cast<int64_t>(filter.clockUnit));
      appendKey(key, zone);
      appendKey(key, filter.comparison, interner, zone);
      break;
    case PropertyFilter::Kind::kProperty:
      appendKey(key, filter.path);
      appendKey(key, filter.comparison, interner, zone);
      break;
    case PropertyFilter::Kind::kItem:
      appendKey(key, filter.path);
      break;
  }
  appendKey(key, static_cast<int64_t>(filter.children.size()));
  for (const PropertyFilter& child : filter.children) appendKey(key, child, interner, zone);
}

void appendKey(std::string& key, const EventSelector& selector, const Interner& interner,
               std::string_view zone) {
  appendKey(key, static_cast<int64_t>(selector.names.size()));
  for (const std::string& name : selector.names) appendKey(key, std::string_view(name));
  if (selector.where) {
    key += 'w';
    appendKey(key, *selector.where, interner, zone);
  }
}

void appendKey(std::string& key, const Window& window, const Interner& interner,
               std::string_view zone) {
  appendKey(key, static_cast<int64_t>(window.kind));
  switch (window.kind) {
    case Window::Kind::kAllTime:
      break;
    case Window::Kind::kBetween:
      appendKey(key, window.shorter);
      [[fallthrough]];
    case Window::Kind::kLast:
    case Window::Kind::kBefore:
      appendKey(key, window.longer);
      break;
    case Window::Kind::kFromTo:
      for (const auto* bound : {&window.from, &window.to}) {
        std::string literal;
        if (*bound) appendCanonicalJson(literal, (*bound)->root(), interner);
        appendKey(key, std::string_view(literal));
      }
      break;
    case Window::Kind::kCalendar:
      appendKey(key, static_cast<int64_t>(window.unit));
      appendKey(key, window.count);
      key += window.current ? 'r' : 'w';
      break;
  }
  if (dependsOnZone(window)) appendKey(key, zone);
}

bool dependsOnZone(const PropertyFilter& filter) {
  if (filter.kind == PropertyFilter::Kind::kClock) return true;
  if (filter.kind == PropertyFilter::Kind::kProperty) return readsDates(filter.comparison.op);
  return std::any_of(filter.children.begin(), filter.children.end(),
                     [](const PropertyFilter& child) { return dependsOnZone(child); });
}

bool dependsOnZone(const Window& window) {
  switch (window.kind) {
    case Window::Kind::kAllTime:
      return false;
    case Window::Kind::kLast:
    case Window::Kind::kBefore:
      return window.longer.isCalendar;
    case Window::Kind::kBetween:
      return window.longer.isCalendar || window.shorter.isCalendar;
    default:
      return true;
  }
}

}  // namespace fosterflow

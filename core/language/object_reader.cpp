#include "language/object_reader.h"

#include "language/limits.h"
#include "language/vocabulary.h"
#include "values/path.h"

namespace fosterflow {

namespace {

constexpr std::string_view kMeta = "meta";

// Levels of arrays and objects in a value; 0 for a scalar. Bounded by the depth at which JSON was
// read.
uint32_t nestingOf(const ValueNode& value) {
  if (value.type < ValueType::kArray) {
    return 0;
  }
  uint32_t deepest = 0;
  for (const ValueNode& child : ValueChildren(&value)) {
    const uint32_t nesting = nestingOf(child);
    deepest = nesting > deepest ? nesting : deepest;
  }
  return deepest + 1;
}

}  // namespace

ObjectReader::ObjectReader(Reading& reading, const Place& place, ProblemCode code,
                           std::string_view expectation)
    : reading_(&reading), place_(&place), isObject_(place.type() == ValueType::kObject) {
  if (!isObject_) {
    reading.reportType(place, expectation, code);
  }
}

size_t ObjectReader::allowOnly(std::string_view keys) const {
  size_t unknown = 0;
  if (!isObject_) {
    return unknown;
  }
  for (const ValueNode& member : ValueChildren(&place_->node())) {
    const std::string_view key = reading_->interner->text(member.key);
    if (positionOfName(keys, key)) {
      continue;
    }
    const Place place(*place_, key, member);
    if (key == kMeta) {
      checkMeta(place);
    } else {
      ++unknown;
      reading_->reportUnknown(place, ProblemCode::kUnknownKey, "key", key, keys);
    }
  }
  return unknown;
}

void ObjectReader::checkMeta(const Place& meta) const {
  if (nestingOf(meta.node()) > kMaxMetaDepth) {
    reading_->report(meta, ProblemCode::kTooDeep, "\"meta\" nests deeper than %; flatten it.",
                     {kMaxMetaDepth});
  }
}

Place ObjectReader::find(std::string_view key) const {
  if (isObject_) {
    for (const ValueNode& member : ValueChildren(&place_->node())) {
      const std::string_view name = reading_->interner->text(member.key);
      if (name == key) {
        return Place(*place_, name, member);
      }
    }
  }
  return Place();
}

Place ObjectReader::require(std::string_view key) const {
  const Place found = find(key);
  if (!found && isObject_) {
    reading_->report(*place_, ProblemCode::kMissingKey, "The key \"%\" is missing here; add it.",
                     {key});
  }
  return found;
}

Place ObjectReader::requireList(std::string_view key) const {
  const Place found = require(key);
  if (found && found.type() != ValueType::kArray) {
    reading_->reportType(found, "a list");
    return Place();
  }
  return found;
}

std::optional<std::string_view> ObjectReader::text(std::string_view key, Presence presence) const {
  const Place found = presence == Presence::kRequired ? require(key) : find(key);
  if (!found) {
    return std::nullopt;
  }
  if (found.type() != ValueType::kText) {
    reading_->reportType(found, "a text");
    return std::nullopt;
  }
  return reading_->text(found.node());
}

bool ObjectReader::boolean(std::string_view key) const {
  const Place found = find(key);
  if (!found) {
    return false;
  }
  if (found.type() != ValueType::kTrue && found.type() != ValueType::kFalse) {
    reading_->reportType(found, "true or false");
  }
  return found.type() == ValueType::kTrue;
}

std::optional<size_t> ObjectReader::name(std::string_view key, std::string_view names,
                                         ProblemCode code, std::string_view what) const {
  const std::optional<std::string_view> given = text(key);
  if (!given) {
    return std::nullopt;
  }
  const std::optional<size_t> position = positionOfName(names, *given);
  if (position) {
    return position;
  }
  reading_->reportUnknown(find(key), code, what, *given, names);
  // Read on as if it were the name that was meant, so that the rest is checked too.
  return positionOfName(names, nearestName(names, *given));
}

Path ObjectReader::path(std::string_view key) const {
  const std::optional<std::string_view> dotted = text(key);
  return dotted ? splitPath(*dotted) : Path();
}

void ObjectReader::refuse(std::string_view key, std::string_view owner) const {
  if (const Place found = find(key)) {
    reading_->report(found, ProblemCode::kUnknownKey, "\"%\" has no place with \"%\"; remove it.",
                     {key, owner});
  }
}

}  // namespace fosterflow

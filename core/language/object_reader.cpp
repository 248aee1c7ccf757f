#include "language/object_reader.h"

#include "language/limits.h"
#include "language/vocabulary.h"
#include "language/wording.h"
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

bool Reading::checkDepth(const Place& place, uint32_t depth) const {
  if (depth <= kMaxConditionDepth) {
    return true;
  }
  report(place, ProblemCode::kTooDeep,
         joined({"Conditions nest deeper than ", std::to_string(kMaxConditionDepth),
                 " here; flatten the groups around."}));
  return false;
}

ObjectReader::ObjectReader(Reading& reading, const Place& place, ProblemCode code,
                           std::string_view expectation)
    : reading_(&reading), place_(&place), isObject_(place.type() == ValueType::kObject) {
  if (!isObject_) {
    reading.report(place, code, wrongTypeSentence(place.subject(), expectation, place.type()));
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
      reading_->report(place, ProblemCode::kUnknownKey, unknownNameSentence("key", key, keys));
    }
  }
  return unknown;
}

void ObjectReader::checkMeta(const Place& meta) const {
  if (nestingOf(meta.node()) > kMaxMetaDepth) {
    reading_->report(
        meta, ProblemCode::kTooDeep,
        joined({"\"meta\" nests deeper than ", std::to_string(kMaxMetaDepth), "; flatten it."}));
  }
}

std::optional<Place> ObjectReader::find(std::string_view key) const {
  if (isObject_) {
    for (const ValueNode& member : ValueChildren(&place_->node())) {
      const std::string_view name = reading_->interner->text(member.key);
      if (name == key) {
        return Place(*place_, name, member);
      }
    }
  }
  return std::nullopt;
}

std::optional<Place> ObjectReader::get(std::string_view key, Presence presence) const {
  std::optional<Place> found = find(key);
  if (!found && isObject_ && presence == Presence::kRequired) {
    reading_->report(*place_, ProblemCode::kMissingKey,
                     joined({"The key ", inQuotes(key), " is missing here; add it."}));
  }
  return found;
}

std::optional<std::string_view> ObjectReader::text(std::string_view key, Presence presence) const {
  const std::optional<Place> found = get(key, presence);
  if (!found) {
    return std::nullopt;
  }
  if (found->type() != ValueType::kText) {
    reading_->report(*found, ProblemCode::kWrongType,
                     wrongTypeSentence(found->subject(), "a text", found->type()));
    return std::nullopt;
  }
  return reading_->text(found->node());
}

std::optional<Place> ObjectReader::list(std::string_view key, Presence presence) const {
  std::optional<Place> found = get(key, presence);
  if (found && found->type() != ValueType::kArray) {
    reading_->report(*found, ProblemCode::kWrongType,
                     wrongTypeSentence(found->subject(), "a list", found->type()));
    return std::nullopt;
  }
  return found;
}

bool ObjectReader::boolean(std::string_view key, bool otherwise) const {
  const std::optional<Place> found = find(key);
  if (!found) {
    return otherwise;
  }
  if (found->type() != ValueType::kTrue && found->type() != ValueType::kFalse) {
    reading_->report(*found, ProblemCode::kWrongType,
                     wrongTypeSentence(found->subject(), "true or false", found->type()));
  }
  return found->type() == ValueType::kTrue;
}

std::optional<size_t> ObjectReader::name(std::string_view key, Presence presence,
                                         std::string_view names, ProblemCode code,
                                         std::string_view what) const {
  const std::optional<std::string_view> given = text(key, presence);
  if (!given) {
    return std::nullopt;
  }
  const std::optional<size_t> position = positionOfName(names, *given);
  if (!position) {
    reading_->report(*find(key), code, unknownNameSentence(what, *given, names));
    // Read on as if it were the name that was meant, so that the rest is checked too.
    return positionOfName(names, nearestName(names, *given));
  }
  return position;
}

Path ObjectReader::path(std::string_view key) const {
  const std::optional<std::string_view> dotted = text(key, Presence::kRequired);
  return dotted ? splitPath(*dotted) : Path();
}

void ObjectReader::misplaced(std::string_view key, std::string_view owner, ProblemCode code) const {
  if (const std::optional<Place> found = find(key)) {
    reading_->report(*found, code, misplacedKeySentence(key, owner));
  }
}

}  // namespace fosterflow

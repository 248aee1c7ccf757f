#include "language/definition_reader.h"

#include <optional>
#include <utility>

#include "language/condition_reader.h"
#include "language/limits.h"
#include "language/object_reader.h"
#include "language/wording.h"

namespace fosterflow {

namespace {

bool isSegmentId(std::string_view id) {
  if (id.empty() || id.size() > kMaxSegmentIdLength) {
    return false;
  }
  for (const char letter : id) {
    const bool isAllowed = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                           (letter >= '0' && letter <= '9') || letter == '.' || letter == '_' ||
                           letter == '-';
    if (!isAllowed) {
      return false;
    }
  }
  return true;
}

void readVersion(const ObjectReader& object) {
  const std::optional<Place> version = object.get("version", Presence::kRequired);
  if (!version) {
    return;
  }
  const Reading& reading = object.reading();
  if (version->type() != ValueType::kNumber) {
    reading.report(*version, ProblemCode::kWrongType,
                   wrongTypeSentence(version->subject(), "the number 1", version->type()));
  } else if (version->node().number != 1) {
    reading.report(*version, ProblemCode::kUnsupportedVersion,
                   expectationSentence(version->subject(), "1, the only version there is"));
  }
}

void readId(const ObjectReader& object, ReadDefinition& out) {
  const std::optional<std::string_view> id = object.text("id", Presence::kRequired);
  if (!id) {
    return;
  }
  const Place place = *object.find("id");
  out.definition.id = *id;
  out.idPointer = place.pointer();
  if (!isSegmentId(*id)) {
    object.reading().report(
        place, ProblemCode::kInvalidId,
        expectationSentence(place.subject(),
                            "1 to 128 letters (A to Z), digits, dots, underscores or hyphens"));
  }
}

// The zone that dates are read in; nullptr when it is each contact's own.
const Zone* readTimezone(const ObjectReader& object, ZoneRegistry& zones, std::string& out) {
  const std::optional<std::string_view> name = object.text("timezone", Presence::kOptional);
  if (!name) {
    return zones.utc();
  }
  out = *name;
  if (*name == kContactTimezone) {
    return nullptr;
  }
  const Zone* zone = zones.find(*name);
  if (zone != nullptr) {
    return zone;
  }
  object.reading().report(
      *object.find("timezone"), ProblemCode::kUnknownTimezone,
      joined({"There is no time zone ", inQuotes(*name),
              "; write an IANA name such as \"Europe/Berlin\", \"UTC\" or \"contact\"."}));
  return zones.utc();
}

void readParameters(const ObjectReader& object) {
  const std::optional<Place> place = object.find("parameters");
  if (!place) {
    return;
  }
  Reading& reading = object.reading();
  if (ObjectReader(reading, *place).isObject()) {
    reading.parameters.read(*place, *reading.interner, reading.segment, *reading.overrides,
                            *reading.problems);
  }
}

void readWhen(const ObjectReader& object, Condition& out) {
  const std::optional<Place> when = object.get("when", Presence::kRequired);
  if (!when) {
    return;
  }
  Reading& reading = object.reading();
  readCondition(reading, *when, 1, out);
  if (reading.conditions > kMaxConditions) {
    reading.report(*when, ProblemCode::kTooManyConditions,
                   joined({"The segment has ", std::to_string(reading.conditions),
                           " conditions, filters and steps, but only ",
                           std::to_string(kMaxConditions), " are allowed; split it."}));
  }
}

}  // namespace

ReadDefinition readDefinition(const Place& place, size_t byteCount, Interner& interner,
                              ParameterOverrides& overrides, ZoneRegistry& zones,
                              ProblemList& problems) {
  ReadDefinition out;
  out.node = &place.node();
  Reading reading;
  reading.interner = &interner;
  reading.problems = &problems;
  reading.overrides = &overrides;
  if (byteCount > kMaxDefinitionBytes) {
    reading.report(place, ProblemCode::kDefinitionTooLarge,
                   joined({"The definition has ", std::to_string(byteCount), " bytes, but only ",
                           std::to_string(kMaxDefinitionBytes), " are allowed; split it."}));
  }
  const ObjectReader object(reading, place, ProblemCode::kWrongType, "a segment (an object)");
  if (!object.isObject()) {
    return out;
  }
  object.allowOnly("version id name description timezone parameters when");
  readVersion(object);
  readId(object, out);
  reading.segment = out.definition.id;
  out.definition.name = object.text("name", Presence::kOptional).value_or("");
  out.definition.description = object.text("description", Presence::kOptional).value_or("");
  reading.zone = readTimezone(object, zones, out.definition.timezone);
  readParameters(object);
  out.definition.parameterNames = reading.parameters.names(interner);
  readWhen(object, out.definition.when);
  out.references = std::move(reading.references);
  return out;
}

}  // namespace fosterflow

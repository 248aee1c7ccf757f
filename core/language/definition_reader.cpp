#include "language/definition_reader.h"

#include <optional>
#include <utility>

#include "language/condition_reader.h"
#include "language/limits.h"
#include "language/object_reader.h"

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
  const Place version = object.require("version");
  if (!version) {
    return;
  }
  if (version.type() != ValueType::kNumber) {
    object.reading().reportType(version, "the number 1");
  } else if (version.node().number != 1) {
    object.reading().reportUnexpected(version, ProblemCode::kUnsupportedVersion,
                                      "1, the only version there is");
  }
}

void readId(const ObjectReader& object, ReadDefinition& out) {
  const std::optional<std::string_view> id = object.text("id");
  if (!id) {
    return;
  }
  const Place place = object.find("id");
  out.definition.id = *id;
  out.idPointer = place.pointer();
  if (!isSegmentId(*id)) {
    object.reading().reportUnexpected(
        place, ProblemCode::kInvalidId,
        "made of 1 to 128 letters (A to Z), digits, dots, underscores or hyphens");
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
  object.reading().report(object.find("timezone"), ProblemCode::kUnknownTimezone,
                          "There is no time zone \"%\"; write an IANA name such as "
                          "\"Europe/Berlin\", \"UTC\" or \"contact\".",
                          {*name});
  return zones.utc();
}

void readParameters(const ObjectReader& object) {
  const Place place = object.find("parameters");
  Reading& reading = object.reading();
  if (place && ObjectReader(reading, place).isObject()) {
    reading.parameters.read(reading, place);
  }
}

void readWhen(const ObjectReader& object, Condition& out) {
  const Place when = object.require("when");
  if (!when) {
    return;
  }
  Reading& reading = object.reading();
  readCondition(reading, when, 1, out);
  if (reading.conditions > kMaxConditions) {
    reading.report(when, ProblemCode::kTooManyConditions,
                   "The segment has % conditions, filters and steps, but only % are allowed; "
                   "split it.",
                   {reading.conditions, kMaxConditions});
  }
}

}  // namespace

void readDefinition(const Place& place, size_t byteCount, Interner& interner,
                    ParameterOverrides& overrides, ZoneRegistry& zones, ProblemList& problems,
                    ReadDefinition& out) {
  out.node = &place.node();
  Reading reading;
  reading.interner = &interner;
  reading.problems = &problems;
  reading.overrides = &overrides;
  if (byteCount > kMaxDefinitionBytes) {
    reading.report(place, ProblemCode::kDefinitionTooLarge,
                   "The definition has % bytes, but only % are allowed; split it.",
                   {byteCount, kMaxDefinitionBytes});
  }
  const ObjectReader object(reading, place, ProblemCode::kWrongType,
                            place.isRoot() ? "a segment or a list of segments" : "a segment");
  object.allowOnly("version id name description timezone parameters when");
  readVersion(object);
  readId(object, out);
  Definition& definition = out.definition;
  reading.segment = definition.id;
  definition.name = object.text("name", Presence::kOptional).value_or("");
  definition.description = object.text("description", Presence::kOptional).value_or("");
  reading.zone = readTimezone(object, zones, definition.timezone);
  readParameters(object);
  definition.parameterNames = reading.parameters.names(interner);
  readWhen(object, definition.when);
  out.references = std::move(reading.references);
}

}  // namespace fosterflow

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fosterflow {

/// What can be wrong with a set of definitions. `codeName` gives the published name of each.
enum class ProblemCode : uint8_t {
  kInvalidJson,
  kInvalidUtf8,
  kNumberOutOfRange,
  kDefinitionTooLarge,
  kTooDeep,
  kTooManyConditions,
  kTooManySegments,
  kWrongType,  ///< another JSON type was expected here
  kMissingKey,
  kUnknownKey,
  kUnsupportedVersion,
  kInvalidId,
  kDuplicateId,
  kUnknownTimezone,
  kUnknownKind,
  kUnknownOperator,
  kOperatorNotAllowed,  ///< the operator exists, but not here
  kUnknownMeasure,
  kUnknownUnit,
  kInvalidValue,  ///< a literal of a type or range that its place does not take
  kEmptyList,     ///< an empty `of`, `in`, `includes_*`, list of names
  kEmptyName,     ///< an empty event name
  kReversedRange,
  kInvalidWindow,
  kInvalidDuration,
  kInvalidDate,
  kInvalidSequence,
  kUnknownParameter,  ///< a reference to, or an override of, an undeclared parameter
  kParameterType,     ///< an override of another type, or one that makes its place impossible
  kUnknownSegment,
  kSegmentCycle,
  kSegmentChainTooLong,
  kEmptyWindow,  ///< warning: no event can ever be in it
  kOutOfMemory,
};

enum class Severity : uint8_t { kError, kWarning };

/// One finding, with its place as a JSON Pointer (RFC 6901) from the root of the value that was
/// given, and a sentence that a marketer understands.
struct Problem {
  std::string path;
  ProblemCode code = ProblemCode::kInvalidJson;
  Severity severity = Severity::kError;
  std::string message;
};

/// The published name, such as "unknown_operator".
std::string_view codeName(ProblemCode code);

bool hasErrors(const std::vector<Problem>& problems);

}  // namespace fosterflow

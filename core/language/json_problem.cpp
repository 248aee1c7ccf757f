#include "language/json_problem.h"

#include <utility>

#include "language/wording.h"

namespace fosterflow {

Problem jsonProblem(JsonError error, std::string_view subject) {
  ProblemCode code = ProblemCode::kInvalidJson;
  std::string_view fault =
      "are not valid JSON; look for a missing comma, quotation mark or bracket";
  switch (error) {
    case JsonError::kNone:
    case JsonError::kSyntax:
      break;
    case JsonError::kEmpty:
      fault = "are missing: the text is empty";
      break;
    case JsonError::kInvalidUtf8:
      code = ProblemCode::kInvalidUtf8;
      fault = "are not UTF-8; save the text in that encoding";
      break;
    case JsonError::kNumberOutOfRange:
      code = ProblemCode::kNumberOutOfRange;
      fault = "hold a number that is too large; keep it below 1e308";
      break;
    case JsonError::kTooDeep:
      code = ProblemCode::kTooDeep;
      fault = "are nested too deep";
      break;
    case JsonError::kOutOfMemory:
      code = ProblemCode::kOutOfMemory;
      fault = "need more memory than there is";
      break;
  }
  return {"", code, Severity::kError, sentence("% %.", {subject, fault})};
}

}  // namespace fosterflow

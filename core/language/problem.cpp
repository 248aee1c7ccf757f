#include "language/problem.h"

#include "language/vocabulary.h"

namespace fosterflow {

namespace {

// In the order of ProblemCode.
constexpr std::string_view kCodeNames =
    "invalid_json invalid_utf8 number_out_of_range definition_too_large too_deep "
    "too_many_conditions too_many_segments wrong_type missing_key unknown_key "
    "unsupported_version invalid_id duplicate_id unknown_timezone unknown_kind "
    "unknown_operator operator_not_allowed unknown_measure unknown_unit invalid_value "
    "empty_list empty_name reversed_range invalid_window invalid_duration invalid_date "
    "invalid_sequence unknown_parameter parameter_type unknown_segment segment_cycle "
    "segment_chain_too_long empty_window out_of_memory";

}  // namespace

std::string_view codeName(ProblemCode code) {
  return nameAt(kCodeNames, static_cast<size_t>(code));
}

bool hasErrors(const std::vector<Problem>& problems) {
  for (const Problem& problem : problems) {
    if (problem.severity == Severity::kError) {
      return true;
    }
  }
  return false;
}

}  // namespace fosterflow

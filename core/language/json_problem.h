#pragma once

#include <string_view>

#include "language/problem.h"
#include "values/json_reader.h"

namespace fosterflow {

/// The problem of a text that could not be read at all; `subject` begins its sentence.
Problem jsonProblem(JsonError error, std::string_view subject);

}  // namespace fosterflow

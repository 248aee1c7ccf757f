#pragma once

#include <optional>

#include "time/instant.h"

namespace fosterflow {

/// An instant as the host passes it, limited to the range of time; NaN is none.
std::optional<Instant> instantOf(double milliseconds);

}  // namespace fosterflow

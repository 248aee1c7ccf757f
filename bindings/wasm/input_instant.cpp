#include "input_instant.h"

#include <cmath>

namespace fosterflow {

std::optional<Instant> instantOf(double milliseconds) {
  if (std::isnan(milliseconds)) return std::nullopt;
  const double limited = std::fmin(std::fmax(milliseconds, static_cast<double>(kMinInstant)),
                                   static_cast<double>(kMaxInstant));
  return static_cast<Instant>(std::floor(limited));
}

}  // namespace fosterflow

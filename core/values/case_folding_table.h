#pragma once

#include <cstddef>
#include <cstdint>

namespace fosterflow {

/// A row of code points of one plane, `stride` apart, that all fold by the same distance (modulo
/// 2^16).
struct CaseFoldingRun {
  uint16_t first;
  uint16_t distance;
  uint8_t count;
  uint8_t stride;
};

/// The runs of plane 0 and of plane 1, ascending; no other plane has foldings.
extern const CaseFoldingRun kBasicPlaneFoldings[];
extern const size_t kBasicPlaneFoldingCount;
extern const CaseFoldingRun kSupplementaryPlaneFoldings[];
extern const size_t kSupplementaryPlaneFoldingCount;

}  // namespace fosterflow

#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fosterflow {

/// Appends `,"minimum":x,"maximum":x,"mean":x,"buckets":[{"from":x,"to":x,"count":N},…]` of values,
/// of which there is at least one. A bucket holds the values from its first bound up to, but not
/// including, its second; the last one includes it. Without `bounds` (ascending, at least two)
/// there are `count` buckets of one width from the smallest value to the largest. The mean is
/// correctly rounded.
void appendDistribution(std::string& out, const std::vector<double>& values,
                        std::vector<double> bounds, uint32_t count);

}  // namespace fosterflow

#pragma once

#include "time/duration.h"
#include "time/zone.h"

namespace fosterflow {

/// True when T − `longer` is earlier than T − `shorter` at every T in `zone` (nullptr: in any
/// zone). Months are as long as the Gregorian calendar makes them; where a clock change of the zone
/// may fall between, they are taken to be shorter and longer by it. O(1), if with a large constant.
bool isAlwaysLonger(const Duration& longer, const Duration& shorter, const Zone* zone);

}  // namespace fosterflow

#pragma once

#include "time/zone.h"

namespace fosterflow {

/// The zones that the JavaScript host knows.
ZoneSource& hostZones();

}  // namespace fosterflow

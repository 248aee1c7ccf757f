#pragma once

#include "bridge.h"

namespace fosterflow {

/// The one bridge of this WebAssembly instance, made at the first call.
Bridge& bridge();

}  // namespace fosterflow

#pragma once

#include <cstdint>

namespace fosterflow {

/// What a bridge call says with its return value; the details are in the response.
enum class BridgeStatus : int32_t {
  kOk = 0,
  kRefused = 1,        ///< the input was refused; nothing has changed
  kOutOfMemory = 2,    ///< there is no memory for this; nothing has changed
  kUnknownHandle = 3,  ///< no such contact or directory is open
};

}  // namespace fosterflow

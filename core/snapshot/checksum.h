#pragma once

#include <cstdint>
#include <string_view>

namespace fosterflow {

/// 64 bits that differ when any eight bytes in a row differ, and otherwise do so but for one in
/// 2^64. Against accidents, not against forgers. A byte takes less than a nanosecond.
/// `seed`: the checksum of what came before.
uint64_t checksum64(std::string_view bytes, uint64_t seed);

}  // namespace fosterflow

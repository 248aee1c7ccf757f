#pragma once

#include <cstdint>
#include <string_view>

namespace fosterflow {

/// The secret of a keyed hash. The host gives a random one, so that nobody can make up texts that
/// share a hash.
struct HashKey {
  uint64_t first = 0;
  uint64_t second = 0;
};

/// SipHash-1-3 of `text`: 64 bits that stand for a messageId. Never 0, which means that there is
/// none.
uint64_t fingerprintOf(const HashKey& key, std::string_view text);

/// A faster hash for tables, which compare the texts besides.
uint64_t quickHash(const HashKey& key, std::string_view text);

}  // namespace fosterflow

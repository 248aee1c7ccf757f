#pragma once

#include <cstddef>

namespace fosterflow {

/// Memory held back for the day when there is none. Core code does not check each allocation: when
/// one fails, the reserve is given up, the operation under way ends well, and the next one is
/// refused until the reserve is whole again. It is larger than what any one bounded operation (a
/// message, a step of the clock) takes.
class MemoryReserve {
 public:
  static constexpr size_t kBytes = 8 * 1'048'576;

  MemoryReserve();
  MemoryReserve(const MemoryReserve&) = delete;
  MemoryReserve& operator=(const MemoryReserve&) = delete;
  ~MemoryReserve();

  /// True when the reserve is whole, or could be made so.
  bool isWhole();

  /// True when an operation that takes up to `bytes` can be begun: the reserve covers them, or they
  /// could be had besides.
  bool couldAllocate(size_t bytes);

 private:
  static void giveUp();
  static void* block_;
};

}  // namespace fosterflow

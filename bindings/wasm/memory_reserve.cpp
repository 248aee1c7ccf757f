#include "memory_reserve.h"

#include <cstdlib>
#include <new>

namespace fosterflow {

void* MemoryReserve::block_ = nullptr;

MemoryReserve::MemoryReserve() {
  std::set_new_handler(&MemoryReserve::giveUp);
  isWhole();
}

MemoryReserve::~MemoryReserve() {
  std::set_new_handler(nullptr);
  std::free(block_);
  block_ = nullptr;
}

bool MemoryReserve::isWhole() {
  if (block_ == nullptr) block_ = std::malloc(kBytes);
  return block_ != nullptr;
}

bool MemoryReserve::couldAllocate(size_t bytes) {
  if (!isWhole()) return false;
  if (bytes <= kBytes) return true;
  void* volatile probe = std::malloc(bytes);  // volatile: the compiler may not leave the pair out
  const bool succeeded = probe != nullptr;
  std::free(probe);
  return succeeded;
}

// Called by operator new when there is no memory; it then tries again. With nothing left to give,
// the only way out without exceptions is to end the instance, which the host sees as a trap.
void MemoryReserve::giveUp() {
  if (block_ == nullptr) std::abort();
  std::free(block_);
  block_ = nullptr;
}

}  // namespace fosterflow

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "values/json_reader.h"

namespace fosterflow {

/// Where the host writes what a call is given. It is reused, and moves when more is needed.
class InputBuffer {
 public:
  InputBuffer() = default;
  InputBuffer(const InputBuffer&) = delete;
  InputBuffer& operator=(const InputBuffer&) = delete;
  ~InputBuffer() { std::free(bytes_); }

  /// An address for so many bytes, with the padding that readers want behind them; 0 when there is
  /// no memory. What was there is lost.
  uintptr_t reserve(uint32_t bytes) {
    if (bytes > capacity_ || bytes_ == nullptr) {
      const size_t capacity = bytes < kLeast ? kLeast : bytes;
      auto* larger = static_cast<char*>(std::malloc(capacity + JsonReader::kPadding));
      if (larger == nullptr) return 0;
      std::free(bytes_);
      bytes_ = larger;
      capacity_ = capacity;
    }
    return reinterpret_cast<uintptr_t>(bytes_);
  }

  /// What was written; empty when the host claims more than there is room for.
  [[nodiscard]] std::string_view text(size_t length, size_t from = 0) const {
    if (length > capacity_ || from > capacity_ - length) return {};
    return {bytes_ + from, length};
  }

  /// Frees it, when what was written is as large as a file.
  void giveBack() {
    std::free(bytes_);
    bytes_ = nullptr;
    capacity_ = 0;
  }

 private:
  static constexpr size_t kLeast = 4096;

  char* bytes_ = nullptr;
  size_t capacity_ = 0;
};

}  // namespace fosterflow

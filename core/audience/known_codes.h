#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fosterflow {

/// The codes of values by how they are written in JSON, for those that come first: what is common
/// comes early. It forgets nothing, and takes nothing in once it is full.
class KnownCodes {
 public:
  /// 0: not known.
  [[nodiscard]] uint32_t find(std::string_view written) const {
    if (slots_.empty()) return 0;
    const uint32_t hash = hashOf(written);
    for (size_t slot = hash & mask();; slot = (slot + 1) & mask()) {
      const Entry& entry = slots_[slot];
      if (entry.code == 0) return 0;
      if (entry.hash == hash && textOf(entry) == written) return entry.code;
    }
  }
  void add(std::string_view written, uint32_t code);

 private:
  static constexpr size_t kMaxEntries = 4096;
  static constexpr size_t kMaxBytes = 262'144;
  struct Entry {
    uint32_t hash = 0;
    uint32_t code = 0;  // 0: free
    uint32_t place = 0;
    uint32_t size = 0;
  };
  static uint32_t hashOf(std::string_view written);
  [[nodiscard]] size_t mask() const { return slots_.size() - 1; }
  [[nodiscard]] std::string_view textOf(const Entry& entry) const {
    return std::string_view(texts_).substr(entry.place, entry.size);
  }
  void put(const Entry& entry);

  std::vector<Entry> slots_;  // linear probing, a power of two of them
  size_t count_ = 0;
  std::string texts_;
};

}  // namespace fosterflow

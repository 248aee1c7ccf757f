#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "audience/chunked_array.h"

namespace fosterflow {

/// The ids that messages were sent under, numbered in the order in which they came. Ids are never
/// forgotten, which makes this smaller and faster than an Interner. At most 2^32 - 2 ids.
class IdTable {
 public:
  IdTable();

  static uint32_t hashOf(std::string_view id);
  /// Makes memory ready for ids of these hashes, for all of them at a time.
  void touch(const std::vector<uint32_t>& hashes);
  /// The number of `id`, whose hash it is, and which may be new. O(length).
  uint32_t indexOf(std::string_view id, uint32_t hash);
  uint32_t indexOf(std::string_view id) { return indexOf(id, hashOf(id)); }
  /// Makes room for so many ids.
  void reserve(size_t count) {
    while (count * 2 > slots_.size()) grow();
  }
  /// The number of a known id; kNoIndex: it is not known.
  [[nodiscard]] uint32_t find(std::string_view id) const;

  [[nodiscard]] std::string_view text(uint32_t index) const {
    return {entries_[index].text, entries_[index].size};
  }
  [[nodiscard]] uint32_t size() const { return static_cast<uint32_t>(entries_.size()); }
  [[nodiscard]] size_t bytes() const { return textBytes_ + entries_.bytes() + slots_.size() * 8; }

 private:
  struct Entry {
    const char* text = nullptr;
    uint32_t size = 0;
    uint32_t hash = 0;
  };
  struct Slot {
    uint32_t hash = 0;
    uint32_t next = 0;  // index + 1; 0: free
  };
  [[nodiscard]] size_t slotOf(std::string_view id, uint32_t hash) const;
  const char* keep(std::string_view id);
  void grow();

  ChunkedArray<Entry> entries_;
  std::vector<Slot> slots_;  // linear probing, a power of two of them
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;  // in the last block
  size_t freeBytes_ = 0;
  size_t textBytes_ = 0;
  uint32_t touched_ = 0;  // what is read ahead must be used for something
};

}  // namespace fosterflow

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fosterflow {

/// Finds the places of a growing list by hash. The list itself lies elsewhere. What was added last
/// can be taken back.
class IndexTable {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  /// The first place at or after `slot` in the probing order whose hash is this; kNone: no more.
  /// `slot` begins as `hash` and is moved behind what was found.
  [[nodiscard]] uint32_t next(uint32_t hash, uint32_t& slot) const;
  /// Adds the place `size()`.
  void add(uint32_t hash);
  void truncate(size_t size);
  [[nodiscard]] size_t size() const { return hashes_.size(); }

 private:
  void fill(uint32_t place);
  std::vector<uint32_t> hashes_;  // by place
  std::vector<uint32_t> slots_;   // place + 1, 0: free; linear probing, a power of two of them
};

/// Texts, each once, by the order in which they came.
class TextTable {
 public:
  /// kNone: unknown.
  [[nodiscard]] uint32_t find(std::string_view text) const;
  uint32_t findOrAdd(std::string_view text);
  [[nodiscard]] std::string_view operator[](size_t place) const {
    const size_t begin = place == 0 ? 0 : ends_[place - 1];
    return std::string_view(bytes_).substr(begin, ends_[place] - begin);
  }
  void truncate(size_t size);
  [[nodiscard]] size_t size() const { return ends_.size(); }

 private:
  std::string bytes_;
  std::vector<uint32_t> ends_;
  IndexTable table_;
};

}  // namespace fosterflow

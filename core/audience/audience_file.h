#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audience/audience_store.h"

namespace fosterflow {

/// A store as a file, and back (docs/audience.md has the form to the byte): its columns as they
/// are, so that opening is copying and checking.
class AudienceFile {
 public:
  static constexpr std::string_view kMagic = "FOSTAUD\n";
  static constexpr uint64_t kVersion = 1;

  /// The file in pieces, which point into the store's columns: valid until the store or this
  /// changes. The store must be settled and compact. O(bytes), for the checksum.
  void write(const AudienceStore& store);
  [[nodiscard]] const std::vector<std::string_view>& pieces() const { return pieces_; }

  enum class Fault : uint8_t { kNone, kDamaged, kVersion };
  /// Opens a file into an empty store. On a fault the store is of no use.
  static Fault read(std::string_view bytes, AudienceStore& store);

 private:
  class Reader;
  void addNumber(uint64_t number);
  void addBytes(std::string_view bytes);
  template <typename Entry>
  void addArray(const std::vector<Entry>& entries) {
    addBytes({reinterpret_cast<const char*>(entries.data()), entries.size() * sizeof(Entry)});
  }
  void addOwned(std::string bytes);
  void flush();
  uint64_t numberOf(Symbol text);
  void addTexts(const std::vector<std::string_view>& texts);
  void addIds(const AudienceStore& store);
  void addTable(const EventTable& table);
  void addDictionary(const ValueDictionary& dictionary);
  void addWords(const std::vector<Symbol>& path, const WordTable& table);
  [[nodiscard]] uint64_t checksum() const;

  std::vector<std::unique_ptr<std::string>> owned_;
  std::string open_;  // numbers that are not a piece yet
  std::vector<std::string_view> pieces_;
  SymbolMap numbers_;  // of texts
  std::vector<Symbol> texts_;
};

}  // namespace fosterflow

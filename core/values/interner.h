#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace fosterflow {

/// Names one distinct text of an Interner. Equal texts have equal symbols, so texts compare as
/// integers.
using Symbol = uint32_t;

/// Stands for "no text"; never names one.
inline constexpr Symbol kNoSymbol = 0;

/// A set of reference-counted texts. A text lives as long as someone holds a reference to its
/// symbol; the freed symbol may then name another text. Not thread safe.
class Interner {
 public:
  Interner();
  Interner(const Interner&) = delete;
  Interner& operator=(const Interner&) = delete;
  ~Interner();

  /// The symbol of `text` (UTF-8, any length, "" included), with one reference added for the
  /// caller. O(length), one hash look-up.
  Symbol intern(std::string_view text);

  /// The symbol of `text` if it is known, else kNoSymbol. Adds no reference.
  [[nodiscard]] Symbol find(std::string_view text) const;

  /// Adds a reference to a live symbol; kNoSymbol is ignored.
  void retain(Symbol symbol);

  /// Gives a reference back; kNoSymbol is ignored.
  void release(Symbol symbol);

  /// The text of a live symbol, valid while a reference is held; "" for kNoSymbol.
  [[nodiscard]] std::string_view text(Symbol symbol) const;

  /// How many distinct texts are alive: a leak counter for tests.
  [[nodiscard]] size_t size() const { return live_; }

 private:
  struct Entry {
    std::unique_ptr<char[]> text;
    uint32_t length = 0;
    uint32_t hash = 0;
    uint32_t references = 0;
    Symbol nextFree = kNoSymbol;
  };
  // With the hash beside the symbol, a search leaves other texts alone.
  struct Slot {
    uint32_t hash = 0;
    Symbol symbol = kNoSymbol;
  };

  [[nodiscard]] size_t slotOf(std::string_view text, uint32_t hash) const;
  Symbol add(std::string_view text, uint32_t hash, size_t slot);
  void grow();
  void eraseSlot(size_t slot);

  std::vector<Entry> entries_;  // by symbol; entry 0 is kNoSymbol
  std::vector<Slot> slots_;     // open addressing, linear probing, power of two
  Symbol firstFree_ = kNoSymbol;
  size_t live_ = 0;
};

}  // namespace fosterflow

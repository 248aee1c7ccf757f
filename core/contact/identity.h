#pragma once

#include <cstdint>
#include <vector>

#include "values/interner.h"

namespace fosterflow {

/// The ids that aliases have joined into one contact. Its id is the smallest (by code point) that
/// is nowhere a previousId; if all are, the smallest. Each id keeps the number of its last delta,
/// also when it is gone.
class Identity {
 public:
  Identity(Interner* interner, Symbol id);
  Identity(const Identity&) = delete;
  Identity& operator=(const Identity&) = delete;
  ~Identity();

  [[nodiscard]] Symbol id() const { return id_; }
  [[nodiscard]] bool contains(Symbol id) const;

  /// Joins two ids, at least one of which is contained. An id joined to itself changes nothing.
  void join(Symbol previousId, Symbol id);
  /// Takes all ids of `other` in.
  void absorb(const Identity& other);

  /// Adds an id as it was stored.
  void restore(Symbol id, bool isPrevious, uint64_t sequence);

  /// The sequence of the next delta of a contained id.
  uint64_t nextSequence(Symbol id);

  /// The sequence of the last delta of a contained id; 0: there was none.
  [[nodiscard]] uint64_t sequenceOf(Symbol id) const;

  struct Member {
    Symbol id = kNoSymbol;
    bool isPrevious = false;
    uint64_t sequence = 0;
  };
  [[nodiscard]] const std::vector<Member>& members() const { return members_; }
  /// By code point order.
  [[nodiscard]] std::vector<Member> sorted() const;

 private:
  Member& memberOf(Symbol id);
  void choose();

  Interner* interner_;
  std::vector<Member> members_;
  Symbol id_;
};

}  // namespace fosterflow

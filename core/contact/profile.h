#pragma once

#include <map>
#include <vector>

#include "time/instant.h"
#include "values/value.h"

namespace fosterflow {

/// Who a contact is and where it can be reached: traits, channels and lists, each with its newest
/// word. The content does not depend on the order in which messages came.
class Profile {
 public:
  explicit Profile(Interner* interner) : interner_(interner) {}
  Profile(const Profile&) = delete;
  Profile& operator=(const Profile&) = delete;
  ~Profile() { clear(); }
  /// Forgets all.
  void clear();

  /// Writes each leaf of `traits` (an object): null is a write that removes, an empty object writes
  /// nothing. Of two writes to one path the newer counts, at one time the larger value. A write
  /// also replaces every older write to a path above or below it; at one time the deeper path wins.
  /// O(leaves × log traits).
  void writeTraits(const ValueTree& traits, Instant time);

  /// The value at a path: what was written there, or an object when there are traits below it;
  /// empty when missing.
  [[nodiscard]] ValueTree trait(const std::vector<Symbol>& path) const;

  /// The newest word counts; at one time unreachable, and removed.
  void setChannel(Symbol channel, bool reachable, Instant time) {
    set(channels_, channel, reachable, time);
  }
  void setList(Symbol list, bool isMember, Instant time) { set(lists_, list, isMember, time); }
  [[nodiscard]] bool isReachable(Symbol channel) const { return isOn(channels_, channel); }
  [[nodiscard]] bool isInList(Symbol list) const { return isOn(lists_, list); }

  /// Takes everything in that `other` knows.
  void absorb(Profile& other);

  /// The newest write to a path. It stays, even null or outdone by one to a related path: it may
  /// outdo a later arrival that is older.
  struct Write {
    Instant time = 0;
    ValueTree value;
  };
  /// The newest word about a channel or list.
  struct Switch {
    Symbol name = kNoSymbol;
    bool isOn = false;
    Instant time = 0;
  };
  using Writes = std::map<std::vector<Symbol>, Write>;  ///< a path's descendants follow it directly
  [[nodiscard]] const Writes& traits() const { return traits_; }
  [[nodiscard]] const std::vector<Switch>& channels() const { return channels_; }
  [[nodiscard]] const std::vector<Switch>& lists() const { return lists_; }

  /// Whether no other write replaces this one; what is not alive is no trait.
  [[nodiscard]] bool isAlive(Writes::const_iterator entry) const;

  /// Writes one leaf, as writeTraits does.
  void write(const std::vector<Symbol>& path, const ValueNode& value, Instant time);

 private:
  void writeLeaves(const ValueNode& parent, std::vector<Symbol>& path, Instant time);
  template <typename Switches>
  static auto* placeOf(Switches& switches, Symbol name);
  void set(std::vector<Switch>& switches, Symbol name, bool isOn, Instant time);
  [[nodiscard]] static bool isOn(const std::vector<Switch>& switches, Symbol name);

  Interner* interner_;
  Writes traits_;
  std::vector<Switch> channels_, lists_;  // by symbol
};

}  // namespace fosterflow

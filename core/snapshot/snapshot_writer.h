#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "contact/contact.h"
#include "snapshot/event_writer.h"

namespace fosterflow {

/// Who decides: what every delta names, and what a snapshot must name to go on with the numbers.
struct Origin {
  std::string source;
  std::string epoch;
};

/// What a snapshot begins with; docs/snapshot.md has the form to the byte.
inline constexpr std::string_view kSnapshotMagic = "FFSN";
inline constexpr uint8_t kSnapshotVersion = 1;
inline constexpr size_t kSnapshotHeaderBytes = 24;

/// A set of segments as snapshots name it; the same for all contacts.
struct SetName {
  explicit SetName(const Plan& plan);
  uint64_t fingerprint = 0;  ///< of the ids and the hashes of the definitions
  std::string ids;           ///< each with how much of the one before it shares
};

/// Writes the snapshots of one contact, and keeps what the next one can use again.
class SnapshotWriter {
 public:
  explicit SnapshotWriter(const Interner* interner) : interner_(interner), events_(interner) {}

  /// What a snapshot says beside the contact.
  struct Extra {
    const Origin* origin = nullptr;
    const SetName* set = nullptr;                ///< of the contact's plan
    const std::vector<Delta>* untold = nullptr;  ///< its last deltas, which nobody has seen yet
  };

  /// Writes a snapshot to `out`. The contact is awake, or its next change is known. O(events since
  /// the last full block that stayed as it was, and segments). The same contact at every call.
  void write(std::string& out, Contact& contact, const Extra& extra);

  /// Puts any contact that is awake to sleep. What was kept for another is forgotten.
  void putToSleep(Contact& contact, Interner* interner);

 private:
  void writeOwn(std::string& out, Contact& contact, const Extra& extra);

  const Interner* interner_;
  EventWriter events_;
  std::string section_;
};

}  // namespace fosterflow

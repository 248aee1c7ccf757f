#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "contact/contact.h"
#include "snapshot/snapshot_writer.h"

namespace fosterflow {

/// Why bytes are not taken as a snapshot.
enum class SnapshotError : uint8_t { kNone, kDamaged, kVersion, kOtherContact };

struct SnapshotFault {
  SnapshotError error = SnapshotError::kNone;
  const char* reason = "";
  size_t place = 0;  ///< the byte from which on it is wrong
};

/// Where a contact is to live.
struct SnapshotHome {
  Interner* interner = nullptr;
  ZoneRegistry* zones = nullptr;
  std::shared_ptr<const Plan> plan;  ///< in force
  const SetName* set = nullptr;      ///< of it
  const Origin* origin = nullptr;
};

/// Opens a snapshot as the contact `id`, asleep; `setPlan` must follow. Deltas that were not told
/// yet are appended to `untold`. Everything is checked here,
/// so that the contact answers as any other. nullptr: `fault` says why not. Without an id any
/// contact will do. `bytes` are followed by BitReader::kPadding readable ones. O(bytes + values),
/// and memory in proportion to them.
std::unique_ptr<Contact> openSnapshot(std::string_view bytes, std::string_view id,
                                      const SnapshotHome& home, std::vector<Delta>& untold,
                                      SnapshotFault& fault);

}  // namespace fosterflow

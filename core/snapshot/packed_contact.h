#pragma once

#include <string>

#include "contact/contact.h"
#include "snapshot/byte_stream.h"

namespace fosterflow {

/// A contact's data as the data section of a snapshot, which was checked, or which we wrote.
class PackedContact final : public PackedData {
 public:
  /// `section`: the whole data section. `liveBytes`: what it takes unpacked.
  PackedContact(Interner* interner, std::string_view section, size_t liveBytes);

  void unpack(History& history, Profile& profile) const override;
  [[nodiscard]] size_t bytes() const override { return length_; }
  [[nodiscard]] size_t liveBytes() const override { return liveBytes_; }
  [[nodiscard]] std::string_view section() const { return {bytes_.get(), length_}; }

 private:
  Interner* interner_;
  std::unique_ptr<char[]> bytes_;  // padded for reading
  size_t length_;
  size_t liveBytes_;
};

class EventWriter;

/// Appends the data section of a contact that is awake. `events`: what keeps its blocks.
void writeDataSection(std::string& out, Contact& contact, EventWriter& events,
                      const Interner& interner);

/// About how many bytes the data of a contact take that is awake. O(events).
size_t liveBytesOf(const Contact& contact);

/// What a data section says beside history and profile.
struct DataFacts {
  struct Id {
    std::string_view text;
    bool isPrevious = false;
  };
  std::vector<Id> ids;
  bool exists = false;
  size_t liveBytes = 0;
};

/// Reads a data section, which is followed by BitReader::kPadding readable bytes. Without history
/// and profile it is only checked.
void readDataSection(ByteReader& bytes, Interner* interner, DataFacts& facts, History* history,
                     Profile* profile);

}  // namespace fosterflow

#pragma once

#include <string>
#include <vector>

#include "contact/profile.h"
#include "snapshot/byte_stream.h"

namespace fosterflow {

/// Appends traits (each with its path, time and value, also null and outdone ones), then channels,
/// then lists, each by code point order.
void writeProfile(std::string& out, const Profile& profile, const Interner& interner);

/// Reads what writeProfile wrote, or anything, and writes it to `profile`; without one, only checks
/// it. Answers how many nodes the values have.
size_t readProfile(ByteReader& bytes, Interner* interner, Profile* profile);

}  // namespace fosterflow

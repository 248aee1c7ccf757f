#pragma once

#include <string>
#include <string_view>

#include "language/definition.h"

namespace fosterflow {

// Keys: texts that are equal exactly when two parts of definitions mean the same to the plan. The
// zone is part of a key only where it can change the answer, so that segments of different zones
// still share what they can.

void appendKey(std::string& key, const Path& path);
void appendKey(std::string& key, const Comparison& comparison, const Interner& interner,
               std::string_view zone);
void appendKey(std::string& key, const PropertyFilter& filter, const Interner& interner,
               std::string_view zone);
void appendKey(std::string& key, const EventSelector& selector, const Interner& interner,
               std::string_view zone);
/// Leaves `since` out: the plan names its stream.
void appendKey(std::string& key, const Window& window, const Interner& interner,
               std::string_view zone);
void appendKey(std::string& key, const Duration& duration);
void appendKey(std::string& key, std::string_view text);
void appendKey(std::string& key, int64_t number);

/// Whether local time can change what the filter answers.
bool dependsOnZone(const PropertyFilter& filter);
/// Whether local time can change which events the window holds (its `since` apart).
bool dependsOnZone(const Window& window);

}  // namespace fosterflow

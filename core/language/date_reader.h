#pragma once

#include "language/constant_reader.h"
#include "time/zone.h"
#include "values/interner.h"
#include "values/value.h"

namespace fosterflow {

/// What a sentence calls a date.
inline constexpr std::string_view kDateExpectation =
    "a date such as \"2026-11-23\", or whole milliseconds since 1970";

/// True for a date text, and for a number of milliseconds in the range of time.
bool isDate(const ValueNode& value, const Interner& interner);

enum class DateOrder : uint8_t { kEarlier, kSame, kLater, kDependsOnZone };

/// How two dates follow each other. Without a `zone` they are local times of a zone that is not
/// known.
DateOrder compareDates(const ValueNode& left, const ValueNode& right, const Zone* zone,
                       const Interner& interner);

}  // namespace fosterflow

#pragma once

#include <cstdint>
#include <string>

namespace fosterflow {

/// Milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
using Instant = int64_t;

/// The range of time: that of ECMAScript's Date.
inline constexpr Instant kMinInstant = -8'640'000'000'000'000;
inline constexpr Instant kMaxInstant = 8'640'000'000'000'000;

/// Later than every instant: "never".
inline constexpr Instant kNever = INT64_MAX;

inline constexpr int64_t kMillisecondsPerSecond = 1'000;
inline constexpr int64_t kMillisecondsPerMinute = 60 * kMillisecondsPerSecond;
inline constexpr int64_t kMillisecondsPerHour = 60 * kMillisecondsPerMinute;
inline constexpr int64_t kMillisecondsPerDay = 24 * kMillisecondsPerHour;

/// `instant` limited to the range of time.
inline Instant clampInstant(Instant instant) {
  return instant < kMinInstant ? kMinInstant : instant > kMaxInstant ? kMaxInstant : instant;
}

/// Division that rounds towards negative infinity; `divisor` > 0.
inline int64_t floorDivide(int64_t dividend, int64_t divisor) {
  const int64_t quotient = dividend / divisor;
  return dividend % divisor < 0 ? quotient - 1 : quotient;
}

/// Appends `instant` as ECMAScript's toISOString writes it: 2026-11-23T11:00:00.000Z, years outside
/// 0…9999 with sign and six digits.
void appendIsoInstant(std::string& out, Instant instant);

}  // namespace fosterflow

#pragma once

#include <cstddef>
#include <cstdint>

namespace fosterflow {

// Bounds of the language (spec section 4). Each has its own problem code.

/// Bytes of one definition's JSON, 1 MiB.
inline constexpr size_t kMaxDefinitionBytes = 1'048'576;
/// Nesting of conditions and filters, counted from 1.
inline constexpr uint32_t kMaxConditionDepth = 32;
/// Nesting of compare expressions, counted from 1.
inline constexpr uint32_t kMaxExpressionDepth = 32;
/// Segments in the longest chain of nested segments.
inline constexpr uint32_t kMaxSegmentChain = 32;
/// Conditions of one segment; filters and steps count, expressions do not.
inline constexpr uint32_t kMaxConditions = 4'096;
/// Segments of one set.
inline constexpr size_t kMaxSegments = 10'000;
/// Nesting of `meta` (and of JSON in a definition as a whole, with room for the conditions around
/// it).
inline constexpr uint32_t kMaxMetaDepth = 64;
/// JSON nesting accepted when a definition file is read, before anything is checked.
inline constexpr uint32_t kMaxDefinitionJsonDepth = 1'024;
/// Steps of a sequence.
inline constexpr size_t kMinSequenceSteps = 2;
inline constexpr size_t kMaxSequenceSteps = 10;
/// Characters of a segment's id.
inline constexpr size_t kMaxSegmentIdLength = 128;
/// Problems kept of one set; hostile input could make more than memory holds. A set with more is
/// refused all the same.
inline constexpr size_t kMaxProblems = 65'536;

// Bounds of messages and contacts.

/// Bytes of one message, 64 KiB.
inline constexpr size_t kMaxMessageBytes = 65'536;
/// Nesting of a message, itself counted as 1.
inline constexpr uint32_t kMaxMessageDepth = 64;
/// Properties (leaves) kept of an event, and traits of one identify.
inline constexpr size_t kMaxProperties = 256;
/// Events kept of a contact; the oldest go.
inline constexpr size_t kMaxEvents = 10'000;
/// Changes that one timeline tells; more are refused, and a shorter range has to be asked for.
inline constexpr size_t kMaxTimelineChanges = 100'000;
/// How far ahead nextChangeAt looks: 400 days.
inline constexpr int64_t kNextChangeHorizonMilliseconds = 400LL * 24 * 60 * 60 * 1'000;

}  // namespace fosterflow

#pragma once

#include <optional>
#include <string>

#include "authoring/phrase.h"
#include "contact/sequence_trace.h"

namespace fosterflow {

// What was found where a condition looked, and what is missing until it holds, in words. A finding
// is a sentence, what is missing a phrase.

/// What an event condition measured; nullptr: missing.
std::string findingOfEvents(const Phrases& phrases, MeasureFunction function,
                            const ValueNode* observed);

/// What an event condition that does not hold is short of: events, an amount, or another value.
/// `wanted` is what it compares with (nullptr: missing).
std::string missingEvents(const Phrases& phrases, const Condition& condition,
                          const ValueNode* observed, const ValueNode* wanted);

/// The value of an attribute; nullptr: missing.
std::string findingOfAttribute(const Phrases& phrases, const ValueNode* observed);
std::string missingAttribute(const Phrases& phrases, const Condition& condition,
                             const ValueNode* observed);

/// The sides of a comparison; nothing: no number.
std::string missingOfCompare(const Phrases& phrases, const Condition& condition,
                             std::optional<double> left, std::optional<double> right);

/// How far a sequence has come.
std::string findingOfSequence(const Phrases& phrases, const Condition& condition,
                              const SequenceTrace& trace);
std::string missingSteps(const Phrases& phrases, const Condition& condition,
                         const SequenceTrace& trace);

/// What `holding` of the conditions of a group mean for it.
std::string missingOfGroup(const Phrases& phrases, const Condition& condition, size_t holding);

}  // namespace fosterflow

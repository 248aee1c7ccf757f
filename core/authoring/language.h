#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "authoring/catalogue.h"

namespace fosterflow {

/// What is said to those who write rules, beyond the phrases of conditions. What each is for, and
/// what its places stand for, is best seen in the English texts.
enum class AuthoringText : uint8_t {
  // The sentence of a segment.
  kMember,
  kTogether,
  kAlternatively,
  kEither,
  kOneOf,
  kAllOf,
  kBoth,
  kNextOf,
  kNotSo,
  kInOneSegment,
  kInNoSegment,
  // The tree.
  kFirst,
  kThen,
  kInOrder,
  // What lint finds: %1 and %2 phrases, or names.
  kNeverHolds,
  kAlwaysHolds,
  kExcludeEachOther,
  kNeverAllHold,
  kOneAlwaysHolds,
  kSomeAlwaysHolds,
  kNobody,
  kEverybody,
  kNoEvent,
  kEveryEvent,
  kDuplicate,
  kRedundant,
  kAdmitsUnknown,
  kUnseenEvent,
  kUnseenProperty,
  kUnseenTrait,
  kUnseenChannel,
  kUnseenList,
  kDidYouMean,
  kBeyondRetention,
  kUnboundedWindow,
  kReadsList,
  kReadsChannel,
  kReadsSegment,
  // What changed: %1 a phrase, or the name of a value; %2 and %3 the values.
  kAdded,
  kRemoved,
  kChanged,
  kRewritten,
  kValueAdded,
  kValueRemoved,
  kValueChanged,
};

inline constexpr size_t kAuthoringTextCount = static_cast<size_t>(AuthoringText::kValueChanged) + 1;

using AuthoringTexts = TextsOf<AuthoringText>;

/// A text of the scenarios and personas (authoring/scenarios/template_texts.h), and how it is said.
struct ScenarioWords {
  std::string_view english;
  std::string_view words;
};

/// A language in which rules are described.
struct Language {
  const Catalogue* phrases;
  const AuthoringTexts* authoring;
  /// In the order of `english`; empty: the texts stay as they are.
  std::span<const ScenarioWords> scenarios;
};

/// The language with this BCP 47 code; nullptr when there is none.
const Language* findLanguage(std::string_view code);

const Language& english();
const Language& german();

}  // namespace fosterflow

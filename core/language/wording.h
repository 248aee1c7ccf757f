#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "values/value.h"

namespace fosterflow {

// The fragments of which the sentences about problems are made.

std::string joined(std::initializer_list<std::string_view> parts);

/// `text` in quotation marks, shortened when it is long.
std::string inQuotes(std::string_view text);

/// What a value is, in plain words: "a number".
std::string_view typeInWords(ValueType type);

/// `<subject> must be <expectation>, but it is <type>.`
std::string wrongTypeSentence(std::string_view subject, std::string_view expectation,
                              ValueType type);

/// `<subject> must be <expectation>.`
std::string expectationSentence(std::string_view subject, std::string_view expectation);

/// `There is no <what> "given" here; did you mean …` with the nearest of `names` (separated by
/// spaces), or else the first of them.
std::string unknownNameSentence(std::string_view what, std::string_view given,
                                std::string_view names);

/// `"key" has no place with "owner"; remove it.`
std::string misplacedKeySentence(std::string_view key, std::string_view owner);

}  // namespace fosterflow

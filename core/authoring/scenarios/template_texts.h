#pragma once

#include <string_view>

namespace fosterflow {

/// The templates as JSON: {"id","name","description","arguments":[argument,…],"definition":…}.
///
/// An argument is {"name","type","default","description"} with, by its type, more:
///   whole, number   "minimum", "maximum", "unit"; "above": another argument that it must exceed
///   event           one name of an event, or several; "defaults": {"argument","values":{…}}: what
///                   the default is by the value of another argument
///   property        a dotted path
///   text
///   choice          "choices"
///
/// In the definition {"argument":"name"} stands for the argument's value, and {"part":"name"} for a
/// member of "parts". Thresholds are parameters of the definition, so that they stay editable.
inline constexpr size_t kTemplateCount = 15;
extern const std::string_view kTemplateTexts[kTemplateCount];

/// The personas: {"arguments":[…],"parts":{…},"personas":[{"overlaps":[id,…],"definition":…},…]}.
/// They stand in the order in which they win: "overlaps" are those before whose rules can hold at
/// the same time. "rest", where it is there, has the "parameters" and "when" of the definition when
/// each contact is to be in one persona only: it takes all whom those before have left.
extern const std::string_view kPersonasText;

}  // namespace fosterflow

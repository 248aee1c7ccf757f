#include "language/reading.h"

namespace fosterflow {

void Reading::report(const Place& place, ProblemCode code, std::string_view form,
                     std::initializer_list<SentencePart> parts) const {
  problems->add(&place.node(), place.pointer(), code, sentence(form, parts));
}

void Reading::reportUnexpected(const Place& place, ProblemCode code,
                               std::string_view expectation) const {
  report(place, code, "% must be %.", {place.subject(), expectation});
}

void Reading::reportType(const Place& place, std::string_view expectation, ProblemCode code) const {
  report(place, code, "% must be %, but it is %.",
         {place.subject(), expectation, typeInWords(place.type())});
}

void Reading::reportKeys(const Place& place, ProblemCode code, std::string_view keys) const {
  report(place, code, "% must have exactly one of the keys %.", {place.subject(), listed(keys)});
}

void Reading::reportEmptyList(const Place& place) const {
  reportUnexpected(place, ProblemCode::kEmptyList, "a list with at least one entry");
}

void Reading::reportUnknown(const Place& place, ProblemCode code, std::string_view what,
                            std::string_view given, std::string_view names) const {
  problems->add(&place.node(), place.pointer(), code, unknownNameSentence(what, given, names));
}

void Reading::warnOfEmptyWindow(const Place& place) const {
  problems->add(
      &place.node(), place.pointer(), ProblemCode::kEmptyWindow,
      sentence("% leaves no time in which anything could happen; widen it.", {place.subject()}),
      Severity::kWarning);
}

bool Reading::checkDepth(const Place& place, uint32_t depth) const {
  if (depth <= kMaxConditionDepth) {
    return true;
  }
  report(place, ProblemCode::kTooDeep, "Conditions nest deeper than % here; flatten the groups.",
         {kMaxConditionDepth});
  return false;
}

}  // namespace fosterflow

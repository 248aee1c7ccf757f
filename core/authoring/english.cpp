#include <iterator>

#include "authoring/language.h"

namespace fosterflow {

namespace {

constexpr AuthoringTexts::Entry kEntries[] = {
    // The sentence of a segment.
    {AuthoringText::kMember, "A contact is in %1 if %2"},
    {AuthoringText::kTogether, "%1, and %2"},
    {AuthoringText::kAlternatively, "%1, or %2"},
    {AuthoringText::kEither, "either %1 or %2"},
    {AuthoringText::kOneOf, "at least one of these holds (%1)"},
    {AuthoringText::kAllOf, "all of these hold (%1)"},
    {AuthoringText::kBoth, "both %1 and %2"},
    {AuthoringText::kNextOf, "%1; %2"},
    {AuthoringText::kNotSo, "it is not so that %1"},
    {AuthoringText::kInOneSegment, "the contact is in one of the segments %1"},
    {AuthoringText::kInNoSegment, "the contact is in none of the segments %1"},
    // The tree.
    {AuthoringText::kFirst, "first %1"},
    {AuthoringText::kThen, "then %1"},
    {AuthoringText::kInOrder, "these happened in this order"},
};

static_assert(std::size(kEntries) == kAuthoringTextCount);
static_assert(areInOrder(kEntries), "the entries stand in the order of AuthoringText");

constexpr AuthoringTexts kTexts(kEntries);

}  // namespace

const Language& english() {
  static const Language kEnglish = {"en", &englishCatalogue(), &kTexts};
  return kEnglish;
}

}  // namespace fosterflow

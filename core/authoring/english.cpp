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
    // What lint finds: %1 and %2 phrases, or names.
    {AuthoringText::kNeverHolds, "this can never hold: %1"},
    {AuthoringText::kAlwaysHolds, "this always holds: %1"},
    {AuthoringText::kExcludeEachOther, "these two can never hold together: %1; %2"},
    {AuthoringText::kNeverAllHold, "these conditions can never all hold"},
    {AuthoringText::kOneAlwaysHolds, "one of these two always holds: %1; %2"},
    {AuthoringText::kSomeAlwaysHolds, "one of these conditions always holds"},
    {AuthoringText::kNobody, "nobody can be in this segment"},
    {AuthoringText::kEverybody, "every contact is in this segment"},
    {AuthoringText::kNoEvent, "no event can match this filter"},
    {AuthoringText::kEveryEvent, "every event matches this filter"},
    {AuthoringText::kDuplicate, "this is said twice: %1"},
    {AuthoringText::kRedundant,
     "this changes nothing: %1; for another condition decides already: %2"},
    {AuthoringText::kAdmitsUnknown,
     "contacts of whom nothing is known are in this segment, too; add a condition that says who is "
     "meant"},
    {AuthoringText::kUnseenEvent, "No event \"%1\" was seen in the data."},
    {AuthoringText::kUnseenProperty, "No property \"%1\" of these events was seen in the data."},
    {AuthoringText::kUnseenTrait, "No trait \"%1\" was seen in the data."},
    {AuthoringText::kUnseenChannel, "No channel \"%1\" was seen in the data."},
    {AuthoringText::kUnseenList, "No list \"%1\" was seen in the data."},
    {AuthoringText::kDidYouMean, " Did you mean \"%1\"?"},
    {AuthoringText::kBeyondRetention, "This looks for events %1, but they are kept for %2 only."},
    {AuthoringText::kUnboundedWindow,
     "This looks back without an end, but events are kept for %1 only."},
    {AuthoringText::kReadsList, "It reads the list %1, which is kept elsewhere."},
    {AuthoringText::kReadsChannel,
     "It reads whether the contact can be reached by %1, which is known elsewhere."},
    {AuthoringText::kReadsSegment, "It reads the segment %1, which was not given."},
    // What changed: %1 a phrase, or the name of a value; %2 and %3 the values.
    {AuthoringText::kAdded, "added: %1"},
    {AuthoringText::kRemoved, "removed: %1"},
    {AuthoringText::kChanged, "changed: %1; before: %2"},
    {AuthoringText::kRewritten, "rewritten, in the same words as before: %1"},
    {AuthoringText::kValueAdded, "%1 added: %2"},
    {AuthoringText::kValueRemoved, "%1 removed: it was %2"},
    {AuthoringText::kValueChanged, "%1 changed from %2 to %3"},
};

static_assert(std::size(kEntries) == kAuthoringTextCount);
static_assert(areInOrder(kEntries), "the entries stand in the order of AuthoringText");

constexpr AuthoringTexts kTexts(kEntries);

}  // namespace

const Language& english() {
  static const Language kEnglish = {&englishCatalogue(), &kTexts, {}};
  return kEnglish;
}

}  // namespace fosterflow

#include <iterator>

#include "authoring/language.h"
#include "authoring/scenarios/german_scenarios.h"

namespace fosterflow {

namespace {

constexpr AuthoringTexts::Entry kEntries[] = {
    // The sentence of a segment.
    {AuthoringText::kMember, "Ein Kontakt ist in %1, wenn gilt: %2"},
    {AuthoringText::kTogether, "%1, und %2"},
    {AuthoringText::kAlternatively, "%1, oder %2"},
    {AuthoringText::kEither, "eines von beiden gilt (%1; %2)"},
    {AuthoringText::kOneOf, "mindestens eines davon gilt (%1)"},
    {AuthoringText::kAllOf, "all dies gilt (%1)"},
    {AuthoringText::kBoth, "beides gilt (%1; %2)"},
    {AuthoringText::kNextOf, "%1; %2"},
    {AuthoringText::kNotSo, "es gilt nicht: %1"},
    {AuthoringText::kInOneSegment, "der Kontakt ist in einem der Segmente %1"},
    {AuthoringText::kInNoSegment, "der Kontakt ist in keinem der Segmente %1"},
    // The tree.
    {AuthoringText::kFirst, "zuerst %1"},
    {AuthoringText::kThen, "dann %1"},
    {AuthoringText::kInOrder, "dies geschah in dieser Reihenfolge"},
    // What lint finds: %1 and %2 phrases, or names.
    {AuthoringText::kNeverHolds, "dies kann nie gelten: %1"},
    {AuthoringText::kAlwaysHolds, "dies gilt immer: %1"},
    {AuthoringText::kExcludeEachOther, "diese beiden können nie zugleich gelten: %1; %2"},
    {AuthoringText::kNeverAllHold, "diese Bedingungen können nie alle gelten"},
    {AuthoringText::kOneAlwaysHolds, "eine von diesen beiden gilt immer: %1; %2"},
    {AuthoringText::kSomeAlwaysHolds, "eine von diesen Bedingungen gilt immer"},
    {AuthoringText::kNobody, "niemand kann in diesem Segment sein"},
    {AuthoringText::kEverybody, "jeder Kontakt ist in diesem Segment"},
    {AuthoringText::kNoEvent, "kein Ereignis kann diesem Filter entsprechen"},
    {AuthoringText::kEveryEvent, "jedes Ereignis entspricht diesem Filter"},
    {AuthoringText::kDuplicate, "dies steht zweimal da: %1"},
    {AuthoringText::kRedundant,
     "dies ändert nichts: %1; denn eine andere Bedingung entscheidet schon: %2"},
    {AuthoringText::kAdmitsUnknown,
     "auch Kontakte, von denen nichts bekannt ist, sind in diesem Segment; eine weitere Bedingung "
     "sollte sagen, wer gemeint ist"},
    {AuthoringText::kUnseenEvent, "In den Daten kommt kein Ereignis „%1“ vor."},
    {AuthoringText::kUnseenProperty, "In den Daten haben diese Ereignisse keine Eigenschaft „%1“."},
    {AuthoringText::kUnseenTrait, "In den Daten kommt kein Merkmal „%1“ vor."},
    {AuthoringText::kUnseenChannel, "In den Daten kommt kein Kanal „%1“ vor."},
    {AuthoringText::kUnseenList, "In den Daten kommt keine Liste „%1“ vor."},
    {AuthoringText::kDidYouMean, " Ist „%1“ gemeint?"},
    {AuthoringText::kBeyondRetention,
     "Dies sucht Ereignisse %1, sie werden aber nur %2 lang aufbewahrt."},
    {AuthoringText::kUnboundedWindow,
     "Dies schaut beliebig weit zurück, Ereignisse werden aber nur %1 lang aufbewahrt."},
    {AuthoringText::kReadsList, "Das Segment liest die Liste %1, die anderswo geführt wird."},
    {AuthoringText::kReadsChannel,
     "Das Segment liest, ob der Kontakt über %1 erreichbar ist, was anderswo bekannt ist."},
    {AuthoringText::kReadsSegment, "Das Segment liest das Segment %1, das nicht vorliegt."},
    // What changed: %1 a phrase, or the name of a value; %2 and %3 the values.
    {AuthoringText::kAdded, "neu: %1"},
    {AuthoringText::kRemoved, "entfällt: %1"},
    {AuthoringText::kChanged, "geändert: %1; vorher: %2"},
    {AuthoringText::kRewritten, "neu geschrieben, in denselben Worten wie vorher: %1"},
    {AuthoringText::kValueAdded, "%1 ist neu: %2"},
    {AuthoringText::kValueRemoved, "%1 entfällt: es war %2"},
    {AuthoringText::kValueChanged, "%1 geändert von %2 auf %3"},
};

static_assert(std::size(kEntries) == kAuthoringTextCount);
static_assert(areInOrder(kEntries), "the entries stand in the order of AuthoringText");

constexpr AuthoringTexts kTexts(kEntries);

}  // namespace

const Language& german() {
  static const Language kGerman = {&germanCatalogue(), &kTexts, germanScenarios()};
  return kGerman;
}

}  // namespace fosterflow

#include <iterator>

#include "authoring/language.h"

namespace fosterflow {

namespace {

constexpr Catalogue::Entry kPhrases[] = {
    // Values and lists of them.
    {Text::kDecimalSign, ","},
    {Text::kQuoted, "„%1“"},
    {Text::kTrue, "wahr"},
    {Text::kFalse, "falsch"},
    {Text::kNothing, "nichts"},
    {Text::kAnObject, "ein Objekt"},
    {Text::kEmptyList, "eine leere Liste"},
    {Text::kNext, "%1, %2"},
    {Text::kLastOr, "%1 oder %2"},
    {Text::kLastAnd, "%1 und %2"},
    {Text::kMore, "%1 und %2 weitere"},
    {Text::kOwn, "%1 des Kontakts"},
    {Text::kIgnoringCase, "%1 (Groß- oder Kleinschreibung gleich)"},
    // Spans of time, %1 of a unit: in the dative.
    {Text::kMilliseconds, "%1 {Millisekunde|Millisekunden}"},
    {Text::kSeconds, "%1 {Sekunde|Sekunden}"},
    {Text::kMinutes, "%1 {Minute|Minuten}"},
    {Text::kHours, "%1 {Stunde|Stunden}"},
    {Text::kDays, "%1 {Tag|Tagen}"},
    {Text::kMonths, "%1 {Monat|Monaten}"},
    {Text::kYears, "%1 {Jahr|Jahren}"},
    // Calendar units, in the order of CalendarUnit: one, and %1 of them, in the dative.
    {Text::kUnitHour, "der laufenden Stunde"},
    {Text::kUnitDay, "dem laufenden Tag"},
    {Text::kUnitWeek, "der laufenden Woche"},
    {Text::kUnitMonth, "dem laufenden Monat"},
    {Text::kUnitQuarter, "dem laufenden Quartal"},
    {Text::kUnitYear, "dem laufenden Jahr"},
    {Text::kUnitHours, "%1 {Stunde|Stunden}"},
    {Text::kUnitDays, "%1 {Tag|Tagen}"},
    {Text::kUnitWeeks, "%1 {Woche|Wochen}"},
    {Text::kUnitMonths, "%1 {Monat|Monaten}"},
    {Text::kUnitQuarters, "%1 {Quartal|Quartalen}"},
    {Text::kUnitYears, "%1 {Jahr|Jahren}"},
    // Operators, in the order of Operator: %1 is compared, with %2 (and %3).
    {Text::kEqual, "%1 ist %2"},
    {Text::kNotEqual, "%1 ist nicht %2"},
    {Text::kIn, "%1 ist %2"},
    {Text::kNotIn, "%1 ist nicht %2"},
    {Text::kIsSet, "%1 ist bekannt"},
    {Text::kIsNotSet, "%1 ist nicht bekannt"},
    {Text::kGreater, "%1 ist mehr als %2"},
    {Text::kGreaterOrEqual, "%1 ist mindestens %2"},
    {Text::kLess, "%1 ist weniger als %2"},
    {Text::kLessOrEqual, "%1 ist höchstens %2"},
    {Text::kBetween, "%1 liegt zwischen %2 und %3"},
    {Text::kNotBetween, "%1 liegt nicht zwischen %2 und %3"},
    {Text::kContains, "%1 enthält %2"},
    {Text::kNotContains, "%1 enthält nicht %2"},
    {Text::kStartsWith, "%1 beginnt mit %2"},
    {Text::kEndsWith, "%1 endet mit %2"},
    {Text::kLike, "%1 entspricht dem Muster %2"},
    {Text::kNotLike, "%1 entspricht nicht dem Muster %2"},
    {Text::kIncludesAny, "%1 enthält %2"},
    {Text::kIncludesAll, "%1 enthält %2"},
    {Text::kIncludesNone, "%1 enthält weder noch: %2"},
    {Text::kDateBefore, "%1 liegt vor %2"},
    {Text::kDateAfter, "%1 liegt nach %2"},
    {Text::kDateBetween, "%1 liegt zwischen %2 und %3"},
    {Text::kDateInLast, "%1 liegt höchstens %2 zurück"},
    {Text::kDateMoreThanAgo, "%1 liegt vor mehr als %2"},
    {Text::kDateInNext, "%1 kommt innerhalb von %2"},
    {Text::kDateMoreThanAhead, "%1 kommt erst in mehr als %2"},
    {Text::kDateAnniversary, "%1 jährt sich heute oder in den nächsten %2"},
    {Text::kDateAnniversaryToday, "%1 jährt sich heute"},
    {Text::kBetweenGiven, "%1 liegt zwischen den beiden Werten von %2"},
    {Text::kNotBetweenGiven, "%1 liegt nicht zwischen den beiden Werten von %2"},
    // How often events happened: %1 the events, %2 (and %3) the number.
    {Text::kHappenedOnce, "%1 geschah mindestens einmal"},
    {Text::kHappenedAtLeast, "%1 geschah mindestens %2-mal"},
    {Text::kHappenedMoreThan, "%1 geschah mehr als %2-mal"},
    {Text::kHappenedLessThan, "%1 geschah weniger als %2-mal"},
    {Text::kHappenedAtMost, "%1 geschah höchstens %2-mal"},
    {Text::kHappenedExactly, "%1 geschah genau %2-mal"},
    {Text::kHappenedNotExactly, "%1 geschah nicht genau %2-mal"},
    {Text::kDidNotHappen, "%1 geschah kein einziges Mal"},
    {Text::kHappenedBetween, "%1 geschah %2- bis %3-mal"},
    {Text::kHappenedNotBetween, "%1 geschah nicht %2- bis %3-mal"},
    // What is measured, in the order of MeasureFunction: %1 the events, %2 the property or unit.
    {Text::kCountOf, "die Anzahl von %1"},
    {Text::kSumOf, "die Summe von %2 über %1"},
    {Text::kAverageOf, "der Durchschnitt von %2 über %1"},
    {Text::kMinOf, "das kleinste %2 von %1"},
    {Text::kMaxOf, "das größte %2 von %1"},
    {Text::kDistinctOf, "die Anzahl verschiedener Werte von %2 bei %1"},
    {Text::kFirstOf, "das erste %2 von %1"},
    {Text::kLastOf, "das letzte %2 von %1"},
    {Text::kActiveOf, "die Anzahl der %2 mit %1"},
    {Text::kManyHours, "Stunden"},
    {Text::kManyDays, "Tage"},
    {Text::kManyWeeks, "Wochen"},
    {Text::kManyMonths, "Monate"},
    // Which events: %1 their names, %2 the filter.
    {Text::kWhere, "%1 (dabei gilt: %2)"},
    {Text::kInWindow, "%1 %2"},
    {Text::kAnd, "%1 und %2"},
    {Text::kOr, "%1 oder %2"},
    {Text::kNot, "nicht (%1)"},
    {Text::kParentheses, "(%1)"},
    {Text::kEntryWhere, "für einen Eintrag von %1 gilt: %2"},
    {Text::kClockHour, "die Stunde des Tages"},
    {Text::kClockWeekday, "der Wochentag (Montag ist 1)"},
    {Text::kClockDayOfMonth, "der Tag des Monats"},
    {Text::kClockMonth, "der Monat (Januar ist 1)"},
    // Windows.
    {Text::kInLast, "{innerhalb von %1 bis jetzt|in den letzten %1}"},
    {Text::kBetweenAgo, "vor %1 bis vor %2"},
    {Text::kBeforeAgo, "vor mehr als %1"},
    {Text::kFromTo, "ab %1 und vor %2"},
    {Text::kFrom, "ab %1"},
    {Text::kTo, "vor %1"},
    {Text::kCurrentUnit, "in %1"},
    {Text::kCurrentUnits, "in %1 und %2 davor"},
    {Text::kPreviousUnit, "in %2 vor %1"},
    {Text::kPreviousUnits, "in den %1 vor %2"},
    {Text::kSince, "seit dem letzten %1"},
    {Text::kAndSince, "%1 und seit dem letzten %2"},
    // Sequences: %1 what came before, %2 the step, %3 its span.
    {Text::kFirstStep, "zuerst %1"},
    {Text::kThen, "%1, dann %2"},
    {Text::kStepWithin, "%1 innerhalb von %2"},
    {Text::kNoStep, "kein %1"},
    {Text::kAllInWindow, "%1, alles %2"},
    // The other conditions.
    {Text::kReachable, "der Kontakt ist erreichbar über %1"},
    {Text::kUnreachable, "der Kontakt ist nicht erreichbar über %1"},
    {Text::kOnList, "der Kontakt steht auf der Liste %1"},
    {Text::kNotOnList, "der Kontakt steht nicht auf der Liste %1"},
    {Text::kInSegment, "der Kontakt ist im Segment %1"},
    {Text::kNotInSegment, "der Kontakt ist nicht im Segment %1"},
    {Text::kInSample, "der Kontakt ist in der Stichprobe %2 mit %1 %"},
    {Text::kAdd, "%1 + %2"},
    {Text::kSubtract, "%1 − %2"},
    {Text::kMultiply, "%1 × %2"},
    {Text::kDivide, "%1 ÷ %2"},
    {Text::kNoNumber, "ein Parameter, der keine Zahl ist"},
    {Text::kAllOf, "all dies gilt"},
    {Text::kAnyOf, "mindestens eines davon gilt"},
    {Text::kNoneOf, "nichts davon gilt"},
    // What was found.
    {Text::kFoundNever, "Es geschah nicht."},
    {Text::kFoundTimes, "Es geschah {einmal|%1-mal}."},
    {Text::kFoundValue, "Es ist %1."},
    {Text::kFoundNoEvent, "Es gibt kein solches Ereignis."},
    {Text::kFoundUnknown, "Es ist nicht bekannt."},
    {Text::kFoundSteps, "%1 von %2 Schritten {ist|sind} da."},
    {Text::kFoundMatch, "Alle Schritte sind da."},
    {Text::kFoundWaiting, "Alle Ereignisse sind da; dass nichts mehr folgt, steht fest am %1."},
    {Text::kFoundUndone, "Alle Ereignisse waren da, aber dann kam %1."},
    {Text::kFoundReachable, "Er ist erreichbar."},
    {Text::kFoundUnreachable, "Er ist nicht erreichbar."},
    {Text::kFoundOnList, "Er steht auf der Liste."},
    {Text::kFoundNotOnList, "Er steht nicht auf der Liste."},
    {Text::kFoundInSegment, "Er ist im Segment."},
    {Text::kFoundNotInSegment, "Er ist nicht im Segment."},
    {Text::kFoundPoint, "Sein Platz ist %1 von 100."},
    {Text::kFoundSides, "Die Seiten sind %1 und %2."},
    {Text::kFoundHolding, "%1 von %2 {gilt|gelten}."},
    // What is missing.
    {Text::kMissingEvents, "%1 weitere %2"},
    {Text::kTooManyEvents, "%1 zu viel von %2"},
    {Text::kMissingAmount, "%1 mehr: %2"},
    {Text::kTooMuch, "%1 zu viel: %2"},
    {Text::kMissingSide, "%1 mehr auf der linken Seite"},
    {Text::kMissingMoreThanSide, "mehr als %1 mehr auf der linken Seite"},
    {Text::kTooMuchSide, "%1 weniger auf der linken Seite"},
    {Text::kTooMuchThanSide, "mehr als %1 weniger auf der linken Seite"},
    {Text::kMissingThat, "dies: %1"},
    {Text::kMissingThatNow, "dies: %1 (jetzt: %2)"},
    {Text::kNowUnknown, "nicht bekannt"},
    {Text::kNowNoEvent, "kein solches Ereignis"},
    {Text::kNowNoNumber, "keine Zahl"},
    {Text::kMissingStep, "der nächste Schritt: %1"},
    {Text::kMissingTime, "nichts als Zeit, bis %1"},
    {Text::kMissingRestart, "alle Schritte von vorn, denn es kam %1"},
    {Text::kMissingDraw, "nichts zu machen: das Los einer Stichprobe ändert sich nie"},
    {Text::kMissingOfAll, "%1 von %2 Bedingungen {gilt|gelten} nicht"},
    {Text::kMissingOfAny, "keine von %1 {Bedingung|Bedingungen} gilt; eine genügt"},
    {Text::kMissingOfNone,
     "%1 {Bedingung gilt|Bedingungen gelten}, die nicht gelten {darf|dürfen}"},
    {Text::kMustNot, "dies darf nicht sein: %1"},
    // About the contact.
    {Text::kPartialHistory,
     "Der Verlauf ist nur für Ereignisse nach %1 vollständig, die Antwort beruht also auf einem "
     "Teil davon."},
    {Text::kNoContact, "Von diesem Kontakt ist nichts bekannt, also ist er in keinem Segment."},
};

static_assert(std::size(kPhrases) == kTextCount);
static_assert(areInOrder(kPhrases), "the entries stand in the order of Text");

constexpr Catalogue kCatalogue(kPhrases);

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
};

static_assert(std::size(kEntries) == kAuthoringTextCount);
static_assert(areInOrder(kEntries), "the entries stand in the order of AuthoringText");

constexpr AuthoringTexts kTexts(kEntries);

}  // namespace

const Language& german() {
  static const Language kGerman = {"de", &kCatalogue, &kTexts};
  return kGerman;
}

}  // namespace fosterflow

import type { Suggestion } from "../components/combobox.tsx";
import type { PropertyWord, Vocabulary } from "../engine/vocabulary.ts";
import { formatsOf } from "../language/format.ts";
import type { Language } from "../language/language.ts";

/** Names and values of the loaded data, with how often they are there. */

export function eventSuggestions({ events }: Vocabulary, language: Language): Suggestion[] {
  const { number } = formatsOf(language);
  return events.map(({ name, contacts }) => ({ value: name, hint: number(contacts) }));
}

/** Of properties, with the share of messages that have them. */
export function propertySuggestions(
  properties: readonly PropertyWord[],
  language: Language,
  isWanted: (word: PropertyWord) => boolean = () => true,
): Suggestion[] {
  const { share } = formatsOf(language);
  const most = Math.max(1, ...properties.map(({ count }) => count));
  return properties
    .filter(isWanted)
    .map(({ path, count }) => ({ value: path, hint: share(count / most) }));
}

export function attributeSuggestions({ traits }: Vocabulary): Suggestion[] {
  return traits.map(({ path }) => ({ value: path }));
}

export function valueSuggestions(
  word: PropertyWord | undefined,
  language: Language,
  type: "string" | "number",
): Suggestion[] {
  const { share } = formatsOf(language);
  return (word?.values ?? [])
    .filter(({ value }) => typeof value === type)
    .map(({ value, count }) => ({
      value: String(value),
      hint: share(count / Math.max(word?.count ?? 1, 1)),
    }));
}

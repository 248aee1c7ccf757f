import type { DescribedPart, Description } from "@fosterflow/segments/authoring";

/** The phrase of each condition by its segment and path, in the language of the page. */
export type Phrases = ReadonlyMap<string, string>;

export function phraseKey(segment: string, path: string): string {
  return `${segment}${path}`;
}

export function allPhrases(descriptions: readonly Description[]): Phrases {
  const phrases = new Map<string, string>();
  const add = (segment: string, { path, phrase, of = [] }: DescribedPart) => {
    phrases.set(phraseKey(segment, path), phrase);
    for (const part of of) add(segment, part);
  };
  for (const { id, condition } of descriptions) add(id, condition);
  return phrases;
}

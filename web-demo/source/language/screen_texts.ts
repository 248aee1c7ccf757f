import i18next from "i18next";
import type { Language } from "./language.ts";

/** Adds a screen's texts, which come with the screen: `useTranslation([namespace, "translation"])` finds them. */
export function addScreenTexts(
  namespace: string,
  texts: Readonly<Record<Language, Readonly<Record<string, unknown>>>>,
): void {
  for (const [language, bundle] of Object.entries(texts)) {
    i18next.addResourceBundle(language, namespace, bundle);
  }
}

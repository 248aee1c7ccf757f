import i18next from "i18next";
import { useTranslation } from "react-i18next";
import type { Language } from "./language.ts";

/** Adds a screen's texts, which come with the screen: `useScreenTexts` finds them. */
export function addScreenTexts(
  namespace: string,
  texts: Readonly<Record<Language, Readonly<Record<string, unknown>>>>,
): void {
  for (const [language, bundle] of Object.entries(texts)) {
    i18next.addResourceBundle(language, namespace, bundle);
  }
}

/** A screen's texts, and those that all screens share. */
export function useScreenTexts(namespace: string) {
  return useTranslation([namespace, "translation"], { nsMode: "fallback" });
}

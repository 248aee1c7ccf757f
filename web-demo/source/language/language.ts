import i18next from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import english from "./en.json";

/** The languages of the page, which are those of the sentences. */
export type Language = "en" | "de";
export const languages: Readonly<Record<Language, string>> = { en: "English", de: "Deutsch" };

const key = "language";

function chosenLanguage(): Language {
  const asked = new URLSearchParams(location.search).get("language");
  const wishes = [asked, localStorage.getItem(key), ...navigator.languages];
  for (const wish of wishes) {
    if (wish?.startsWith("de")) return "de";
    if (wish?.startsWith("en")) return "en";
  }
  return "en";
}

export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: "en",
    fallbackLng: "en",
    resources: { en: { translation: english } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await showLanguage(chosenLanguage());
}

async function showLanguage(language: Language): Promise<void> {
  if (language === "de" && !i18next.hasResourceBundle("de", "translation")) {
    const { default: german } = await import("./de.json");
    i18next.addResourceBundle("de", "translation", german);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(key, language);
  await showLanguage(language);
}

export function useLanguage(): Language {
  return languageOf(useTranslation().i18n.language);
}

/** The language now, outside of components. */
export function currentLanguage(): Language {
  return languageOf(i18next.language);
}

function languageOf(code: string): Language {
  return code === "de" ? "de" : "en";
}

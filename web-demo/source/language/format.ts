import { useMemo } from "react";
import { type Language, useLanguage } from "./language.ts";

/** Numbers, instants and spans as the language writes them. */
export interface Formats {
  number: (value: number) => string;
  /** A share from 0 to 1. */
  share: (value: number) => string;
  /** With its sign. */
  difference: (value: number) => string;
  dateTime: (instant: number) => string;
  date: (instant: number) => string;
  time: (instant: number) => string;
}

const memory = new Map<Language, Formats>();

export function formatsOf(language: Language): Formats {
  const known = memory.get(language);
  if (known !== undefined) return known;
  const locale = language === "de" ? "de-DE" : "en-GB";
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const share = new Intl.NumberFormat(locale, {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const difference = new Intl.NumberFormat(locale, { signDisplay: "exceptZero" });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "medium" });
  const formats: Formats = {
    number: (value) => number.format(value),
    share: (value) => share.format(value),
    difference: (value) => difference.format(value),
    dateTime: (instant) => dateTime.format(instant),
    date: (instant) => date.format(instant),
    time: (instant) => time.format(instant),
  };
  memory.set(language, formats);
  return formats;
}

export function useFormats(): Formats {
  const language = useLanguage();
  return useMemo(() => formatsOf(language), [language]);
}

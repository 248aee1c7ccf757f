import { useMemo } from "react";
import { useLanguage } from "../language/language.ts";

/** An amount in the shop's currency. */
export function useMoney(): (amount: number) => string {
  const language = useLanguage();
  return useMemo(() => {
    const locale = language === "de" ? "de-DE" : "en-GB";
    const format = new Intl.NumberFormat(locale, { style: "currency", currency: "EUR" });
    return (amount) => format.format(amount);
  }, [language]);
}

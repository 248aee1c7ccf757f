import { useSyncExternalStore } from "react";
import { Observable } from "./observable.ts";

/** As the system has it, or one of the two. */
export type Theme = "system" | "light" | "dark";
export const themes: readonly Theme[] = ["system", "light", "dark"];

const key = "theme";
const theme = new Observable<Theme>(storedTheme());

function storedTheme(): Theme {
  const stored = localStorage.getItem(key);
  return themes.find((name) => name === stored) ?? "system";
}

function show(chosen: Theme): void {
  if (chosen === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = chosen;
}

/** Shows the theme that was chosen on an earlier visit. */
export function startTheme(): void {
  show(theme.get());
}

export function chooseTheme(chosen: Theme): void {
  localStorage.setItem(key, chosen);
  show(chosen);
  theme.set(chosen);
}

export function useTheme(): Theme {
  return useSyncExternalStore(theme.subscribe, theme.get);
}

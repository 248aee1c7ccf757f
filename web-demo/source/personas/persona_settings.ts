import type { PersonasOptions, TemplateArgument } from "@fosterflow/segments/authoring";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { engine } from "../engine/engine.ts";
import { useLanguage } from "../language/language.ts";
import { setSearch, usePlace } from "../navigation/location.ts";
import type { PersonaSettings } from "./persona_rules.ts";

type Settings = Readonly<Record<string, unknown>>;

/** How long a threshold must rest before the address says it, in milliseconds: browsers bound how often it changes. */
const rest = 400;

/** The arguments of the personas: the defaults with what the address says, and how to change them. */
export interface SettingsInUse {
  /** Undefined until the defaults are known. */
  readonly settings: PersonaSettings | undefined;
  readonly arguments: readonly TemplateArgument[];
  readonly change: (values: PersonasOptions) => void;
  /** Back to the defaults. */
  readonly reset: () => void;
  readonly isChanged: boolean;
}

export function usePersonaSettings(): SettingsInUse {
  const { search } = usePlace();
  const language = useLanguage();
  const [fields, setFields] = useState<readonly TemplateArgument[]>([]);
  const [edited, setEdited] = useState<Settings>({});
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  useEffect(() => {
    void engine().personaArguments(language).then(setFields);
  }, [language]);

  const settings = useMemo(() => {
    if (fields.length === 0) return undefined;
    const entries = fields.map((field) => [
      field.name,
      edited[field.name] ?? saidIn(search, field) ?? field.default,
    ]);
    return Object.fromEntries(entries) as PersonaSettings;
  }, [fields, edited, search]);

  const change = useCallback((values: PersonasOptions) => {
    setEdited((before) => {
      const after = { ...before, ...values };
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        setSearch(
          Object.fromEntries(Object.entries(after).map(([name, value]) => [name, `${value}`])),
        );
      }, rest);
      return after;
    });
  }, []);

  const reset = useCallback(() => {
    clearTimeout(timer.current);
    setEdited({});
    setSearch(Object.fromEntries(fields.map(({ name }) => [name, undefined])));
  }, [fields]);

  const isChanged =
    Object.keys(edited).length > 0 || fields.some(({ name }) => search.get(name) !== null);
  return { settings, arguments: fields, change, reset, isChanged };
}

/** What the address says of an argument; undefined when nothing, or nothing that suits. */
function saidIn(search: URLSearchParams, field: TemplateArgument): unknown {
  const text = search.get(field.name);
  if (text === null || text === "") return undefined;
  if (field.type === "event" || field.type === "property") return text;
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  const { minimum, maximum } = field as { minimum?: number; maximum?: number };
  const bounded = Math.min(Math.max(value, minimum ?? value), maximum ?? value);
  return field.type === "whole" ? Math.round(bounded) : bounded;
}

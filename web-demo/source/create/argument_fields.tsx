import type { TemplateArgument } from "@fosterflow/segments/authoring";
import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../application/workspace.ts";
import { NumberInput } from "../builder/number_input.tsx";
import { eventSuggestions, propertySuggestions } from "../builder/suggestions.ts";
import { Combobox } from "../components/combobox.tsx";
import { SelectField, TextField } from "../components/field.tsx";
import { useLanguage } from "../language/language.ts";

export type Arguments = Readonly<Record<string, unknown>>;

export interface ArgumentFieldsProps {
  fields: readonly TemplateArgument[];
  /** What differs from the defaults. */
  given: Arguments;
  onChange: (given: Arguments) => void;
}

/** What a template is to be told, each with its default. */
export function ArgumentFields({ fields, given, onChange }: ArgumentFieldsProps) {
  return (
    <div className="arguments">
      {fields.map((field) => (
        <ArgumentField
          key={field.name}
          field={field}
          value={given[field.name] ?? defaultOf(field, given, fields)}
          onChange={(value) => onChange({ ...given, [field.name]: value })}
        />
      ))}
    </div>
  );
}

/** The default may hang on another argument, as the event of a channel does. */
function defaultOf(
  field: TemplateArgument,
  given: Arguments,
  fields: readonly TemplateArgument[],
): unknown {
  if (field.type !== "event" || field.defaults === undefined) return field.default;
  const { argument, values } = field.defaults;
  const other = given[argument] ?? fields.find(({ name }) => name === argument)?.default;
  return values[String(other)] ?? field.default;
}

interface ArgumentFieldProps {
  field: TemplateArgument;
  value: unknown;
  onChange: (value: unknown) => void;
}

function ArgumentField({ field, value, onChange }: ArgumentFieldProps) {
  const { t } = useTranslation();
  switch (field.type) {
    case "whole":
    case "number":
      return (
        <div className="argument">
          <span className="field-label">{field.description}</span>
          <span className="value-group">
            <NumberInput
              label={field.description}
              value={value}
              isWhole={field.type === "whole"}
              onChange={onChange}
            />
            <span className="soft">{field.unit}</span>
          </span>
        </div>
      );
    case "choice":
      return (
        <SelectField
          className="argument"
          label={field.description}
          value={String(value)}
          choices={field.choices.map((choice) => ({ value: choice, label: choice }))}
          onChoose={onChange}
        />
      );
    case "text":
      return (
        <TextField
          className="argument"
          label={field.description}
          value={String(value)}
          onChange={({ target }) => onChange(target.value)}
        />
      );
    case "event":
      return <EventsArgument label={field.description} value={value} onChange={onChange} />;
    case "property":
      return <PropertyArgument label={field.description} value={value} onChange={onChange} />;
    default:
      return <p>{t("builder.unknownKind")}</p>;
  }
}

interface NamesArgumentProps {
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
}

function EventsArgument({ label, value, onChange }: NamesArgumentProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { vocabulary } = useWorkspace();
  const names = Array.isArray(value) ? value.map(String) : [String(value)];
  const write = (next: readonly string[]) => onChange(next.length === 1 ? next[0] : next);
  return (
    <div className="argument">
      <span className="field-label">{label}</span>
      <span className="value-group">
        {names.map((name) => (
          <button
            key={name}
            type="button"
            className="tag tag-choice"
            disabled={names.length === 1}
            aria-label={t("builder.removeEvent", { name })}
            onClick={() => write(names.filter((other) => other !== name))}
          >
            {name}
            {names.length > 1 && <X aria-hidden className="tag-remove" />}
          </button>
        ))}
        <Combobox
          label={`${label}: ${t("builder.orEvent")}`}
          placeholder={t("builder.orEvent")}
          value=""
          suggestions={eventSuggestions(vocabulary, language).filter(
            (one) => !names.includes(one.value),
          )}
          onChoose={(name) => write([...names, name])}
          className="combobox-add"
        />
      </span>
    </div>
  );
}

function PropertyArgument({ label, value, onChange }: NamesArgumentProps) {
  const language = useLanguage();
  const { vocabulary } = useWorkspace();
  const properties = vocabulary.events.flatMap((event) => event.properties);
  const all = properties.flatMap((word) => [word, ...(word.items ?? [])]);
  const unique = [...new Map(all.map((word) => [word.path, word])).values()];
  return (
    <div className="argument">
      <span className="field-label">{label}</span>
      <Combobox
        label={label}
        value={String(value)}
        suggestions={propertySuggestions(unique, language)}
        onChoose={onChange}
      />
    </div>
  );
}

import { Plus, X } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../components/button.tsx";
import { Combobox } from "../components/combobox.tsx";
import { useLanguage } from "../language/language.ts";
import { useBuilder, useIsInvalid, useValue } from "./builder_context.ts";
import { FilterEditor } from "./filter_editor.tsx";
import { propertiesOf } from "./new_parts.ts";
import { eventSuggestions } from "./suggestions.ts";

/** The names of the events alone: one, or any of several. */
export const EventNamesEditor = memo(function EventNamesEditor({ pointer }: { pointer: string }) {
  const { t } = useTranslation();
  const { change, vocabulary } = useBuilder();
  const language = useLanguage();
  const isInvalid = useIsInvalid(`${pointer}/event`);
  const event = useValue(`${pointer}/event`);
  const names = Array.isArray(event) ? event.map(String) : [String(event ?? "")];
  const group = t("builder.eventsByContacts");
  const suggestions = eventSuggestions(vocabulary, language).map((one) => ({ ...one, group }));
  const write = (next: readonly string[]) =>
    change(`${pointer}/event`, next.length === 1 ? next[0] : next);
  const unused = suggestions.find(({ value }) => !names.includes(value));
  return (
    <span className="value-group">
      {names.map((name, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: The same name may be there twice while it is chosen.
        <span key={index} className="value-group">
          {index > 0 && <span>{t("builder.or")}</span>}
          <Combobox
            label={t("builder.event")}
            value={name}
            suggestions={suggestions}
            onChoose={(chosen) =>
              write(names.map((other, place) => (place === index ? chosen : other)))
            }
            isInvalid={isInvalid}
            className="combobox-event"
          />
          {names.length > 1 && (
            <IconButton
              label={t("builder.removeEvent", { name })}
              size="small"
              onClick={() => write(names.filter((_, place) => place !== index))}
            >
              <X aria-hidden />
            </IconButton>
          )}
        </span>
      ))}
      <IconButton
        label={t("builder.orEvent")}
        size="small"
        onClick={() => write([...names, unused?.value ?? ""])}
      >
        <Plus aria-hidden />
      </IconButton>
    </span>
  );
});

/** The filter of events, with the properties that those events have. */
export const EventFilterEditor = memo(function EventFilterEditor({ pointer }: { pointer: string }) {
  const { vocabulary } = useBuilder();
  const event = useValue(`${pointer}/event`);
  const properties = propertiesOf(vocabulary, event as string);
  return <FilterEditor owner={pointer} properties={properties} />;
});

/** Events of some names whose parameters pass a filter. */
export function EventSelectorEditor({ pointer }: { pointer: string }) {
  return (
    <div className="selector">
      <EventNamesEditor pointer={pointer} />
      <EventFilterEditor pointer={pointer} />
    </div>
  );
}

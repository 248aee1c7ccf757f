import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Checkbox, SelectField } from "../components/field.tsx";
import { useBuilder, useValue } from "./builder_context.ts";
import { DateInput } from "./date_input.tsx";
import { DurationInput } from "./duration_input.tsx";
import { EventSelectorEditor } from "./event_selector_editor.tsx";
import { jsonOf } from "./json_shape.ts";
import { withMembers } from "./pointer.ts";
import { NumberOrReference } from "./reference_menu.tsx";

const forms = ["always", "last", "between", "before", "range", "calendar"] as const;
type Form = (typeof forms)[number];
const calendarUnits = ["day", "week", "month", "quarter", "year"] as const;

const today = () => new Date().toISOString().slice(0, 10);

const beginnings: Readonly<Record<Form, () => Record<string, unknown>>> = {
  always: () => ({}),
  last: () => ({ last: { days: 30 } }),
  between: () => ({ between: [{ days: 60 }, { days: 30 }] }),
  before: () => ({ before: { days: 30 } }),
  range: () => ({ from: `${today().slice(0, 4)}-01-01`, to: today() }),
  calendar: () => ({ calendar: { unit: "month", count: 1, current: true } }),
};

function formOf(window: Readonly<Record<string, unknown>>): Form {
  if ("from" in window || "to" in window) return "range";
  return forms.find((form) => form in window) ?? "always";
}

export interface WindowEditorProps {
  /** Of the node that has the window. */
  owner: string;
}

/** Which events count, seen from now. */
export const WindowEditor = memo(function WindowEditor({ owner }: WindowEditorProps) {
  const { t } = useTranslation();
  const { change, vocabulary } = useBuilder();
  const pointer = `${owner}/window`;
  const window = jsonOf(useValue(pointer));
  const form = formOf(window);
  const since = window["since"];
  const write = (next: Record<string, unknown>) =>
    change(pointer, Object.keys(next).length === 0 ? undefined : next);
  const keptSince = since === undefined ? {} : { since };
  const sinceEvent =
    vocabulary.events.find(({ name }) => name === "Order Completed") ?? vocabulary.events[0];
  return (
    <div className="window">
      <div className="value-group">
        <SelectField
          label={t("builder.window")}
          isLabelHidden
          value={form}
          choices={forms.map((value) => ({ value, label: t(`builder.windows.${value}`) }))}
          onChoose={(chosen) => write({ ...beginnings[chosen](), ...keptSince })}
        />
        <WindowFields form={form} pointer={pointer} window={window} />
        <Checkbox
          label={t("builder.since")}
          checked={since !== undefined}
          onChange={({ target }) => {
            const event = sinceEvent?.name ?? "";
            write({ ...withMembers(window, { since: target.checked ? { event } : undefined }) });
          }}
        />
      </div>
      {since !== undefined && (
        <div className="nested">
          <span className="nested-label">{t("builder.sinceLast")}</span>
          <EventSelectorEditor pointer={`${pointer}/since`} />
        </div>
      )}
    </div>
  );
});

interface WindowFieldsProps {
  form: Form;
  pointer: string;
  window: Readonly<Record<string, unknown>>;
}

function WindowFields({ form, pointer, window }: WindowFieldsProps) {
  const { t } = useTranslation();
  const { change } = useBuilder();
  const member = (name: string) => `${pointer}/${name}`;
  switch (form) {
    case "always":
      return null;
    case "last":
    case "before":
      return (
        <DurationInput label={t("builder.duration")} pointer={member(form)} value={window[form]} />
      );
    case "between": {
      const [from, to] = Array.isArray(window["between"]) ? (window["between"] as unknown[]) : [];
      return (
        <>
          <DurationInput label={t("builder.from")} pointer={member("between/0")} value={from} />
          <span>{t("builder.and")}</span>
          <DurationInput label={t("builder.to")} pointer={member("between/1")} value={to} />
          <span>{t("builder.ago")}</span>
        </>
      );
    }
    case "range":
      return (
        <>
          {(["from", "to"] as const).map((name) => (
            <span key={name} className="value-group">
              <Checkbox
                label={t(`builder.${name}`)}
                checked={name in window}
                disabled={name in window && !((name === "from" ? "to" : "from") in window)}
                onChange={({ target }) =>
                  change(member(name), target.checked ? today() : undefined)
                }
              />
              {name in window && (
                <DateInput
                  label={t(`builder.${name}`)}
                  pointer={member(name)}
                  value={window[name]}
                />
              )}
            </span>
          ))}
        </>
      );
    case "calendar": {
      const calendar = jsonOf(window["calendar"]);
      return (
        <>
          <NumberOrReference
            label={t("builder.count")}
            pointer={member("calendar/count")}
            value={calendar["count"] ?? 1}
            isWhole
          />
          <SelectField
            label={t("builder.unit")}
            isLabelHidden
            value={String(calendar["unit"] ?? "month")}
            choices={calendarUnits.map((unit) => ({
              value: unit as string,
              label: t(`builder.calendarUnits.${unit}`),
            }))}
            onChoose={(unit) => change(member("calendar/unit"), unit)}
          />
          <Checkbox
            label={t("builder.currentUnit")}
            checked={calendar["current"] === true}
            onChange={({ target }) =>
              change(member("calendar/current"), target.checked || undefined)
            }
          />
        </>
      );
    }
  }
}

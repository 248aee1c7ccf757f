import type { PersonasOptions } from "@fosterflow/segments/authoring";
import { useWorkspace } from "../application/workspace.ts";
import { Combobox } from "../components/combobox.tsx";
import { TextField } from "../components/field.tsx";
import { useFormats } from "../language/format.ts";
import { useScreenTexts } from "../language/screen_texts.ts";
import type { PersonaSettings } from "./persona_rules.ts";

export interface EventSettingsProps {
  settings: PersonaSettings;
  onChange: (values: PersonasOptions) => void;
}

/** What an order is called in the data, and over how long it is looked back. */
export function EventSettings({ settings, onChange }: EventSettingsProps) {
  const { t } = useScreenTexts("personas");
  const { number } = useFormats();
  const { vocabulary } = useWorkspace();
  const events = vocabulary.events.map(({ name, contacts }) => ({
    value: name,
    hint: number(contacts),
  }));
  const order = vocabulary.events.find(({ name }) => name === settings.orderEvent);
  const properties = (order?.properties ?? [])
    .filter(({ type }) => type === "number")
    .map(({ path, count }) => ({ value: path, hint: number(count) }));
  return (
    <details className="persona-settings">
      <summary>{t("settings.title")}</summary>
      <div className="persona-settings-fields">
        <Named label={t("settings.orderEvent")}>
          <Combobox
            label={t("settings.orderEvent")}
            value={String(settings.orderEvent)}
            suggestions={events}
            onChoose={(orderEvent) => onChange({ orderEvent })}
          />
        </Named>
        <Named label={t("settings.totalProperty")}>
          <Combobox
            label={t("settings.totalProperty")}
            value={settings.totalProperty}
            suggestions={properties}
            onChoose={(totalProperty) => onChange({ totalProperty })}
          />
        </Named>
        <Named label={t("settings.refundEvent")}>
          <Combobox
            label={t("settings.refundEvent")}
            value={String(settings.refundEvent)}
            suggestions={events}
            onChoose={(refundEvent) => onChange({ refundEvent })}
          />
        </Named>
        <TextField
          label={t("settings.valueDays")}
          type="number"
          min={1}
          max={3650}
          value={settings.valueDays}
          onChange={({ target }) => {
            const valueDays = Math.round(target.valueAsNumber);
            if (valueDays >= 1 && valueDays <= 3650) onChange({ valueDays });
          }}
        />
        <TextField
          label={t("settings.nearShare")}
          type="number"
          min={0}
          max={100}
          value={Math.round(settings.nearShare * 100)}
          onChange={({ target }) => {
            const nearShare = target.valueAsNumber / 100;
            if (nearShare >= 0 && nearShare <= 1) onChange({ nearShare });
          }}
        />
      </div>
    </details>
  );
}

function Named({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="field">
      <span className="field-label" aria-hidden>
        {label}
      </span>
      {children}
    </div>
  );
}

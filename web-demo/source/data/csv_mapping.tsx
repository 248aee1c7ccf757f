import { Checkbox, SelectField, TextField } from "../components/field.tsx";
import { useScreenTexts } from "../language/screen_texts.ts";
import { ColumnPlans } from "./column_plans.tsx";
import { type CsvPlan, rowNumber } from "./csv_plan.ts";
import { CsvPreview } from "./csv_preview.tsx";

export interface CsvMappingProps {
  titles: readonly string[];
  /** The first of them. */
  rows: readonly (readonly string[])[];
  plan: CsvPlan;
  onChange: (plan: CsvPlan) => void;
}

const timeForms = ["text", "seconds", "milliseconds"] as const;

/** What the columns mean, and beside it what becomes of the first rows. */
export function CsvMapping({ titles, rows, plan, onChange }: CsvMappingProps) {
  const { t } = useScreenTexts("data");
  const change = (part: Partial<CsvPlan>) => onChange({ ...plan, ...part });
  const columns = titles.map((title) => ({ value: title, label: title }));
  const none = { value: "", label: t("csv.none") };
  return (
    <div className="stack">
      <div className="data-fields">
        <SelectField
          label={t("csv.contact")}
          value={plan.contact}
          choices={columns}
          onChoose={(contact) => change({ contact })}
        />
        <SelectField
          label={t("csv.time")}
          value={plan.time}
          choices={columns}
          onChoose={(time) => change({ time })}
        />
        <SelectField
          label={t("csv.timeForm")}
          value={plan.timeForm}
          choices={timeForms.map((value) => ({ value, label: t(`csv.timeForms.${value}`) }))}
          onChoose={(timeForm) => change({ timeForm })}
        />
        <SelectField
          label={t("csv.timezone")}
          value={plan.timezone}
          isDisabled={plan.timeForm !== "text"}
          choices={zoneNames().map((value) => ({ value, label: value }))}
          onChoose={(timezone) => change({ timezone })}
        />
        <SelectField
          label={t("csv.event")}
          value={plan.event.kind === "column" ? plan.event.text : ""}
          choices={[{ value: "", label: t("csv.oneEvent") }, ...columns]}
          onChoose={(text) =>
            change({
              event:
                text === "" ? { kind: "name", text: "Order Completed" } : { kind: "column", text },
            })
          }
        />
        {plan.event.kind === "name" && (
          <TextField
            label={t("csv.eventName")}
            value={plan.event.text}
            onChange={({ target }) => change({ event: { kind: "name", text: target.value } })}
          />
        )}
        <SelectField
          label={t("csv.messageId")}
          hint={t("csv.messageIdHint")}
          value={plan.messageId ?? ""}
          choices={[{ value: rowNumber, label: t("csv.rowNumber") }, none, ...columns]}
          onChoose={(text) => change({ messageId: text === "" ? undefined : text })}
        />
        <SelectField
          label={t("csv.group")}
          hint={t("csv.groupHint")}
          value={plan.group ?? ""}
          choices={[none, ...columns]}
          onChoose={(text) => change({ group: text === "" ? undefined : text })}
        />
      </div>
      <Checkbox
        label={t("csv.contactNumber")}
        checked={plan.isContactNumber}
        onChange={({ target }) => change({ isContactNumber: target.checked })}
      />
      <ColumnPlans plan={plan} rows={rows} titles={titles} onChange={onChange} />
      <CsvPreview titles={titles} rows={rows} plan={plan} />
    </div>
  );
}

/** UTC is not among those that browsers name. */
function zoneNames(): string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
}

import type { FieldType } from "@fosterflow/segments/csv";
import { useScreenTexts } from "../language/screen_texts.ts";
import type { ColumnPlan, CsvPlan } from "./csv_plan.ts";

export interface ColumnPlansProps {
  plan: CsvPlan;
  titles: readonly string[];
  rows: readonly (readonly string[])[];
  onChange: (plan: CsvPlan) => void;
}

const types: readonly FieldType[] = ["text", "number", "integer", "boolean", "json"];

/** For each column: what it becomes, under which name and of which type. */
export function ColumnPlans({ plan, titles, rows, onChange }: ColumnPlansProps) {
  const { t } = useScreenTexts("data");
  const isGrouped = plan.group !== undefined;
  const uses: readonly ColumnPlan["use"][] = isGrouped
    ? ["nothing", "property", "item", "trait"]
    : ["nothing", "property", "trait"];
  const change = (column: string, part: Partial<ColumnPlan>) =>
    onChange({
      ...plan,
      columns: plan.columns.map((one) => (one.column === column ? { ...one, ...part } : one)),
    });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: What scrolls must be reached by keyboard.
    <section className="data-table" tabIndex={0} aria-label={t("csv.columns")}>
      <table>
        <caption className="visually-hidden">{t("csv.columns")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("csv.column")}</th>
            <th scope="col">{t("csv.sample")}</th>
            <th scope="col">{t("csv.use")}</th>
            <th scope="col">{t("csv.name")}</th>
            <th scope="col">{t("csv.type")}</th>
          </tr>
        </thead>
        <tbody>
          {plan.columns.map(({ column, use, name, type }) => (
            <tr key={column}>
              <th scope="row">{column}</th>
              <td className="soft data-sample">{sampleOf(column, titles, rows)}</td>
              <td>
                <select
                  className="control control-select"
                  aria-label={t("csv.useOf", { column })}
                  value={use}
                  onChange={({ target }) =>
                    change(column, { use: target.value as ColumnPlan["use"] })
                  }
                >
                  {uses.map((value) => (
                    <option key={value} value={value}>
                      {t(`csv.uses.${value}`)}
                    </option>
                  ))}
                </select>
              </td>
              <td>
                <input
                  className="control"
                  aria-label={t("csv.nameOf", { column })}
                  disabled={use === "nothing"}
                  value={name}
                  onChange={({ target }) => change(column, { name: target.value })}
                />
              </td>
              <td>
                <select
                  className="control control-select"
                  aria-label={t("csv.typeOf", { column })}
                  disabled={use === "nothing"}
                  value={type}
                  onChange={({ target }) => change(column, { type: target.value as FieldType })}
                >
                  {[...types, ...(isGrouped && use === "property" ? (["sum"] as const) : [])].map(
                    (value) => (
                      <option key={value} value={value}>
                        {t(`csv.types.${value}`)}
                      </option>
                    ),
                  )}
                </select>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const samplesShown = 3;

function sampleOf(
  column: string,
  titles: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const place = titles.indexOf(column);
  const cells = rows.map((row) => row[place] ?? "").filter((cell) => cell !== "");
  return [...new Set(cells)].slice(0, samplesShown).join(" · ");
}

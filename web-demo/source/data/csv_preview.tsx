import { useMemo } from "react";
import { Notice } from "../components/notice.tsx";
import { useScreenTexts } from "../language/screen_texts.ts";
import { CsvConverter, type SkippedRow } from "./csv_convert.ts";
import type { CsvPlan } from "./csv_plan.ts";
import { SkippedRows } from "./skipped_rows.tsx";

export interface CsvPreviewProps {
  titles: readonly string[];
  rows: readonly (readonly string[])[];
  plan: CsvPlan;
}

const messagesShown = 4;

/** What becomes of the first rows: messages, and those that become none. */
export function CsvPreview({ titles, rows, plan }: CsvPreviewProps) {
  const { t } = useScreenTexts("data");
  const preview = useMemo(() => previewOf(titles, rows, plan), [titles, rows, plan]);
  if (preview.problem !== undefined) return <Notice look="error">{preview.problem}</Notice>;
  return (
    <>
      <h4>{t("csv.preview")}</h4>
      {preview.lines.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: What scrolls must be reached by keyboard.
        <pre className="data-preview" tabIndex={0}>
          {preview.lines.slice(0, messagesShown).join("\n")}
        </pre>
      )}
      {preview.skipped.length > 0 && (
        <>
          <Notice look="warning">
            {t("csv.sampleSkipped", { count: preview.skipped.length, rows: rows.length })}
          </Notice>
          <SkippedRows rows={preview.skipped} />
        </>
      )}
    </>
  );
}

interface Preview {
  readonly lines: readonly string[];
  readonly skipped: readonly SkippedRow[];
  readonly problem: string | undefined;
}

function previewOf(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  plan: CsvPlan,
): Preview {
  const converter = new CsvConverter(plan);
  try {
    let text = converter.add(titles);
    for (const row of rows) text += converter.add(row);
    text += converter.finish();
    const lines = text.split("\n").filter((line) => line !== "");
    return { lines, skipped: converter.result().skipped, problem: undefined };
  } catch (error) {
    return { lines: [], skipped: [], problem: error instanceof Error ? error.message : "" };
  }
}

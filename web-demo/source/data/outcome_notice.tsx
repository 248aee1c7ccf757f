import { Button } from "../components/button.tsx";
import { Notice } from "../components/notice.tsx";
import { useFormats } from "../language/format.ts";
import { useScreenTexts } from "../language/screen_texts.ts";
import { type DataOutcome, forgetOutcome } from "./data_task.ts";
import { SkippedRows } from "./skipped_rows.tsx";

/** What became of the last work: done, given up or failed, and every row and line that was left out. */
export function OutcomeNotice({ outcome }: { outcome: DataOutcome }) {
  const { t } = useScreenTexts("data");
  const { number } = useFormats();
  const { kind, name, failure, isCancelled, rows, refused, refusedCount } = outcome;
  const close = (
    <Button size="small" look="quiet" onClick={forgetOutcome}>
      {t("common.close")}
    </Button>
  );
  if (failure !== undefined) {
    const text = isCancelled ? t("cancelled") : failure || t("noMessages");
    return (
      <div role="status">
        <Notice look={isCancelled ? "info" : "error"} action={close}>
          {text}
        </Notice>
      </div>
    );
  }
  const skipped = rows === undefined ? 0 : rows.counts.bad + rows.counts.withoutContact;
  const left = skipped + refusedCount;
  return (
    <div className="stack" role="status">
      <Notice look={left > 0 ? "warning" : "success"} action={close}>
        {t(`done.${kind}`, { name })}
        {rows !== undefined &&
          ` ${t("done.rows", {
            used: number(rows.counts.used),
            messages: number(rows.counts.messages),
          })}`}
        {skipped > 0 && ` ${t("done.skipped", { count: skipped, skipped: number(skipped) })}`}
        {refusedCount > 0 &&
          ` ${t("done.refused", { count: refusedCount, refused: number(refusedCount) })}`}
      </Notice>
      {rows !== undefined && rows.skipped.length > 0 && <SkippedRows rows={rows.skipped} />}
      {refused.length > 0 && (
        <SkippedRows
          rows={refused.map(({ line, code, message }) => ({ line, reason: message, text: code }))}
        />
      )}
    </div>
  );
}

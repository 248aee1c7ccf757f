import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "../components/notice.tsx";
import { useFormats } from "../language/format.ts";
import { useRemarks } from "./builder_context.ts";
import type { EvaluationState } from "./evaluation_state.ts";
import "./summary.css";

const icons = { error: CircleAlert, warning: TriangleAlert, info: Info };

/** What the definition amounts to, beside the rule while it is edited. */
export const SummaryPanel = memo(function SummaryPanel({
  evaluation,
}: {
  evaluation: EvaluationState;
}) {
  const { t } = useTranslation();
  const { number, share } = useFormats();
  const remarks = useRemarks();
  const { total, isRefused, channels, sentence, summary } = evaluation;
  const count = total?.count ?? 0;
  return (
    <aside className="summary panel" aria-label={t("summary.title")}>
      <div className="summary-total" aria-live="polite" data-refused={isRefused || undefined}>
        <strong className="summary-count figure">
          {total === undefined ? "…" : number(count)}
        </strong>
        <span className="figure soft">
          {total !== undefined &&
            t("summary.share", {
              share: share(count / Math.max(total.contacts, 1)),
              contacts: number(total.contacts),
            })}
        </span>
      </div>
      {isRefused && <Notice look="error">{t("summary.refused")}</Notice>}
      <section className="summary-part">
        <h2>{t("summary.reach")}</h2>
        <dl className="reach figure">
          {Object.entries(channels).map(([channel, reached]) => (
            <div key={channel}>
              <dt>{channel}</dt>
              <dd>
                {number(reached)}
                <span className="soft"> {share(reached / Math.max(count, 1))}</span>
                <meter min={0} max={Math.max(count, 1)} value={reached} aria-label={channel} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="summary-part">
        <h2>{t("summary.sentence")}</h2>
        <p className="summary-sentence">{sentence}</p>
      </section>
      {remarks.length > 0 && (
        <section className="summary-part">
          <h2>{t("summary.remarks")}</h2>
          <ul className="summary-remarks">
            {remarks.map(({ path, look, message }) => {
              const Icon = icons[look];
              return (
                <li key={`${path} ${message}`}>
                  <button
                    type="button"
                    className={`summary-remark remark-${look}`}
                    onClick={() => showPlace(path)}
                  >
                    <Icon aria-hidden />
                    <span>{message}</span>
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      )}
      {summary !== undefined && (
        <section className="summary-part">
          <h2>{t("summary.cost")}</h2>
          <dl className="costs small">
            <div>
              <dt>{t("summary.points")}</dt>
              <dd>
                <span className={`cost cost-${summary.cost.class}`}>
                  {t(`summary.costs.${summary.cost.class}`)}
                </span>{" "}
                {t("summary.pointCount", { count: summary.cost.points })}
              </dd>
            </div>
            <div>
              <dt>{t("summary.state")}</dt>
              <dd className="figure">
                {t("summary.bytes", {
                  bytes: number(summary.state.bytes),
                  each: number(summary.state.bytesPerEvent),
                })}
              </dd>
            </div>
            <div>
              <dt>{t("summary.local")}</dt>
              <dd>
                {summary.local.runs
                  ? t("summary.runsLocally")
                  : summary.local.reasons.map(({ message }) => message).join(" ")}
              </dd>
            </div>
          </dl>
        </section>
      )}
      {total !== undefined && (
        <p className="summary-foot small figure" data-milliseconds={total.milliseconds}>
          {t("summary.took", { milliseconds: number(Math.round(total.milliseconds * 10) / 10) })}
        </p>
      )}
    </aside>
  );
});

/** The number alone, for where the panel has no place beside the rule. */
export function CountBar({ evaluation }: { evaluation: EvaluationState }) {
  const { t } = useTranslation();
  const { number, share } = useFormats();
  const { total, isRefused } = evaluation;
  if (total === undefined) return null;
  return (
    <p className="count-bar figure" data-refused={isRefused || undefined} aria-hidden>
      <strong>{number(total.count)}</strong>
      <span className="soft">
        {t("summary.share", {
          share: share(total.count / Math.max(total.contacts, 1)),
          contacts: number(total.contacts),
        })}
      </span>
    </p>
  );
}

/** Goes to the condition that a place is in. */
function showPlace(path: string): void {
  const places = [...document.querySelectorAll<HTMLElement>("[data-pointer]")].filter(
    ({ dataset }) => {
      const pointer = dataset["pointer"] ?? "";
      return path === pointer || path.startsWith(`${pointer}/`);
    },
  );
  const inner = places.at(-1);
  inner?.scrollIntoView({ block: "center" });
  inner?.querySelector<HTMLElement>("input, select, button")?.focus();
}

import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "../components/notice.tsx";
import { useFormats } from "../language/format.ts";
import { type EvaluationSource, useEvaluated } from "./evaluation_state.ts";
import "./summary.css";

const icons = { error: CircleAlert, warning: TriangleAlert, info: Info };

interface EvaluatedProps {
  evaluations: EvaluationSource;
}

/** What the definition amounts to, beside the rule while it is edited. Each part is drawn by itself. */
export const SummaryPanel = memo(function SummaryPanel({ evaluations }: EvaluatedProps) {
  const { t } = useTranslation();
  return (
    <aside className="summary panel" aria-label={t("summary.title")}>
      <Total evaluations={evaluations} />
      <Refusal evaluations={evaluations} />
      <Reach evaluations={evaluations} />
      <Sentence evaluations={evaluations} />
      <Remarks evaluations={evaluations} />
      <Costs evaluations={evaluations} />
      <Took evaluations={evaluations} />
    </aside>
  );
});

function Total({ evaluations }: EvaluatedProps) {
  const { number } = useFormats();
  const total = useEvaluated(evaluations, (state) => state.total);
  const isRefused = useEvaluated(evaluations, (state) => state.isRefused);
  return (
    <div className="summary-total" aria-live="polite" data-refused={isRefused || undefined}>
      <strong className="summary-count figure">
        {total === undefined ? "…" : number(total.count)}
      </strong>
      <span className="figure soft">
        <ShareOf evaluations={evaluations} />
      </span>
    </div>
  );
}

/** "12.5% of 10,000 contacts" */
function ShareOf({ evaluations }: EvaluatedProps) {
  const { t } = useTranslation();
  const { number, share } = useFormats();
  const total = useEvaluated(evaluations, (state) => state.total);
  if (total === undefined) return null;
  const { count, contacts } = total;
  return t("summary.share", {
    share: share(count / Math.max(contacts, 1)),
    contacts: number(contacts),
  });
}

function Refusal({ evaluations }: EvaluatedProps) {
  const { t } = useTranslation();
  const isRefused = useEvaluated(evaluations, (state) => state.isRefused);
  return isRefused ? <Notice look="error">{t("summary.refused")}</Notice> : null;
}

function Reach({ evaluations }: EvaluatedProps) {
  const { t } = useTranslation();
  const { number, share } = useFormats();
  const channels = useEvaluated(evaluations, (state) => state.channels);
  // Of the total that they belong to, and not of one that is newer.
  const count = Math.max(evaluations.get().total?.count ?? 0, 1);
  return (
    <section className="summary-part">
      <h2>{t("summary.reach")}</h2>
      <dl className="reach figure">
        {Object.entries(channels).map(([channel, reached]) => (
          <div key={channel}>
            <dt>{channel}</dt>
            <dd>
              {number(reached)}
              <span className="soft"> {share(reached / count)}</span>
              <meter min={0} max={count} value={reached} aria-label={channel} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Sentence({ evaluations }: EvaluatedProps) {
  const { t } = useTranslation();
  const sentence = useEvaluated(evaluations, (state) => state.sentence);
  return (
    <section className="summary-part">
      <h2>{t("summary.sentence")}</h2>
      <p className="summary-sentence">{sentence}</p>
    </section>
  );
}

function Remarks({ evaluations }: EvaluatedProps) {
  const { t } = useTranslation();
  const remarks = useEvaluated(evaluations, (state) => state.remarks);
  if (remarks.length === 0) return null;
  return (
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
  );
}

function Costs({ evaluations }: EvaluatedProps) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const summary = useEvaluated(evaluations, (state) => state.summary);
  if (summary === undefined) return null;
  const { cost, state, local } = summary;
  return (
    <section className="summary-part">
      <h2>{t("summary.cost")}</h2>
      <dl className="costs small">
        <div>
          <dt>{t("summary.points")}</dt>
          <dd>
            <span className={`cost cost-${cost.class}`}>{t(`summary.costs.${cost.class}`)}</span>{" "}
            {t("summary.pointCount", { count: cost.points })}
          </dd>
        </div>
        <div>
          <dt>{t("summary.state")}</dt>
          <dd className="figure">
            {t("summary.bytes", {
              bytes: number(state.bytes),
              each: number(state.bytesPerEvent),
            })}
          </dd>
        </div>
        <div>
          <dt>{t("summary.local")}</dt>
          <dd>
            {local.runs
              ? t("summary.runsLocally")
              : local.reasons.map(({ message }) => message).join(" ")}
          </dd>
        </div>
      </dl>
    </section>
  );
}

function Took({ evaluations }: EvaluatedProps) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const milliseconds = useEvaluated(evaluations, ({ total }) => total?.milliseconds);
  if (milliseconds === undefined) return null;
  return (
    <p className="summary-foot small figure" data-milliseconds={milliseconds}>
      {t("summary.took", { milliseconds: number(Math.round(milliseconds * 10) / 10) })}
    </p>
  );
}

/** The number alone, for where the panel has no place beside the rule. */
export function CountBar({ evaluations }: EvaluatedProps) {
  const { number } = useFormats();
  const total = useEvaluated(evaluations, (state) => state.total);
  const isRefused = useEvaluated(evaluations, (state) => state.isRefused);
  if (total === undefined) return null;
  return (
    <p className="count-bar figure" data-refused={isRefused || undefined} aria-hidden>
      <strong>{number(total.count)}</strong>
      <span className="soft">
        <ShareOf evaluations={evaluations} />
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

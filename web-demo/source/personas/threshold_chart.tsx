import { useId } from "react";
import { Button } from "../components/button.tsx";
import { TextField } from "../components/field.tsx";
import { useFormats } from "../language/format.ts";
import { useScreenTexts } from "../language/screen_texts.ts";
import { useHistogram, useReaching } from "./persona_figures.ts";
import type { PersonaSettings, Threshold } from "./persona_rules.ts";

export interface ThresholdChartProps {
  threshold: Threshold;
  settings: PersonaSettings;
  suggested: number | undefined;
  onChange: (value: number) => void;
}

const width = 400;
const height = 96;

/** How something lies among the contacts, and from where on it is much: a line to be moved with pointer or keys. */
export function ThresholdChart({ threshold, settings, suggested, onChange }: ThresholdChartProps) {
  const { t } = useScreenTexts("personas");
  const { number, share } = useFormats();
  const id = useId();
  const value = settings[threshold];
  const histogram = useHistogram(threshold, settings);
  const reaching = useReaching(threshold, value, settings);
  const isRecency = threshold === "recentDays";
  const isMoney = threshold === "highValue" || threshold === "highOrderValue";
  const { buckets = [], step = 1, contacts = 0 } = histogram ?? {};
  const low = buckets[0]?.from ?? 0;
  const last = buckets.at(-1);
  const high = last === undefined ? Math.max(value, 1) : isRecency ? last.to : last.from + step;
  const highest = Math.max(1, ...buckets.map(({ count }) => count));
  const placeOf = (amount: number) =>
    ((Math.min(Math.max(amount, low), high) - low) / (high - low)) * width;
  const isIn = (from: number) => (isRecency ? from < value : from >= value);
  const told =
    reaching === undefined
      ? ""
      : t(isRecency ? "chart.within" : "chart.reaching", {
          contacts: number(reaching),
          share: share(contacts === 0 ? 0 : reaching / contacts),
        });
  return (
    <section className="panel panel-body threshold" aria-labelledby={`${id}-title`}>
      <header className="threshold-head">
        <h3 id={`${id}-title`}>{t(`thresholds.${threshold}.title`)}</h3>
        <TextField
          label={t(`thresholds.${threshold}.value`)}
          isLabelHidden
          type="number"
          inputClassName="threshold-value figure"
          min={isRecency ? 1 : 0}
          step={isMoney ? "any" : 1}
          value={value}
          onChange={({ target }) => {
            const typed = target.valueAsNumber;
            if (Number.isFinite(typed) && typed >= (isRecency ? 1 : 0)) {
              onChange(isMoney ? typed : Math.round(typed));
            }
          }}
        />
      </header>
      <p className="soft small">
        {t(`thresholds.${threshold}.hint`, {
          valueDays: settings.valueDays,
          recentDays: settings.recentDays,
        })}
      </p>
      <div className="threshold-picture">
        <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
          {buckets.map(({ from, count }) => (
            <rect
              key={from}
              className={isIn(from) ? "threshold-bar threshold-in" : "threshold-bar"}
              x={placeOf(from) + 0.5}
              width={Math.max(placeOf(from + step) - placeOf(from) - 1, 1)}
              y={height - (count / highest) * (height - 6)}
              height={(count / highest) * (height - 6)}
            />
          ))}
          <line
            className="threshold-line"
            x1={placeOf(value)}
            x2={placeOf(value)}
            y1={0}
            y2={height}
          />
        </svg>
        <input
          type="range"
          className="threshold-range"
          aria-label={t(`thresholds.${threshold}.value`)}
          aria-valuetext={`${number(value)}. ${told}`}
          min={isRecency ? Math.max(low, 1) : low}
          max={high}
          step={isMoney ? step / 10 : 1}
          value={value}
          onChange={({ target }) => onChange(target.valueAsNumber)}
        />
      </div>
      <p className="threshold-axis soft figure" aria-hidden>
        <span>{number(low)}</span>
        <span>{isRecency ? number(high) : `${number(high)}+`}</span>
      </p>
      <footer className="threshold-foot">
        <p className="figure" role="status">
          {histogram === undefined && contacts === 0 ? t("chart.nothing") : told}
        </p>
        {suggested !== undefined && suggested !== value && (
          <Button size="small" onClick={() => onChange(suggested)}>
            {t("chart.use", { value: number(suggested) })}
          </Button>
        )}
      </footer>
    </section>
  );
}

import { ButtonGroup } from "../components/button.tsx";
import { useFormats } from "../language/format.ts";
import { useScreenTexts } from "../language/screen_texts.ts";
import { useSearchValue } from "../navigation/location.ts";
import type { ContactView, SegmentStanding } from "./contact_service.ts";

export interface TimelineProps {
  view: ContactView;
  chosen: string | undefined;
  onChoose: (segment: string) => void;
}

const day = 86_400_000;
const ranges = [
  { id: "month", days: 30 },
  { id: "quarter", days: 90 },
  { id: "year", days: 365 },
  { id: "all", days: Number.POSITIVE_INFINITY },
] as const;
/** Of the width is for what time alone will bring. */
const futureShare = 0.15;
const width = 1000;
const rowHeight = 20;

/** When the contact was in each segment, drawn; beyond the instant, what time alone will bring. */
export function Timeline({ view, chosen, onChoose }: TimelineProps) {
  const { t } = useScreenTexts("contacts");
  const { date } = useFormats();
  const [asked, setRange] = useSearchValue("range", "quarter");
  const range = ranges.find(({ id }) => id === asked) ?? ranges[1];
  const from = Math.max(view.from, view.at - range.days * day);
  const past = Math.max(view.at - from, day);
  const to = Math.min(view.to, view.at + (past * futureShare) / (1 - futureShare));
  const placeOf = (instant: number) =>
    ((Math.min(Math.max(instant, view.at - past), to) - (view.at - past)) / (to - view.at + past)) *
    width;
  const eventPlaces = view.events
    .filter(({ at }) => at >= view.at - past && at <= to)
    .map(({ at }) => Math.round(placeOf(at)));
  return (
    <section className="panel panel-body timeline" aria-label={t("timeline")}>
      <header className="timeline-head">
        <h2>{t("timeline")}</h2>
        <ButtonGroup label={t("range")}>
          {ranges.map(({ id }) => (
            <button
              key={id}
              type="button"
              className="timeline-range"
              aria-pressed={id === range.id}
              onClick={() => setRange(id)}
            >
              {t(`ranges.${id}`)}
            </button>
          ))}
        </ButtonGroup>
      </header>
      <ul className="timeline-rows">
        {view.segments.map((standing) => (
          <li key={standing.id} className="timeline-row">
            <button
              type="button"
              className="timeline-name"
              aria-pressed={standing.id === chosen}
              onClick={() => onChoose(standing.id)}
            >
              {standing.name}
            </button>
            <Bars standing={standing} view={view} placeOf={placeOf} />
          </li>
        ))}
        <li className="timeline-row">
          <span className="timeline-name soft">{t("eventsTitle")}</span>
          <svg
            className="timeline-chart"
            viewBox={`0 0 ${width} ${rowHeight}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={t("eventsDrawn", { count: eventPlaces.length })}
          >
            {[...new Set(eventPlaces)].map((place) => (
              <line key={place} className="timeline-event" x1={place} x2={place} y1={4} y2={16} />
            ))}
            <line
              className="timeline-now"
              x1={placeOf(view.at)}
              x2={placeOf(view.at)}
              y1={0}
              y2={rowHeight}
            />
          </svg>
        </li>
      </ul>
      <div className="timeline-row timeline-axis soft figure" aria-hidden>
        <span />
        <p>
          <span>{date(view.at - past)}</span>
          <span>{date(view.at)}</span>
          <span>{date(to)}</span>
        </p>
      </div>
    </section>
  );
}

interface Stay {
  readonly from: number;
  readonly to: number;
}

/** The stretches in which the contact is in a segment, up to the end of the view. */
function staysOf({ changes, heldBefore }: SegmentStanding, view: ContactView): Stay[] {
  const stays: Stay[] = [];
  let entered = heldBefore ? view.from : undefined;
  for (const { change, at } of changes) {
    if (change === "entered") entered = at;
    else if (entered !== undefined) {
      stays.push({ from: entered, to: at });
      entered = undefined;
    }
  }
  if (entered !== undefined) stays.push({ from: entered, to: view.to });
  return stays;
}

interface BarsProps {
  standing: SegmentStanding;
  view: ContactView;
  placeOf: (instant: number) => number;
}

function Bars({ standing, view, placeOf }: BarsProps) {
  const { t } = useScreenTexts("contacts");
  const { dateTime } = useFormats();
  const stays = staysOf(standing, view);
  const label =
    stays.length === 0
      ? t("neverIn", { name: standing.name })
      : stays
          .map(({ from, to }) =>
            to >= view.to
              ? t("stayOpen", { from: dateTime(from) })
              : t("stay", { from: dateTime(from), to: dateTime(to) }),
          )
          .join("; ");
  const now = placeOf(view.at);
  return (
    <svg
      className="timeline-chart"
      viewBox={`0 0 ${width} ${rowHeight}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <line className="timeline-ground" x1={0} x2={width} y1={rowHeight / 2} y2={rowHeight / 2} />
      {stays.map(({ from, to }) => (
        <g key={from}>
          <title>
            {to >= view.to
              ? t("stayOpen", { from: dateTime(from) })
              : t("stay", { from: dateTime(from), to: dateTime(to) })}
          </title>
          <Bar from={placeOf(from)} to={Math.min(placeOf(to), now)} look="past" />
          <Bar from={Math.max(placeOf(from), now)} to={placeOf(to)} look="future" />
        </g>
      ))}
      <line className="timeline-now" x1={now} x2={now} y1={0} y2={rowHeight} />
    </svg>
  );
}

function Bar({ from, to, look }: { from: number; to: number; look: "past" | "future" }) {
  if (to <= from) return null;
  return (
    <rect
      className={`timeline-bar timeline-${look}`}
      x={from}
      y={4}
      width={Math.max(to - from, 2)}
      height={rowHeight - 8}
      rx={2}
    />
  );
}

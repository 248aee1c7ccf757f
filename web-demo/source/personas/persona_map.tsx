import { Button, ButtonGroup } from "../components/button.tsx";
import { useFormats } from "../language/format.ts";
import { useScreenTexts } from "../language/screen_texts.ts";
import { useSearchValue } from "../navigation/location.ts";
import { type PersonaMapFigures, usePersonaMap } from "./persona_figures.ts";
import type { PersonaSettings } from "./persona_rules.ts";

const cellWidth = 20;
const cellHeight = 20;
const shades = ["contacts", "money"] as const;

/** Recency to the right, frequency upwards, and as shade how many contacts there are or what one of them spends. */
export function PersonaMap({ settings }: { settings: PersonaSettings }) {
  const { t } = useScreenTexts("personas");
  const { number } = useFormats();
  const [chosen, setShade] = useSearchValue("shade", "contacts");
  const shade = shades.find((name) => name === chosen) ?? "contacts";
  const map = usePersonaMap(settings);
  if (map === undefined) {
    return <section className="panel panel-body persona-map soft">{t("common.loading")}</section>;
  }
  const { days, orders } = map.grid;
  const columns = days.length - 1;
  const width = columns * cellWidth;
  const height = orders.length * cellHeight;
  const total = map.cells.reduce((sum, { count }) => sum + count, 0);
  const values = map.cells.map((cell) => shadeValue(cell, shade));
  const highest = Math.max(...values, 1);
  const longest = days.at(-1) ?? 1;
  const recentAt = Math.min(settings.recentDays / longest, 1) * width;
  const step = (orders[1] ?? 2) - (orders[0] ?? 1);
  const oftenAt =
    height - Math.min((settings.frequentOrders - 1) / step, orders.length) * cellHeight;
  return (
    <section className="panel panel-body stack persona-map" aria-label={t("map.title")}>
      <header className="persona-map-head">
        <div>
          <h2>{t("map.title")}</h2>
          <p className="soft small">
            {t("map.hint", { days: settings.valueDays, total: number(total) })}
          </p>
        </div>
        <ButtonGroup label={t("map.shade")}>
          {shades.map((name) => (
            <Button
              key={name}
              size="small"
              look={name === shade ? "primary" : "plain"}
              aria-pressed={name === shade}
              onClick={() => setShade(name)}
            >
              {t(`map.shades.${name}`)}
            </Button>
          ))}
        </ButtonGroup>
      </header>
      <div className="persona-map-picture">
        <p className="persona-map-y soft" aria-hidden>
          <span>{number(orders.at(-1) ?? 0)}+</span>
          <span>{t("map.orders")}</span>
          <span>1</span>
        </p>
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t("map.label", { total: number(total) })}
        >
          {values.map((value, place) => {
            const row = Math.floor(place / columns);
            const column = place % columns;
            return (
              <rect
                // biome-ignore lint/suspicious/noArrayIndexKey: A cell is its place.
                key={place}
                className={value > 0 ? "persona-cell persona-cell-some" : "persona-cell"}
                x={column * cellWidth + 0.5}
                y={height - (row + 1) * cellHeight + 0.5}
                width={cellWidth - 1}
                height={cellHeight - 1}
                fillOpacity={value > 0 ? 0.12 + 0.88 * Math.sqrt(value / highest) : 1}
              >
                <title>{titleOf(map, row, column, t, number)}</title>
              </rect>
            );
          })}
          <line className="persona-threshold" x1={recentAt} x2={recentAt} y1={0} y2={height} />
          <line className="persona-threshold" x1={0} x2={width} y1={oftenAt} y2={oftenAt} />
        </svg>
        <p className="persona-map-x soft" aria-hidden>
          <span>{t("map.today")}</span>
          <span>{t("map.daysAgo")}</span>
          <span>{t("map.days", { count: longest })}</span>
        </p>
      </div>
      <p className="persona-map-legend soft small">
        <span>{t(shade === "contacts" ? "map.few" : "map.little")}</span>
        <span className="persona-map-scale" aria-hidden />
        <span>
          {t(shade === "contacts" ? "map.many" : "map.much", {
            highest: number(Math.round(highest)),
          })}
        </span>
        <span className="row-end">{t("map.lines")}</span>
      </p>
      <details>
        <summary>{t("map.table")}</summary>
        <MapTable map={map} />
      </details>
    </section>
  );
}

function shadeValue({ count, sum = 0 }: { count: number; sum?: number }, shade: string): number {
  if (shade === "contacts") return count;
  return count === 0 ? 0 : Math.max(sum / count, 0);
}

type Translate = (key: string, values: Record<string, unknown>) => string;

function titleOf(
  { grid, cells }: PersonaMapFigures,
  row: number,
  column: number,
  t: Translate,
  number: (value: number) => string,
): string {
  const { count = 0, sum = 0 } = cells[row * (grid.days.length - 1) + column] ?? {};
  const least = grid.orders[row] ?? 1;
  const next = grid.orders[row + 1];
  return t("map.cell", {
    contacts: number(count),
    from: grid.days[column],
    to: grid.days[column + 1],
    orders:
      next === undefined ? `${least}+` : next - least === 1 ? `${least}` : `${least}–${next - 1}`,
    money: number(count === 0 ? 0 : Math.round(sum / count)),
  });
}

/** Columns of the table: whole months are easier to read than the picture's. */
const tableColumns = 6;

/** The same for who does not see the picture. */
function MapTable({ map: { grid, cells } }: { map: PersonaMapFigures }) {
  const { t } = useScreenTexts("personas");
  const { number } = useFormats();
  const columns = grid.days.length - 1;
  const width = Math.ceil(columns / tableColumns);
  const starts = Array.from({ length: Math.ceil(columns / width) }, (_, index) => index * width);
  return (
    <div className="persona-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{t("map.orders")}</th>
            {starts.map((start) => (
              <th key={start} scope="col">
                {t("map.between", {
                  from: grid.days[start],
                  to: grid.days[Math.min(start + width, columns)],
                })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.orders.map((least, row) => (
            <tr key={least}>
              <th scope="row">{row === grid.orders.length - 1 ? `${least}+` : least}</th>
              {starts.map((start) => {
                const inside = cells.slice(
                  row * columns + start,
                  row * columns + Math.min(start + width, columns),
                );
                return (
                  <td key={start}>{number(inside.reduce((sum, { count }) => sum + count, 0))}</td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

import type { Figure, Row } from "../../report/row.ts";
import { shown } from "../../report/row.ts";

const target = 150e6;

/** What somebody took to read the messages. */
export interface Loaded {
  readonly name: string;
  readonly milliseconds: number;
}

/** How fast is NDJSON read? The first is ours. */
export function loadingFigure(bytes: number, loaded: readonly Loaded[]): Figure {
  const [ours] = loaded;
  const rows = loaded.map(({ name, milliseconds }, index): Row => {
    const seconds = milliseconds / 1000;
    const row: Row = {
      question: name,
      unit: "MB/s",
      value: bytes / seconds,
      note: `${seconds.toFixed(1)} s`,
    };
    if (index === 0) return { ...row, target, isMoreBetter: true };
    const ratio = milliseconds / (ours?.milliseconds ?? Number.NaN);
    return { ...row, note: `${row.note}, ${ratio.toFixed(1)} × our time` };
  });
  return { title: `Reading ${shown(bytes, "MB")} of NDJSON`, rows };
}

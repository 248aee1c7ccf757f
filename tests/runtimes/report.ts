/** What came out of one way. */
export interface Row {
  readonly title: string;
  readonly version: string;
  readonly passed: number;
  readonly failed: readonly string[];
  readonly leftOut: number;
  readonly milliseconds: number;
  readonly note: string;
}

export function printedTable(rows: readonly Row[], cases: number): string {
  const header = ["Way", "Version", "Passed", "Failed", "Left out", "ms", "Note"];
  const lines = rows.map(({ title, version, passed, failed, leftOut, milliseconds, note }) =>
    [title, version, passed, failed.length, leftOut, milliseconds, note].map(String),
  );
  const widths = header.map((name, column) =>
    Math.max(name.length, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  const printed = [header, ...lines].map((line) =>
    line
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column < 2 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  ")
      .trimEnd(),
  );
  const note = `The corpus has ${cases} cases; each template of the authoring entry counts as one more.`;
  return [...printed, "", note].join("\n");
}

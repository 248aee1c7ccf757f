export interface Column {
  title: string;
  align: "left" | "right";
}

/** Rows under titles, aligned by spaces. */
export function textTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const titles = columns.map(({ title }) => title);
  const widths = columns.map((_, index) =>
    Math.max(...[titles, ...rows].map((row) => width(row[index] ?? ""))),
  );
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, index) => {
        const cell = cells[index] ?? "";
        const space = " ".repeat((widths[index] ?? 0) - width(cell));
        return align === "left" ? cell + space : space + cell;
      })
      .join("  ")
      .trimEnd();
  return [titles, ...rows].map((row) => `${line(row)}\n`).join("");
}

function width(text: string): number {
  return [...text].length;
}

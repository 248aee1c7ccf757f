import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef } from "react";
import { classNames } from "./class_names.ts";
import "./virtual_table.css";

export interface Column<Row> {
  readonly id: string;
  readonly title: ReactNode;
  /** A track of `grid-template-columns`, such as `minmax(8rem, 1fr)`. */
  readonly width: string;
  readonly isNumber?: boolean;
  readonly cell: (row: Row, index: number) => ReactNode;
}

export interface VirtualTableProps<Row> {
  /** What the table is, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row, index: number) => string | number;
  /** Pixels (default 44). */
  rowHeight?: number;
  /** Pixels at most (default 480). */
  height?: number;
  /** Told when the last rows come into sight. */
  onNearEnd?: () => void;
}

const nearEnd = 20;

/** A table of which only the rows in sight exist: a hundred thousand of them cost what twenty do. */
export function VirtualTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  rowHeight = 44,
  height = 480,
  onNearEnd,
}: VirtualTableProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    onChange: ({ range }) => {
      if (range !== null && range.endIndex >= rows.length - nearEnd) onNearEnd?.();
    },
  });
  const gridTemplateColumns = columns.map(({ width }) => width).join(" ");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: What scrolls must be reached by keyboard.
    <div ref={scroller} className="table-scroller" style={{ maxHeight: height }} tabIndex={0}>
      <table aria-label={label} aria-rowcount={rows.length + 1} className="table">
        <thead>
          <tr className="table-row table-head" style={{ gridTemplateColumns }} aria-rowindex={1}>
            {columns.map(({ id, title, isNumber }) => (
              <th
                key={id}
                scope="col"
                className={classNames("table-cell", isNumber && "table-number")}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="table-rows" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start, size }) => {
            const row = rows[index] as Row;
            return (
              <tr
                key={rowKey(row, index)}
                aria-rowindex={index + 2}
                className="table-row table-placed"
                style={{ gridTemplateColumns, height: size, transform: `translateY(${start}px)` }}
              >
                {columns.map(({ id, isNumber, cell }) => (
                  <td key={id} className={classNames("table-cell", isNumber && "table-number")}>
                    {cell(row, index)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

import { type Column, VirtualTable } from "../components/virtual_table.tsx";
import { useScreenTexts } from "../language/screen_texts.ts";

export interface TableNotice {
  readonly line: number;
  readonly reason: string;
  readonly text: string;
}

/** Rows or lines that were left out, each with its reason. */
export function SkippedRows({ rows }: { rows: readonly TableNotice[] }) {
  const { t } = useScreenTexts("data");
  const columns: Column<TableNotice>[] = [
    {
      id: "line",
      title: t("skipped.line"),
      width: "5rem",
      isNumber: true,
      cell: ({ line }) => line,
    },
    {
      id: "reason",
      title: t("skipped.reason"),
      width: "minmax(14rem, 1fr)",
      cell: ({ reason }) => <span title={reason}>{reason}</span>,
    },
    {
      id: "text",
      title: t("skipped.text"),
      width: "minmax(10rem, 1fr)",
      cell: ({ text }) => <code>{text}</code>,
    },
  ];
  return (
    <VirtualTable
      label={t("skipped.title")}
      columns={columns}
      rows={rows}
      rowKey={({ line }, index) => `${line}.${index}`}
      rowHeight={36}
      height={260}
    />
  );
}

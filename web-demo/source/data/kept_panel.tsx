import { Download, HardDriveDownload } from "lucide-react";
import { useEffect, useState } from "react";
import { useWorkspace } from "../application/workspace.ts";
import { Button } from "../components/button.tsx";
import { Checkbox } from "../components/field.tsx";
import { useFormats } from "../language/format.ts";
import { useScreenTexts } from "../language/screen_texts.ts";
import type { DataSet } from "../storage/database.ts";
import { exportMessages, useDataWork } from "./data_task.ts";

const mebibyte = 1024 * 1024;
/** About what a message takes as text. */
const bytesOfMessage = 220;

/** The contacts that are kept in this browser, and the way out for them. */
export function KeptPanel() {
  const { t } = useScreenTexts("data");
  const { number, dateTime } = useFormats();
  const { dataSet, statistics } = useWorkspace();
  const { task } = useDataWork();
  const [isPacked, setPacked] = useState(false);
  if (dataSet === undefined) return null;
  const facts: [string, string][] = [
    [t("kept.source"), sourceName(dataSet, t, number)],
    [t("kept.loaded"), dateTime(dataSet.loadedAt)],
    [t("kept.contacts"), number(statistics.contacts)],
    [t("kept.events"), number(statistics.events)],
    [t("kept.size"), t("kept.mebibytes", { size: number(statistics.bytes / mebibyte) })],
  ];
  return (
    <section className="panel panel-body stack" aria-labelledby="data-kept">
      <h2 id="data-kept">{t("kept.title")}</h2>
      <dl className="data-facts figure">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Storage />
      <div className="row">
        <Button
          icon={<Download aria-hidden />}
          disabled={task !== undefined}
          onClick={() =>
            exportMessages({
              name: exportName(dataSet),
              bytes: statistics.messages * bytesOfMessage,
              isPacked,
            })
          }
        >
          {t("export.start")}
        </Button>
        <Checkbox
          label={t("export.packed")}
          checked={isPacked}
          onChange={({ target }) => setPacked(target.checked)}
        />
      </div>
    </section>
  );
}

function sourceName(
  { source }: DataSet,
  t: (key: string, values: Record<string, unknown>) => string,
  number: (value: number) => string,
): string {
  if (source.kind === "import") return source.name;
  const { contacts, seed } = source.options;
  return t("kept.shop", { contacts: number(contacts), seed });
}

function exportName({ source }: DataSet): string {
  if (source.kind === "shop") return `shop-${source.options.contacts}`;
  return source.name.replace(/(\.\w+)+$/, "") || "contacts";
}

/** Whether the browser may clear what is kept, and what it takes. */
function Storage() {
  const { t } = useScreenTexts("data");
  const { number } = useFormats();
  const { dataSet } = useWorkspace();
  const [kept, setKept] = useState<{ usage: number; isPersistent: boolean }>();
  const look = async () => {
    const [{ usage = 0 }, isPersistent] = await Promise.all([
      navigator.storage.estimate(),
      navigator.storage.persisted(),
    ]);
    setKept({ usage, isPersistent });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: Other contacts take other space.
  useEffect(() => {
    void look();
  }, [dataSet]);
  const persist = async () => {
    await navigator.storage.persist();
    await look();
  };
  if (kept === undefined) return null;
  return (
    <div className="row small soft">
      <HardDriveDownload aria-hidden className="data-icon" />
      {t(kept.isPersistent ? "kept.persistent" : "kept.evictable", {
        size: number(kept.usage / mebibyte),
      })}
      {!kept.isPersistent && (
        <Button size="small" look="quiet" onClick={() => void persist()}>
          {t("kept.persist")}
        </Button>
      )}
    </div>
  );
}

import type { SegmentDefinition } from "@fosterflow/segments/audience";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { engine } from "../engine/engine.ts";
import { useFormats } from "../language/format.ts";
import { useLanguage } from "../language/language.ts";
import { database, type VersionRecord } from "../storage/database.ts";

export interface VersionsDialogProps {
  id: string;
  onClose: () => void;
  onRestore: (definition: SegmentDefinition) => void;
}

interface ShownVersion extends VersionRecord {
  /** What it changed against the one before. */
  readonly lines: readonly string[];
}

/** Every version of a segment, the newest first. */
export function VersionsDialog({ id, onClose, onRestore }: VersionsDialogProps) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const language = useLanguage();
  const [versions, setVersions] = useState<readonly ShownVersion[]>([]);
  useEffect(() => {
    let isCurrent = true;
    const read = async () => {
      const store = await database();
      const range = IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]);
      const records = await store.getAll("versions", range);
      const shown = await Promise.all(
        records.map(async (record, index) => {
          const before = records[index - 1];
          if (before === undefined) return { ...record, lines: [] };
          const answer = await engine().diff(before.definition, record.definition, language);
          return {
            ...record,
            lines: answer.isRefused ? [] : answer.value.changes.map(({ line }) => line),
          };
        }),
      );
      if (isCurrent) setVersions(shown.reverse());
    };
    void read();
    return () => {
      isCurrent = false;
    };
  }, [id, language]);
  return (
    <Dialog isOpen onClose={onClose} title={t("builder.versions")}>
      <ol className="versions">
        {versions.map(({ version, savedAt, lines, definition }, index) => (
          <li key={version} className="version">
            <div className="row">
              <h3>{t("segments.version", { version })}</h3>
              <span className="small soft">{dateTime(savedAt)}</span>
              {index > 0 && (
                <Button size="small" className="row-end" onClick={() => onRestore(definition)}>
                  {t("builder.takeVersion")}
                </Button>
              )}
            </div>
            <ul className="small soft">
              {lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../application/workspace.ts";
import { Link } from "../navigation/link.tsx";
import { addresses } from "../navigation/routes.ts";
import type { DraftRecord } from "../storage/database.ts";
import { BuilderEditor } from "./builder_editor.tsx";
import { draftOf } from "./edit_session.ts";

/** The builder of a segment: of what was being edited, else of what is saved. */
export default function BuilderScreen({ segment }: { segment: string }) {
  const { t } = useTranslation();
  const { segments } = useWorkspace();
  const [draft, setDraft] = useState<{
    readonly of: string;
    readonly record: DraftRecord | undefined;
  }>();
  useEffect(() => {
    let isCurrent = true;
    void draftOf(segment).then((record) => {
      if (isCurrent) setDraft({ of: segment, record });
    });
    return () => {
      isCurrent = false;
    };
  }, [segment]);
  if (draft?.of !== segment) return null;
  const saved = segments.find(({ id }) => id === segment);
  const start = draft.record ?? saved;
  if (start === undefined) {
    return (
      <div className="panel panel-body stack">
        <h1>{t("builder.missing", { id: segment })}</h1>
        <p>
          <Link href={addresses.segments}>{t("unknown.back")}</Link>
        </p>
      </div>
    );
  }
  return (
    <BuilderEditor
      key={segment}
      saved={saved}
      start={start}
      isRestored={draft.record !== undefined}
    />
  );
}

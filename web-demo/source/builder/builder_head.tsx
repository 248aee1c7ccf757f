import { Check, History, Redo2, Undo2 } from "lucide-react";
import { memo, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { freeId, saveSegment, workspace } from "../application/workspace.ts";
import { Button, IconButton } from "../components/button.tsx";
import { toast } from "../components/toast.tsx";
import { Link } from "../navigation/link.tsx";
import { navigate } from "../navigation/location.ts";
import { addresses } from "../navigation/routes.ts";
import { InstantChoice } from "../segments/instant_choice.tsx";
import type { SegmentRecord } from "../storage/database.ts";
import { type EditSession, isChanged, useEdited } from "./edit_session.ts";
import { type EvaluationSource, useEvaluated } from "./evaluation_state.ts";
import { ImpactDialog } from "./impact_dialog.tsx";
import { textOf } from "./json_shape.ts";
import { VersionsDialog } from "./versions_dialog.tsx";

export interface BuilderHeadProps {
  session: EditSession;
  saved: SegmentRecord | undefined;
  evaluations: EvaluationSource;
  at: number;
}

/** The segment's name, and what can be done with the whole edit. */
export const BuilderHead = memo(function BuilderHead({
  session,
  saved,
  evaluations,
  at,
}: BuilderHeadProps) {
  const { t } = useTranslation();
  const { edit } = session;
  const [dialog, setDialog] = useState<"impact" | "versions">();
  const name = useEdited(session, ({ present }) => textOf(present.definition.name));
  const id = useEdited(session, ({ present }) => present.definition.id);
  const canUndo = useEdited(session, ({ past }) => past.length > 0);
  const canRedo = useEdited(session, ({ future }) => future.length > 0);
  const hasChanges = useEdited(session, ({ present }) => isChanged(present, saved));
  const isRefused = useEvaluated(evaluations, (state) => state.isRefused);
  useEffect(() => {
    document.title = `${name || id} · Fosterflow`;
  }, [name, id]);

  const save = async () => {
    setDialog(undefined);
    const { definition, tags } = session.histories.get().present;
    // A new segment is known by its name, unless somebody wrote an id.
    const isNamed = saved === undefined && definition.id === session.id;
    const newId = isNamed ? freeId(name) : definition.id;
    if (saved === undefined && workspace().segments.some((other) => other.id === newId)) {
      toast(t("builder.idTaken", { id: newId }), { look: "error" });
      return;
    }
    const answer = await saveSegment({ definition: { ...definition, id: newId }, tags });
    if (answer.isRefused) {
      toast(answer.message, { look: "error" });
      return;
    }
    if (newId !== session.id) {
      await session.end();
      navigate(addresses.builder(newId), { replace: true });
    }
    const restore = async () => {
      if (saved !== undefined)
        await saveSegment({ definition: saved.definition, tags: saved.tags });
    };
    toast(t("builder.saved", { name: name || newId, version: answer.value.version }), {
      ...(saved !== undefined && {
        action: { label: t("common.undo"), run: () => void restore() },
      }),
    });
  };
  const leave = async () => {
    await session.end();
    navigate(addresses.segments);
  };
  return (
    <header className="builder-head">
      <div className="builder-name">
        <Link href={addresses.segments} className="builder-back">
          {t("segments.title")}
        </Link>
        <h1 className="visually-hidden">{name || id}</h1>
        <input
          className="builder-title"
          aria-label={t("builder.name")}
          placeholder={t("builder.name")}
          value={name}
          onChange={({ target }) =>
            edit("/name", (before) => ({
              ...before,
              definition: { ...before.definition, name: target.value },
            }))
          }
        />
        <span className="builder-id small soft">
          {id}
          {saved !== undefined && ` · ${t("segments.version", { version: saved.version })}`}
        </span>
      </div>
      <div className="row">
        <InstantChoice />
        <IconButton label={t("builder.undo")} disabled={!canUndo} onClick={session.undo}>
          <Undo2 aria-hidden />
        </IconButton>
        <IconButton label={t("builder.redo")} disabled={!canRedo} onClick={session.redo}>
          <Redo2 aria-hidden />
        </IconButton>
        {saved !== undefined && (
          <IconButton label={t("builder.versions")} onClick={() => setDialog("versions")}>
            <History aria-hidden />
          </IconButton>
        )}
        {saved === undefined && (
          <Button look="quiet" onClick={() => void leave()}>
            {t("builder.discardNew")}
          </Button>
        )}
        <Button
          look="primary"
          icon={<Check aria-hidden />}
          disabled={isRefused || !hasChanges}
          onClick={() => setDialog("impact")}
        >
          {t("builder.review")}
        </Button>
      </div>
      {dialog === "impact" && (
        <ImpactDialog
          definition={session.definitions.get()}
          saved={saved}
          at={at}
          onClose={() => setDialog(undefined)}
          onSave={() => void save()}
        />
      )}
      {dialog === "versions" && saved !== undefined && (
        <VersionsDialog
          id={saved.id}
          onClose={() => setDialog(undefined)}
          onRestore={(version) => {
            setDialog(undefined);
            edit(undefined, (before) => ({ ...before, definition: version }));
          }}
        />
      )}
    </header>
  );
});

import { Check, History, Redo2, Undo2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { freeId, saveSegment, workspace } from "../application/workspace.ts";
import { Button, IconButton } from "../components/button.tsx";
import { toast } from "../components/toast.tsx";
import { Link } from "../navigation/link.tsx";
import { navigate } from "../navigation/location.ts";
import { addresses } from "../navigation/routes.ts";
import { InstantChoice } from "../segments/instant_choice.tsx";
import type { SegmentRecord } from "../storage/database.ts";
import { dropDraft, type EditSession } from "./edit_session.ts";
import type { EvaluationState } from "./evaluation_state.ts";
import { ImpactDialog } from "./impact_dialog.tsx";
import { VersionsDialog } from "./versions_dialog.tsx";

export interface BuilderHeadProps {
  session: EditSession;
  saved: SegmentRecord | undefined;
  evaluation: EvaluationState;
  at: number;
}

/** The segment's name, and what can be done with the whole edit. */
export function BuilderHead({ session, saved, evaluation, at }: BuilderHeadProps) {
  const { t } = useTranslation();
  const { edited, edit, isChanged } = session;
  const { definition, tags } = edited;
  const [dialog, setDialog] = useState<"impact" | "versions">();
  const name = typeof definition.name === "string" ? definition.name : "";
  useEffect(() => {
    document.title = `${name || definition.id} · Fosterflow`;
  }, [name, definition.id]);

  const save = async () => {
    setDialog(undefined);
    // A new segment is known by its name, unless somebody wrote an id.
    const isNamed = saved === undefined && definition.id === session.id;
    const id = isNamed ? freeId(name) : definition.id;
    if (saved === undefined && workspace().segments.some((other) => other.id === id)) {
      toast(t("builder.idTaken", { id }), { look: "error" });
      return;
    }
    const answer = await saveSegment({ definition: { ...definition, id }, tags });
    if (answer.isRefused) {
      toast(answer.message, { look: "error" });
      return;
    }
    if (id !== session.id) {
      await dropDraft(session.id);
      navigate(addresses.builder(id), { replace: true });
    }
    const restore = async () => {
      if (saved !== undefined)
        await saveSegment({ definition: saved.definition, tags: saved.tags });
    };
    toast(t("builder.saved", { name: name || definition.id, version: answer.value.version }), {
      ...(saved !== undefined && {
        action: { label: t("common.undo"), run: () => void restore() },
      }),
    });
  };
  const leave = async () => {
    await dropDraft(session.id);
    navigate(addresses.segments);
  };
  return (
    <header className="builder-head">
      <div className="builder-name">
        <Link href={addresses.segments} className="builder-back">
          {t("segments.title")}
        </Link>
        <h1 className="visually-hidden">{name || definition.id}</h1>
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
          {definition.id}
          {saved !== undefined && ` · ${t("segments.version", { version: saved.version })}`}
        </span>
      </div>
      <div className="row">
        <InstantChoice />
        <IconButton label={t("builder.undo")} disabled={!session.canUndo} onClick={session.undo}>
          <Undo2 aria-hidden />
        </IconButton>
        <IconButton label={t("builder.redo")} disabled={!session.canRedo} onClick={session.redo}>
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
          disabled={evaluation.isRefused || (saved !== undefined && !isChanged)}
          onClick={() => setDialog("impact")}
        >
          {t("builder.review")}
        </Button>
      </div>
      {dialog === "impact" && (
        <ImpactDialog
          definition={definition}
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
}

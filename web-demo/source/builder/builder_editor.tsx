import type { SegmentDefinition } from "@fosterflow/segments/audience";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useInstant } from "../application/clock.ts";
import { useWorkspace } from "../application/workspace.ts";
import { Button } from "../components/button.tsx";
import { Notice } from "../components/notice.tsx";
import { Tabs } from "../components/tabs.tsx";
import { useSearchValue } from "../navigation/location.ts";
import type { SegmentRecord } from "../storage/database.ts";
import { type Builder, BuilderContext } from "./builder_context.ts";
import { BuilderHead } from "./builder_head.tsx";
import { type Edited, useEdited, useEditSession } from "./edit_session.ts";
import { useEvaluation } from "./evaluation_state.ts";
import { JsonTab } from "./json_tab.tsx";
import { MembersTab } from "./members_tab.tsx";
import { withValueAt } from "./pointer.ts";
import { RuleTab } from "./rule_tab.tsx";
import { SqlTab } from "./sql_tab.tsx";
import { CountBar, SummaryPanel } from "./summary_panel.tsx";
import "./builder.css";

export interface BuilderEditorProps {
  saved: SegmentRecord | undefined;
  start: Edited;
  /** It begins with an edit that was not saved. */
  isRestored: boolean;
}

const tabs = ["rule", "json", "sql", "contacts"] as const;

export function BuilderEditor({ saved, start, isRestored }: BuilderEditorProps) {
  const { t } = useTranslation();
  const { at } = useInstant();
  const { vocabulary, segments } = useWorkspace();
  const session = useEditSession(saved, start);
  const { definitions } = session;
  const id = useEdited(session, ({ present }) => present.definition.id);
  const evaluations = useEvaluation(definitions, at);
  const [isNoticeShown, setNoticeShown] = useState(isRestored && saved !== undefined);
  const [chosenTab, setTab] = useSearchValue("tab", "rule");
  const tab = tabs.find((name) => name === chosenTab) ?? "rule";

  const { edit, undo, redo } = session;
  const editDefinition = useCallback(
    (subject: string | undefined, change: (definition: SegmentDefinition) => SegmentDefinition) =>
      edit(subject, (before) => ({ ...before, definition: change(before.definition) })),
    [edit],
  );
  const builder = useMemo<Builder>(
    () => ({
      definitions,
      evaluations,
      edit: (change) => editDefinition(undefined, change),
      change: (pointer, value) =>
        editDefinition(pointer, (before) => keptId(withValueAt(before, pointer, value), saved)),
      vocabulary,
      segments: segments
        .filter((other) => other.id !== id)
        .map((other) => ({ id: other.id, name: other.definition.name ?? other.id })),
    }),
    [definitions, evaluations, id, editDefinition, vocabulary, segments, saved],
  );

  useEffect(() => {
    const shortcut = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      const isRedo = key === "y" || (key === "z" && event.shiftKey);
      if (!isRedo && key !== "z") return;
      event.preventDefault();
      if (isRedo) redo();
      else undo();
    };
    window.addEventListener("keydown", shortcut);
    return () => window.removeEventListener("keydown", shortcut);
  }, [undo, redo]);

  const discard = () => {
    if (saved !== undefined) {
      const { definition, tags } = saved;
      edit(undefined, () => ({ definition, tags }));
    }
    setNoticeShown(false);
  };
  return (
    <BuilderContext value={builder}>
      <BuilderHead session={session} saved={saved} evaluations={evaluations} at={at} />
      {isNoticeShown && (
        <Notice
          look="info"
          action={
            <Button size="small" onClick={discard}>
              {t("builder.discard")}
            </Button>
          }
        >
          {t("builder.restored")}
        </Notice>
      )}
      <CountBar evaluations={evaluations} />
      <div className="builder">
        <div className="builder-main">
          <Tabs
            label={t("builder.tabs.label")}
            chosen={tab}
            onChoose={setTab}
            tabs={[
              { id: "rule", label: t("builder.tabs.rule"), content: <RuleTab /> },
              { id: "json", label: t("builder.tabs.json"), content: <JsonTab /> },
              { id: "sql", label: t("builder.tabs.sql"), content: <SqlTab /> },
              {
                id: "contacts",
                label: t("builder.tabs.contacts"),
                content: <MembersTab at={at} />,
              },
            ]}
          />
        </div>
        <SummaryPanel evaluations={evaluations} />
      </div>
    </BuilderContext>
  );
}

/** A saved segment keeps its id: other segments, and backends, know it by that. */
function keptId(
  definition: SegmentDefinition,
  saved: SegmentRecord | undefined,
): SegmentDefinition {
  if (saved === undefined || definition.id === saved.id) return definition;
  return { ...definition, id: saved.id };
}

import type { SegmentDefinition } from "@fosterflow/segments/audience";
import type { DescribedPart } from "@fosterflow/segments/authoring";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useInstant } from "../application/clock.ts";
import { useWorkspace } from "../application/workspace.ts";
import { Button } from "../components/button.tsx";
import { Notice } from "../components/notice.tsx";
import { Tabs } from "../components/tabs.tsx";
import { useSearchValue } from "../navigation/location.ts";
import type { SegmentRecord } from "../storage/database.ts";
import {
  type Builder,
  BuilderContext,
  PartsContext,
  PhrasesContext,
  type Remark,
  RemarksContext,
} from "./builder_context.ts";
import { BuilderHead } from "./builder_head.tsx";
import { type Edited, useEditSession } from "./edit_session.ts";
import { type EvaluationState, useEvaluation } from "./evaluation_state.ts";
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
  const { definition } = session.edited;
  const evaluation = useEvaluation(session.definitions, at);
  const [isNoticeShown, setNoticeShown] = useState(isRestored && saved !== undefined);
  const [chosenTab, setTab] = useSearchValue("tab", "rule");
  const tab = tabs.find((name) => name === chosenTab) ?? "rule";

  const { edit, undo, redo } = session;
  const editDefinition = useCallback(
    (subject: string | undefined, change: (definition: SegmentDefinition) => SegmentDefinition) =>
      edit(subject, (before) => ({ ...before, definition: change(before.definition) })),
    [edit],
  );
  const { definitions } = session;
  const { id } = definition;
  const builder = useMemo<Builder>(
    () => ({
      definitions,
      edit: (change) => editDefinition(undefined, change),
      change: (pointer, value) =>
        editDefinition(pointer, (before) => keptId(withValueAt(before, pointer, value), saved)),
      vocabulary,
      segments: segments
        .filter((other) => other.id !== id)
        .map((other) => ({ id: other.id, name: other.definition.name ?? other.id })),
    }),
    [definitions, id, editDefinition, vocabulary, segments, saved],
  );
  const remarks = useRemarksOf(evaluation);

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

  const phrases = useMemo(() => phrasesOf(evaluation.condition), [evaluation.condition]);
  return (
    <BuilderContext value={builder}>
      <RemarksContext value={remarks}>
        <PhrasesContext value={phrases}>
          <PartsContext value={evaluation.parts}>
            <BuilderHead session={session} saved={saved} evaluation={evaluation} at={at} />
            {isNoticeShown && (
              <Notice
                look="info"
                action={
                  <Button
                    size="small"
                    onClick={() => {
                      session.discard();
                      setNoticeShown(false);
                    }}
                  >
                    {t("builder.discard")}
                  </Button>
                }
              >
                {t("builder.restored")}
              </Notice>
            )}
            <CountBar evaluation={evaluation} />
            <div className="builder">
              <div className="builder-main">
                <Tabs
                  label={t("builder.tabs.label")}
                  chosen={tab}
                  onChoose={setTab}
                  tabs={[
                    {
                      id: "rule",
                      label: t("builder.tabs.rule"),
                      content: <RuleTab />,
                    },
                    { id: "json", label: t("builder.tabs.json"), content: <JsonTab /> },
                    { id: "sql", label: t("builder.tabs.sql"), content: <SqlTab /> },
                    {
                      id: "contacts",
                      label: t("builder.tabs.contacts"),
                      content: (
                        <MembersTab definition={definition} at={at} evaluation={evaluation} />
                      ),
                    },
                  ]}
                />
              </div>
              <SummaryPanel evaluation={evaluation} />
            </div>
          </PartsContext>
        </PhrasesContext>
      </RemarksContext>
    </BuilderContext>
  );
}

/** What is said about the definition; the same list while the same is said. */
function useRemarksOf({ problems, findings }: EvaluationState): readonly Remark[] {
  const last = useRef<readonly Remark[]>([]);
  return useMemo(() => {
    const remarks = [...problems, ...findings].map(({ path, message, severity }) => ({
      path,
      message,
      look: severity,
    }));
    if (JSON.stringify(remarks) !== JSON.stringify(last.current)) last.current = remarks;
    return last.current;
  }, [problems, findings]);
}

/** A saved segment keeps its id: other segments, and backends, know it by that. */
function keptId(
  definition: SegmentDefinition,
  saved: SegmentRecord | undefined,
): SegmentDefinition {
  if (saved === undefined || definition.id === saved.id) return definition;
  return { ...definition, id: saved.id };
}

function phrasesOf(part: DescribedPart | undefined): Map<string, string> {
  const phrases = new Map<string, string>();
  const walk = ({ path, phrase, of = [] }: DescribedPart) => {
    phrases.set(path, phrase);
    for (const member of of) walk(member);
  };
  if (part !== undefined) walk(part);
  return phrases;
}

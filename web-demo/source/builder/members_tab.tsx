import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../application/workspace.ts";
import { VirtualTable } from "../components/virtual_table.tsx";
import { engine } from "../engine/engine.ts";
import { useFormats } from "../language/format.ts";
import { Link } from "../navigation/link.tsx";
import { addresses } from "../navigation/routes.ts";
import { useBuilder, useDefinition } from "./builder_context.ts";
import { useEvaluated } from "./evaluation_state.ts";
import { AddToList, TakeOffButton, useStaticList } from "./list_members.tsx";

const pageLength = 200;

/** Who is in it: all of them, page by page. */
export function MembersTab({ at }: { at: number }) {
  const { t } = useTranslation();
  const definition = useDefinition();
  const counted = useEvaluated(useBuilder().evaluations, ({ total }) => total?.count);
  const { number } = useFormats();
  const { dataSet } = useWorkspace();
  const list = useStaticList();
  const [members, setMembers] = useState<readonly string[]>([]);
  const asked = useRef({ definition, at, isAsking: false, isAll: false });

  const ask = useCallback(async (after: string | undefined) => {
    const question = asked.current;
    if (question.isAsking || question.isAll) return;
    question.isAsking = true;
    const page = { at: question.at, limit: pageLength, ...(after !== undefined && { after }) };
    const answer = await engine().members(question.definition, page);
    question.isAsking = false;
    if (asked.current !== question || answer.isRefused) return;
    question.isAll = answer.value.length < pageLength;
    setMembers((before) => (after === undefined ? answer.value : [...before, ...answer.value]));
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: Who is put on a list, or taken off, changes the contacts.
  useEffect(() => {
    asked.current = { definition, at, isAsking: false, isAll: false };
    void ask(undefined);
  }, [definition, at, ask, dataSet]);

  const total = counted ?? members.length;
  return (
    <div className="stack">
      <p className="small soft figure">
        {t("members.shown", { shown: number(members.length), total: number(total) })}
      </p>
      {list !== undefined && <AddToList list={list} />}
      {counted === 0 && <p className="panel panel-body soft">{t("members.nobody")}</p>}
      <VirtualTable
        label={t("builder.tabs.contacts")}
        rows={members}
        rowKey={(member) => member}
        onNearEnd={() => void ask(members.at(-1))}
        columns={[
          {
            id: "number",
            title: "#",
            width: "4rem",
            isNumber: true,
            cell: (_, index) => number(index + 1),
          },
          {
            id: "contact",
            title: t("members.contact"),
            width: "minmax(10rem, 1fr)",
            cell: (member) => (
              <Link
                href={`${addresses.contact(member)}?segment=${encodeURIComponent(definition.id)}`}
              >
                {member}
              </Link>
            ),
          },
          ...(list === undefined
            ? []
            : [
                {
                  id: "take-off",
                  title: <span className="visually-hidden">{t("members.takeOffColumn")}</span>,
                  width: "4rem",
                  cell: (member: string) => <TakeOffButton list={list} contact={member} />,
                },
              ]),
        ]}
      />
    </div>
  );
}

import { useDroppable } from "@dnd-kit/core";
import type { Condition } from "@fosterflow/segments/audience";
import { Plus } from "lucide-react";
import { Fragment, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { classNames } from "../components/class_names.ts";
import { ErrorBoundary } from "../components/error_boundary.tsx";
import { Menu } from "../components/menu.tsx";
import { useBuilder, useValue } from "./builder_context.ts";
import { useNewConditionMenu } from "./condition_kinds.tsx";
import { ConditionNode, type ConditionNodeProps } from "./condition_node.tsx";
import { isJson, jsonOf, listOf, textOf } from "./json_shape.ts";
import { withConditionIn } from "./moves.ts";
import { nodeKey, valueAt } from "./pointer.ts";

const kinds = ["all", "any", "none"] as const;

/** The conditions of a group, and how they are joined. */
export function GroupEditor({ pointer }: ConditionNodeProps) {
  const { t } = useTranslation();
  // Edits within its conditions are none of its own.
  const { definitions, change, edit } = useBuilder();
  const shape = useSyncExternalStore(definitions.subscribe, () =>
    shapeOf(valueAt(definitions.get(), pointer)),
  );
  const [kindName, ...members] = shape.split(" ");
  const kind = kinds.find((name) => name === kindName) ?? "all";
  const add = (condition: Condition) =>
    edit((before) => withConditionIn(before, { group: pointer, index: members.length }, condition));
  const menu = useNewConditionMenu(add);
  return (
    <>
      <div className="group-kinds" role="radiogroup" aria-label={t("builder.groupKind")}>
        {kinds.map((name) => (
          <label key={name} className="group-kind">
            <input
              type="radio"
              name={`kind-${pointer}`}
              className="visually-hidden"
              checked={name === kind}
              onChange={() => change(`${pointer}/kind`, name)}
            />
            <span>{t(`builder.groups.${name}`)}</span>
          </label>
        ))}
      </div>
      <div className="members">
        {members.map((key, index) => (
          <Fragment key={key}>
            <DropSlot group={pointer} index={index} />
            {index > 0 && (
              <span className={`joiner joiner-${kind}`}>{t(`builder.joiners.${kind}`)}</span>
            )}
            <Member pointer={`${pointer}/of/${index}`} />
          </Fragment>
        ))}
        <DropSlot group={pointer} index={members.length} />
      </div>
      <div>
        <Menu
          trigger={
            <Button size="small" icon={<Plus aria-hidden />}>
              {t("builder.addCondition")}
            </Button>
          }
          groups={menu}
        />
      </div>
    </>
  );
}

/** A group's kind and the keys of its conditions: what it draws itself. */
function shapeOf(group: unknown): string {
  const { kind, of } = jsonOf(group);
  return [textOf(kind), ...listOf(of).map((member, index) => memberKey(member, index))].join(" ");
}

/** What is no object has no key of its own. */
function memberKey(member: unknown, index: number): string {
  return isJson(member) ? nodeKey(member) : `place-${index}`;
}

function Member({ pointer }: ConditionNodeProps) {
  const resetKey = JSON.stringify(useValue(pointer)) ?? "";
  return (
    <ErrorBoundary resetKey={resetKey}>
      <ConditionNode pointer={pointer} />
    </ErrorBoundary>
  );
}

/** Where a dragged condition can be let go. */
function DropSlot({ group, index }: { group: string; index: number }) {
  const { setNodeRef, isOver } = useDroppable({ id: `${group}#${index}`, data: { group, index } });
  return (
    <div
      ref={setNodeRef}
      className={classNames("drop-slot", isOver && "drop-slot-over")}
      aria-hidden
    />
  );
}

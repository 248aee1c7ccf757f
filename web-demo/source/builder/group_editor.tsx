import { useDroppable } from "@dnd-kit/core";
import type { Condition } from "@fosterflow/segments/audience";
import { Plus } from "lucide-react";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { classNames } from "../components/class_names.ts";
import { ErrorBoundary } from "../components/error_boundary.tsx";
import { Menu } from "../components/menu.tsx";
import { useBuilder, useValue } from "./builder_context.ts";
import { useNewConditionMenu } from "./condition_kinds.tsx";
import { ConditionNode, type ConditionNodeProps } from "./condition_node.tsx";
import { jsonOf, listOf } from "./json_shape.ts";
import { withConditionIn } from "./moves.ts";
import { nodeKey } from "./pointer.ts";

const kinds = ["all", "any", "none"] as const;

/** The conditions of a group, and how they are joined. */
export function GroupEditor({ pointer }: ConditionNodeProps) {
  const { t } = useTranslation();
  const { change, edit } = useBuilder();
  const group = jsonOf(useValue(pointer));
  const members = listOf(group["of"]);
  const kind = kinds.find((name) => name === group["kind"]) ?? "all";
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
        {members.map((member, index) => (
          <Fragment key={nodeKey(member)}>
            <DropSlot group={pointer} index={index} />
            {index > 0 && (
              <span className={`joiner joiner-${kind}`}>{t(`builder.joiners.${kind}`)}</span>
            )}
            <ErrorBoundary resetKey={JSON.stringify(member)}>
              <ConditionNode pointer={`${pointer}/of/${index}`} />
            </ErrorBoundary>
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

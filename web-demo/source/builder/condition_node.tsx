import { useDraggable } from "@dnd-kit/core";
import {
  ArrowDown,
  ArrowUp,
  ChevronDown,
  ChevronRight,
  Copy,
  Ellipsis,
  FolderMinus,
  FolderOpen,
  FolderPlus,
  GripVertical,
  IndentDecrease,
  IndentIncrease,
  Trash2,
  Ungroup,
} from "lucide-react";
import { type KeyboardEvent, memo, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../components/button.tsx";
import { classNames } from "../components/class_names.ts";
import { Menu } from "../components/menu.tsx";
import { Notice } from "../components/notice.tsx";
import { isGroupKind } from "../engine/conditions.ts";
import { useFormats } from "../language/format.ts";
import { useBuilder, useValue } from "./builder_context.ts";
import { conditionEditor, conditionIcon } from "./condition_kinds.tsx";
import { useEvaluated } from "./evaluation_state.ts";
import { GroupEditor } from "./group_editor.tsx";
import { JsonInput } from "./json_input.tsx";
import { textOf } from "./json_shape.ts";
import {
  type Direction,
  slotOf,
  withCopy,
  withGroupAround,
  withoutCondition,
  withoutGroup,
  withStep,
} from "./moves.ts";
import { RemarkList } from "./remark_list.tsx";

export interface ConditionNodeProps {
  pointer: string;
}

const steps: Readonly<Record<string, Direction>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowRight: "in",
  ArrowLeft: "out",
};

/** A condition or group with its tools, its own number and what is to be said about it. */
export const ConditionNode = memo(function ConditionNode({ pointer }: ConditionNodeProps) {
  const { t } = useTranslation();
  const { edit } = useBuilder();
  const [isCollapsed, setCollapsed] = useState(false);
  const { setNodeRef, attributes, listeners, isDragging } = useDraggable({ id: pointer });
  const kind = textOf(useValue(`${pointer}/kind`));
  const isRoot = slotOf(pointer) === undefined;
  const isGrouping = isGroupKind(kind);
  const Icon = conditionIcon(kind);
  const title = t(`builder.kinds.${kind}`, { defaultValue: t("builder.unknownKind") });

  const move = (event: KeyboardEvent<HTMLElement>) => {
    const direction = steps[event.key];
    if (!event.altKey || direction === undefined || isRoot) return;
    event.preventDefault();
    event.stopPropagation();
    edit((before) => withStep(before, pointer, direction));
  };

  const editor = isGrouping ? <GroupEditor pointer={pointer} /> : conditionEditor(kind, pointer);
  return (
    <fieldset
      ref={setNodeRef}
      aria-label={title}
      data-pointer={pointer}
      className={classNames(
        "condition",
        `condition-${kind}`,
        isGrouping && "condition-group",
        isDragging && "condition-dragged",
      )}
      onKeyDown={move}
    >
      <header className="condition-head">
        {!isRoot && (
          <button
            type="button"
            className="button button-quiet button-icon button-small condition-handle"
            {...attributes}
            {...listeners}
            aria-label={t("builder.drag", { title })}
            title={t("builder.dragHint")}
          >
            <GripVertical aria-hidden />
          </button>
        )}
        <Icon aria-hidden className="condition-icon" />
        <h2 className="condition-title">{title}</h2>
        {isCollapsed && <ConditionPhrase pointer={pointer} />}
        <ConditionCount pointer={pointer} />
        <IconButton
          label={t(isCollapsed ? "builder.expand" : "builder.collapse", { title })}
          size="small"
          aria-expanded={!isCollapsed}
          onClick={() => setCollapsed(!isCollapsed)}
        >
          {isCollapsed ? <ChevronRight aria-hidden /> : <ChevronDown aria-hidden />}
        </IconButton>
        <ConditionMenu pointer={pointer} isGroup={isGrouping} title={title} />
      </header>
      {!isCollapsed && (
        <div className="condition-body">
          {editor ?? (
            <>
              <Notice look="info">{t("builder.onlyJson")}</Notice>
              <JsonInput pointer={pointer} label={t("builder.json")} />
            </>
          )}
        </div>
      )}
      <RemarkList pointer={pointer} isGroup={isGrouping && !isCollapsed} />
    </fieldset>
  );
});

/** What a condition says in short, in the words of the core. */
function ConditionPhrase({ pointer }: ConditionNodeProps) {
  const { evaluations } = useBuilder();
  const phrase = useEvaluated(evaluations, ({ phrases }) => phrases[pointer]);
  return <p className="condition-phrase">{phrase}</p>;
}

/** For how many contacts the condition holds, and with those before it. */
function ConditionCount({ pointer }: { pointer: string }) {
  const { t } = useTranslation();
  const { evaluations } = useBuilder();
  const { number } = useFormats();
  const part = useEvaluated(evaluations, ({ parts }) => parts[pointer]);
  if (part === undefined) return <span className="condition-count" />;
  const { own, running } = part;
  return (
    <span className="condition-count figure" data-count={own ?? ""}>
      <span title={t("builder.ownCount")}>
        {own === null ? "–" : number(own)}
        <span className="visually-hidden"> {t("builder.ownCount")}</span>
      </span>
      {typeof running === "number" && (
        <span className="condition-running" title={t("builder.runningCount")}>
          → {number(running)}
          <span className="visually-hidden"> {t("builder.runningCount")}</span>
        </span>
      )}
    </span>
  );
}

function ConditionMenu({
  pointer,
  isGroup: isGrouping,
  title,
}: {
  pointer: string;
  isGroup: boolean;
  title: string;
}) {
  const { t } = useTranslation();
  const { edit } = useBuilder();
  const isRoot = slotOf(pointer) === undefined;
  const step = (direction: Direction, icon: React.ReactNode) => ({
    label: t(`builder.moves.${direction}`),
    icon,
    isDisabled: isRoot,
    onChoose: () => edit((before) => withStep(before, pointer, direction)),
  });
  const wrap = (kind: "all" | "any" | "none", icon: React.ReactNode) => ({
    label: t(`builder.wraps.${kind}`),
    icon,
    onChoose: () => edit((before) => withGroupAround(before, pointer, kind)),
  });
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={t("builder.actions", { title })} size="small">
          <Ellipsis aria-hidden />
        </IconButton>
      }
      groups={[
        {
          entries: [
            {
              label: t("builder.duplicate"),
              icon: <Copy />,
              onChoose: () => edit((before) => withCopy(before, pointer)),
            },
          ],
        },
        {
          entries: [
            step("up", <ArrowUp />),
            step("down", <ArrowDown />),
            step("in", <IndentIncrease />),
            step("out", <IndentDecrease />),
          ],
        },
        {
          entries: [
            wrap("all", <FolderOpen />),
            wrap("any", <FolderPlus />),
            wrap("none", <FolderMinus />),
            ...(isGrouping
              ? [
                  {
                    label: t("builder.ungroup"),
                    icon: <Ungroup />,
                    onChoose: () => edit((before) => withoutGroup(before, pointer)),
                  },
                ]
              : []),
          ],
        },
        {
          entries: [
            {
              label: t("common.delete"),
              icon: <Trash2 />,
              isDangerous: true,
              isDisabled: isRoot,
              onChoose: () => edit((before) => withoutCondition(before, pointer)),
            },
          ],
        },
      ]}
    />
  );
}

import {
  DndContext,
  type DragEndEvent,
  DragOverlay,
  PointerSensor,
  pointerWithin,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { FolderMinus, Plus } from "lucide-react";
import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { Menu } from "../components/menu.tsx";
import { useBuilder, useDerived } from "./builder_context.ts";
import { useNewConditionMenu } from "./condition_kinds.tsx";
import { ConditionNode } from "./condition_node.tsx";
import { jsonOf, textOf } from "./json_shape.ts";
import { type Slot, withAdded, withMoved } from "./moves.ts";
import { newCondition } from "./new_parts.ts";
import { nodeKey, valueAt } from "./pointer.ts";
import { SettingsEditor } from "./settings_editor.tsx";

/** Pixels: less is a click. */
const dragDistance = 5;

/** The rule as a tree that is edited by clicking. */
export const RuleTab = memo(function RuleTab() {
  const { t } = useTranslation();
  const { edit, vocabulary, segments } = useBuilder();
  const key = useDerived(({ when }) => nodeKey(when));
  const isGroupRoot = useDerived(({ when }) => jsonOf(when)["kind"] === "all");
  const [dragged, setDragged] = useState<string>();
  // The keys move conditions by steps (ConditionNode), which need no eye for the pointer's place.
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: dragDistance } }),
  );
  const menu = useNewConditionMenu((condition) => edit((before) => withAdded(before, condition)));
  const exclude = () => {
    const ids = segments.map(({ id }) => id);
    edit((before) => withAdded(before, newCondition("none", vocabulary, ids)));
  };
  const drop = ({ active, over }: DragEndEvent) => {
    setDragged(undefined);
    const slot = over?.data.current as Slot | undefined;
    if (slot === undefined) return;
    edit((before) => withMoved(before, String(active.id), slot));
  };
  return (
    <div className="stack rule">
      <DndContext
        sensors={sensors}
        collisionDetection={pointerWithin}
        onDragStart={({ active }) => setDragged(String(active.id))}
        onDragEnd={drop}
        onDragCancel={() => setDragged(undefined)}
      >
        <ConditionNode key={key} pointer="/when" />
        <DragOverlay dropAnimation={null}>
          {dragged !== undefined && <Dragged pointer={dragged} />}
        </DragOverlay>
      </DndContext>
      <div className="row">
        {!isGroupRoot && (
          <Menu
            trigger={<Button icon={<Plus aria-hidden />}>{t("builder.addToRule")}</Button>}
            groups={menu}
          />
        )}
        <Button icon={<FolderMinus aria-hidden />} onClick={exclude}>
          {t("builder.addExclusion")}
        </Button>
      </div>
      <SettingsEditor />
    </div>
  );
});

/** What is under the pointer while it is dragged. */
function Dragged({ pointer }: { pointer: string }) {
  const { t } = useTranslation();
  const { definitions, evaluations } = useBuilder();
  const kind = textOf(valueAt(definitions.get(), `${pointer}/kind`));
  return (
    <div className="condition condition-overlay">
      {evaluations.get().phrases[pointer] ?? t(`builder.kinds.${kind}`)}
    </div>
  );
}

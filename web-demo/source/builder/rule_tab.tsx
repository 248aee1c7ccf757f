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
import { memo, useContext, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { Menu } from "../components/menu.tsx";
import { PhrasesContext, useBuilder, useValue } from "./builder_context.ts";
import { useNewConditionMenu } from "./condition_kinds.tsx";
import { ConditionNode } from "./condition_node.tsx";
import { jsonOf } from "./json_shape.ts";
import { type Slot, withAdded, withMoved } from "./moves.ts";
import { newCondition } from "./new_parts.ts";
import { nodeKey, valueAt } from "./pointer.ts";
import { SettingsEditor } from "./settings_editor.tsx";

/** Pixels: less is a click. */
const dragDistance = 5;

/** The rule as a tree that is edited by clicking. */
export const RuleTab = memo(function RuleTab() {
  const { t } = useTranslation();
  const { definitions, edit, vocabulary, segments } = useBuilder();
  const when = useValue("/when");
  const phrases = useContext(PhrasesContext);
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
  const title =
    dragged === undefined ? "" : String(jsonOf(valueAt(definitions.get(), dragged))["kind"]);
  const isGroupRoot = jsonOf(when)["kind"] === "all";
  return (
    <div className="stack rule">
      <DndContext
        sensors={sensors}
        collisionDetection={pointerWithin}
        onDragStart={({ active }) => setDragged(String(active.id))}
        onDragEnd={drop}
        onDragCancel={() => setDragged(undefined)}
      >
        <ConditionNode key={nodeKey(when)} pointer="/when" />
        <DragOverlay dropAnimation={null}>
          {dragged !== undefined && (
            <div className="condition condition-overlay">
              {phrases.get(dragged) ?? t(`builder.kinds.${title}`)}
            </div>
          )}
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

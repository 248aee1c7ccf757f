import type { Condition } from "@fosterflow/segments/audience";
import {
  AtSign,
  Braces,
  Dices,
  FolderMinus,
  FolderOpen,
  FolderPlus,
  GitCommitVertical,
  List,
  type LucideIcon,
  MousePointerClick,
  Scale,
  UserRound,
  UsersRound,
} from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { MenuGroup } from "../components/menu.tsx";
import { useBuilder } from "./builder_context.ts";
import { CompareEditor } from "./compare_editor.tsx";
import { EventEditor } from "./event_editor.tsx";
import {
  AttributeEditor,
  ChannelEditor,
  ListEditor,
  SampleEditor,
  SegmentEditor,
} from "./fact_editors.tsx";
import { type ConditionKind, newCondition } from "./new_parts.ts";
import { SequenceEditor } from "./sequence_editor.tsx";

export const conditionIcons: Readonly<Record<ConditionKind, LucideIcon>> = {
  all: FolderOpen,
  any: FolderPlus,
  none: FolderMinus,
  event: MousePointerClick,
  sequence: GitCommitVertical,
  attribute: UserRound,
  channel: AtSign,
  list: List,
  segment: UsersRound,
  compare: Scale,
  sample: Dices,
};

/** The editor of a condition that is no group; undefined for a kind that nobody knows. */
export function conditionEditor(kind: string, pointer: string): ReactNode {
  switch (kind) {
    case "event":
      return <EventEditor pointer={pointer} />;
    case "sequence":
      return <SequenceEditor pointer={pointer} />;
    case "attribute":
      return <AttributeEditor pointer={pointer} />;
    case "channel":
      return <ChannelEditor pointer={pointer} />;
    case "list":
      return <ListEditor pointer={pointer} />;
    case "segment":
      return <SegmentEditor pointer={pointer} />;
    case "compare":
      return <CompareEditor pointer={pointer} />;
    case "sample":
      return <SampleEditor pointer={pointer} />;
    default:
      return undefined;
  }
}

export function conditionIcon(kind: string): LucideIcon {
  return conditionIcons[kind as ConditionKind] ?? Braces;
}

const menuKinds: readonly (readonly ConditionKind[])[] = [
  ["event", "sequence", "compare"],
  ["attribute", "channel", "list", "segment", "sample"],
  ["all", "any", "none"],
];

/** What can be added to a group. */
export function useNewConditionMenu(onAdd: (condition: Condition) => void): readonly MenuGroup[] {
  const { t } = useTranslation();
  const { vocabulary, segments } = useBuilder();
  const ids = segments.map(({ id }) => id);
  return menuKinds.map((kinds) => ({
    entries: kinds.map((kind) => {
      const Icon = conditionIcons[kind];
      return {
        label: t(`builder.kinds.${kind}`),
        hint: t(`builder.kindHints.${kind}`),
        icon: <Icon />,
        onChoose: () => onAdd(newCondition(kind, vocabulary, ids)),
      };
    }),
  }));
}

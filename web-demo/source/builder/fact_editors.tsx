import { useTranslation } from "react-i18next";
import { Combobox } from "../components/combobox.tsx";
import { SelectField } from "../components/field.tsx";
import { useFormats } from "../language/format.ts";
import { useBuilder, useIsInvalid, useValue } from "./builder_context.ts";
import { ComparisonEditor } from "./comparison_editor.tsx";
import { jsonOf, textOf } from "./json_shape.ts";
import { newComparison } from "./new_parts.ts";
import { attributeOperators } from "./operators.ts";
import { withMembers } from "./pointer.ts";
import { NumberOrReference } from "./reference_menu.tsx";
import { attributeSuggestions } from "./suggestions.ts";

/** Editors of what is known about the contact apart from events. */

export function AttributeEditor({ pointer }: { pointer: string }) {
  const { t } = useTranslation();
  const { change, vocabulary } = useBuilder();
  const isInvalid = useIsInvalid(`${pointer}/attribute`);
  const node = jsonOf(useValue(pointer));
  const path = textOf(node["attribute"]);
  const word = vocabulary.traits.find((trait) => trait.path === path);
  const choose = (chosen: string) => {
    const next = vocabulary.traits.find((trait) => trait.path === chosen);
    const isOther = next !== undefined && next.type !== word?.type;
    const comparison = isOther
      ? { value: undefined, ignoreCase: undefined, ...newComparison(next) }
      : {};
    change(pointer, withMembers(node, { attribute: chosen, ...comparison }));
  };
  return (
    <div className="value-group">
      <Combobox
        label={t("builder.attribute")}
        value={path}
        suggestions={attributeSuggestions(vocabulary)}
        onChoose={choose}
        isInvalid={isInvalid}
      />
      <ComparisonEditor pointer={pointer} operators={attributeOperators} word={word} />
    </div>
  );
}

export function ChannelEditor({ pointer }: { pointer: string }) {
  const { vocabulary } = useBuilder();
  const { number } = useFormats();
  const suggestions = vocabulary.channels.map(({ name, contacts }) => ({
    value: name,
    hint: number(contacts),
  }));
  return (
    <NamedFact
      pointer={pointer}
      member="channel"
      suggestions={suggestions}
      operators={["reachable", "unreachable"]}
    />
  );
}

export function ListEditor({ pointer }: { pointer: string }) {
  const { vocabulary } = useBuilder();
  const { number } = useFormats();
  const suggestions = vocabulary.lists.map(({ name, contacts }) => ({
    value: name,
    hint: number(contacts),
  }));
  return (
    <NamedFact
      pointer={pointer}
      member="list"
      suggestions={suggestions}
      operators={["in", "not_in"]}
    />
  );
}

export function SegmentEditor({ pointer }: { pointer: string }) {
  const { segments } = useBuilder();
  const suggestions = segments.map(({ id, name }) => ({
    value: id,
    label: name,
    ...(name !== id && { hint: id }),
  }));
  return (
    <NamedFact
      pointer={pointer}
      member="segment"
      suggestions={suggestions}
      operators={["in", "not_in"]}
    />
  );
}

interface NamedFactProps {
  pointer: string;
  member: "channel" | "list" | "segment";
  suggestions: readonly { value: string; label?: string; hint?: string }[];
  operators: readonly string[];
}

function NamedFact({ pointer, member, suggestions, operators }: NamedFactProps) {
  const { t } = useTranslation();
  const { change } = useBuilder();
  const isInvalid = useIsInvalid(`${pointer}/${member}`);
  const node = jsonOf(useValue(pointer));
  return (
    <div className="value-group">
      <SelectField
        label={t("builder.operator")}
        isLabelHidden
        value={String(node["op"])}
        choices={operators.map((op) => ({ value: op, label: t(`builder.facts.${member}.${op}`) }))}
        onChoose={(op) => change(`${pointer}/op`, op)}
      />
      <Combobox
        label={t(`builder.kinds.${member}`)}
        value={textOf(node[member])}
        suggestions={suggestions}
        onChoose={(name) => change(`${pointer}/${member}`, name)}
        isInvalid={isInvalid}
        isFree={member !== "segment"}
      />
    </div>
  );
}

export function SampleEditor({ pointer }: { pointer: string }) {
  const { t } = useTranslation();
  const { change } = useBuilder();
  const isInvalid = useIsInvalid(`${pointer}/salt`);
  const node = jsonOf(useValue(pointer));
  return (
    <div className="value-group">
      <NumberOrReference
        label={t("builder.percent")}
        pointer={`${pointer}/percent`}
        value={node["percent"]}
      />
      <span>{t("builder.percentOfAll")}</span>
      <label className="value-group">
        <span>{t("builder.salt")}</span>
        <input
          className="control"
          aria-invalid={isInvalid || undefined}
          value={textOf(node["salt"])}
          onChange={({ target }) => change(`${pointer}/salt`, target.value)}
        />
      </label>
    </div>
  );
}

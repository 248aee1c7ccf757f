import { Variable } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../components/button.tsx";
import { Combobox } from "../components/combobox.tsx";
import { Menu, type MenuEntry, type MenuGroup } from "../components/menu.tsx";
import { useBuilder, useIsInvalid, useParameters } from "./builder_context.ts";
import { isJson, textOf } from "./json_shape.ts";
import { NumberInput } from "./number_input.tsx";
import { attributeSuggestions } from "./suggestions.ts";

export interface ReferenceMenuProps {
  pointer: string;
  /** Whether a reference stands there now. */
  isReference: boolean;
  /** The value to go back to from a reference. */
  literal: unknown;
  /** Whether the contact's own attributes may stand here. */
  allowsAttributes?: boolean;
  /** Other forms of the literal, such as a text for a number. */
  forms?: readonly MenuEntry[];
  /** Whether a reference may stand here at all (default: yes). */
  hasReferences?: boolean;
}

export function isReference(value: unknown): boolean {
  return isJson(value) && ("parameter" in value || "attribute" in value);
}

/** Chooses where a value comes from: written here, a parameter of the segment, an attribute of the contact. */
export const ReferenceMenu = memo(function ReferenceMenu({
  pointer,
  isReference: isReferred,
  literal,
  allowsAttributes,
  forms,
  hasReferences = true,
}: ReferenceMenuProps) {
  const { t } = useTranslation();
  const { change, vocabulary } = useBuilder();
  const declared = useParameters();
  const parameters = hasReferences ? Object.keys(declared) : [];
  const groups: MenuGroup[] = [];
  if (forms !== undefined && forms.length > 0)
    groups.push({ label: t("builder.form"), entries: forms });
  const sources: MenuEntry[] = [];
  if (isReferred) {
    sources.push({ label: t("builder.fixedValue"), onChoose: () => change(pointer, literal) });
  }
  if (allowsAttributes) {
    const first = vocabulary.traits[0]?.path ?? "";
    sources.push({
      label: t("builder.attributeOfContact"),
      onChoose: () => change(pointer, { attribute: first }),
    });
  }
  for (const name of parameters) {
    sources.push({
      label: t("builder.parameterNamed", { name }),
      onChoose: () => change(pointer, { parameter: name }),
    });
  }
  if (sources.length > 0) groups.push({ label: t("builder.source"), entries: sources });
  if (groups.length === 0) return null;
  return (
    <Menu
      trigger={
        <IconButton label={t("builder.valueSource")} size="small">
          <Variable aria-hidden />
        </IconButton>
      }
      groups={groups}
    />
  );
});

function shownScalar(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join(", ") : String(value);
}

/** A value that is a reference: which parameter or attribute. */
export function ReferenceInput({ pointer, value }: { pointer: string; value: unknown }) {
  const { t } = useTranslation();
  const { change, vocabulary } = useBuilder();
  const isInvalid = useIsInvalid(pointer);
  const parameters = useParameters();
  if (!isJson(value)) return null;
  if ("attribute" in value) {
    return (
      <Combobox
        label={t("builder.attributeOfContact")}
        value={textOf(value["attribute"])}
        suggestions={attributeSuggestions(vocabulary)}
        onChoose={(attribute) => change(pointer, { attribute })}
        isInvalid={isInvalid}
      />
    );
  }
  const name = textOf(value["parameter"]);
  return (
    <>
      <Combobox
        label={t("builder.parameter")}
        value={name}
        suggestions={Object.entries(parameters).map(([parameter, now]) => ({
          value: parameter,
          hint: shownScalar(now),
        }))}
        onChoose={(parameter) => change(pointer, { parameter })}
        isInvalid={isInvalid}
        isFree={false}
      />
      {name in parameters && <span className="soft figure">= {shownScalar(parameters[name])}</span>}
    </>
  );
}

export interface NumberOrReferenceProps {
  label: string;
  pointer: string;
  value: unknown;
  isWhole?: boolean;
  allowsAttributes?: boolean;
}

/** A number, or a parameter that stands for one. */
export function NumberOrReference({
  label,
  pointer,
  value,
  isWhole,
  allowsAttributes,
}: NumberOrReferenceProps) {
  const { change } = useBuilder();
  const isInvalid = useIsInvalid(pointer);
  const hasParameters = Object.keys(useParameters()).length > 0;
  return (
    <span className="value-group">
      {isReference(value) ? (
        <ReferenceInput pointer={pointer} value={value} />
      ) : (
        <NumberInput
          label={label}
          value={value}
          isInvalid={isInvalid}
          {...(isWhole && { isWhole })}
          onChange={(number) => change(pointer, number)}
        />
      )}
      {(hasParameters || allowsAttributes) && (
        <ReferenceMenu
          pointer={pointer}
          isReference={isReference(value)}
          literal={1}
          {...(allowsAttributes && { allowsAttributes })}
        />
      )}
    </span>
  );
}

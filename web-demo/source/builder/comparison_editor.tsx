import type { Operator } from "@fosterflow/segments/audience";
import { memo, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Checkbox, SelectField } from "../components/field.tsx";
import type { PropertyWord } from "../engine/vocabulary.ts";
import { useBuilder, useIsInvalid, useValue } from "./builder_context.ts";
import { DateInput } from "./date_input.tsx";
import { DurationInput } from "./duration_input.tsx";
import { jsonOf, listOf } from "./json_shape.ts";
import { newValue } from "./new_parts.ts";
import { NumberInput } from "./number_input.tsx";
import { caseOperators, type Operand, type OperatorGroup, operands } from "./operators.ts";
import { valueAt, withMembers } from "./pointer.ts";
import {
  isReference,
  NumberOrReference,
  ReferenceInput,
  ReferenceMenu,
} from "./reference_menu.tsx";
import { ScalarInput, ScalarsInput, useScalarForms } from "./scalar_input.tsx";

export interface ComparisonEditorProps {
  /** Of the node with `op` and `value`. */
  pointer: string;
  operators: readonly OperatorGroup[];
  /** What is known of the values that are compared. */
  word?: PropertyWord | undefined;
}

/** An operator and what it compares with. */
export function ComparisonEditor({ pointer, operators, word }: ComparisonEditorProps) {
  const { t } = useTranslation();
  const { change } = useBuilder();
  const op = (useValue(`${pointer}/op`) as Operator | undefined) ?? "gte";
  const value = useValue(`${pointer}/value`);
  const ignoreCase = useValue(`${pointer}/ignoreCase`);
  const isKnown = op in operands;
  return (
    <>
      <OperatorField pointer={pointer} operators={operators} word={word} />
      {isKnown && (
        <OperandInput
          pointer={`${pointer}/value`}
          operand={operands[op]}
          value={value}
          word={word}
        />
      )}
      {isKnown && caseOperators.has(op) && hasText(value) && (
        <Checkbox
          label={t("builder.ignoreCase")}
          checked={ignoreCase === true}
          onChange={({ target }) => change(`${pointer}/ignoreCase`, target.checked || undefined)}
        />
      )}
    </>
  );
}

/** Apart from the value, so that typing one does not draw the list of operators anew. */
const OperatorField = memo(function OperatorField({
  pointer,
  operators,
  word,
}: ComparisonEditorProps) {
  const { t } = useTranslation();
  const { change, definitions } = useBuilder();
  const op = (useValue(`${pointer}/op`) as Operator | undefined) ?? "gte";
  const isKnown = op in operands;
  const groups = useMemo(
    () =>
      operators.map((group) => ({
        label: t(`builder.operatorGroups.${group.id}`),
        choices: group.operators.map((value) => ({
          value,
          label: t(`builder.operators.${value}`),
        })),
      })),
    [operators, t],
  );
  const chooseOperator = (chosen: Operator) => {
    const node = jsonOf(valueAt(definitions.get(), pointer));
    const value = converted(node["value"], operands[op], operands[chosen], word);
    const ignoreCase = caseOperators.has(chosen) ? node["ignoreCase"] : undefined;
    change(pointer, withMembers(node, { op: chosen, value, ignoreCase }));
  };
  return (
    <SelectField
      label={t("builder.operator")}
      isLabelHidden
      value={op}
      choices={[...(isKnown ? [] : [{ value: op, label: op }]), ...groups]}
      onChoose={chooseOperator}
    />
  );
});

function hasText(value: unknown): boolean {
  return listOf(value).some((one) => typeof one === "string") || typeof value === "string";
}

interface OperandInputProps {
  pointer: string;
  operand: Operand;
  value: unknown;
  word: PropertyWord | undefined;
}

function OperandInput({ pointer, operand, value, word }: OperandInputProps) {
  const { t } = useTranslation();
  const forms = useScalarForms(pointer);
  switch (operand) {
    case "nothing":
      return null;
    case "number":
      return (
        <NumberOrReference
          label={t("builder.value")}
          pointer={pointer}
          value={value}
          allowsAttributes
        />
      );
    case "duration":
      return <DurationInput label={t("builder.duration")} pointer={pointer} value={value} />;
    case "days":
      return (
        <span className="value-group">
          <NumberOrReference
            label={t("builder.units.days")}
            pointer={`${pointer}/days`}
            value={jsonOf(value)["days"]}
            isWhole
          />
          {t("builder.units.days")}
        </span>
      );
    case "date":
      return (
        <DateInput label={t("builder.value")} pointer={pointer} value={value} allowsAttributes />
      );
    case "dates":
    case "numbers":
      return <RangeInput pointer={pointer} value={value} isDate={operand === "dates"} />;
    default: {
      const isList = operand === "scalars";
      return (
        <span className="value-group">
          {isReference(value) ? (
            <ReferenceInput pointer={pointer} value={value} />
          ) : isList ? (
            <ScalarsInput pointer={pointer} value={value} word={word} />
          ) : (
            <ScalarInput pointer={pointer} value={value} word={word} />
          )}
          <ReferenceMenu
            pointer={pointer}
            isReference={isReference(value)}
            literal={newValue(operand, word)}
            allowsAttributes
            {...(operand === "scalar" && { forms })}
          />
        </span>
      );
    }
  }
}

function RangeInput({
  pointer,
  value,
  isDate,
}: {
  pointer: string;
  value: unknown;
  isDate: boolean;
}) {
  const { t } = useTranslation();
  const { change } = useBuilder();
  const isInvalid = useIsInvalid(pointer);
  if (isReference(value)) {
    return (
      <span className="value-group">
        <ReferenceInput pointer={pointer} value={value} />
        <ReferenceMenu
          pointer={pointer}
          isReference={isReference(value)}
          literal={isDate ? ["", ""] : [0, 1]}
          allowsAttributes
        />
      </span>
    );
  }
  const bounds = listOf(value);
  const bound = (index: 0 | 1) => {
    const label = t(index === 0 ? "builder.from" : "builder.to");
    if (!isDate) {
      return (
        <NumberInput
          label={label}
          value={bounds[index]}
          isInvalid={isInvalid}
          onChange={(number) =>
            change(pointer, index === 0 ? [number, bounds[1]] : [bounds[0], number])
          }
        />
      );
    }
    return (
      <input
        type="date"
        aria-label={label}
        aria-invalid={isInvalid || undefined}
        className="control"
        value={String(bounds[index] ?? "")}
        onChange={({ target }) =>
          change(pointer, index === 0 ? [target.value, bounds[1]] : [bounds[0], target.value])
        }
      />
    );
  };
  return (
    <span className="value-group">
      {bound(0)}
      <span>{t("builder.and")}</span>
      {bound(1)}
      <ReferenceMenu
        pointer={pointer}
        isReference={isReference(value)}
        literal={isDate ? ["", ""] : [0, 1]}
        allowsAttributes
      />
    </span>
  );
}

/** The value for another operator: what it was, where that can stay. */
function converted(
  value: unknown,
  from: Operand,
  to: Operand,
  word: PropertyWord | undefined,
): unknown {
  if (from === to || (isReference(value) && to !== "nothing")) return value;
  if (value === undefined) return to === "number" ? 1 : newValue(to, word);
  const [first = value] = Array.isArray(value) ? (value as unknown[]) : [];
  if (to === "scalar" && isScalar(first)) return first;
  if (to === "scalars" && isScalar(first)) return first === "" ? [] : [first];
  if (to === "number" && typeof first === "number") return first;
  if (to === "numbers" && typeof first === "number") return [first, first];
  if (to === "text" && typeof first === "string") return first;
  return newValue(to, word);
}

function isScalar(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

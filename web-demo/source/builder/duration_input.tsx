import { useTranslation } from "react-i18next";
import { SelectField } from "../components/field.tsx";
import { useBuilder } from "./builder_context.ts";
import { jsonOf, onlyKey } from "./json_shape.ts";
import { NumberOrReference } from "./reference_menu.tsx";

const allUnits = ["seconds", "minutes", "hours", "days", "weeks", "months", "years"] as const;

export interface DurationInputProps {
  label: string;
  pointer: string;
  value: unknown;
}

/** A number and its unit. */
export function DurationInput({ label, pointer, value }: DurationInputProps) {
  const { t } = useTranslation();
  const { change } = useBuilder();
  const unit = onlyKey(value, allUnits) ?? "days";
  const amount = jsonOf(value)[unit];
  return (
    <span className="value-group">
      <NumberOrReference label={label} pointer={`${pointer}/${unit}`} value={amount} isWhole />
      <SelectField
        label={t("builder.unit")}
        isLabelHidden
        value={unit}
        choices={allUnits.map((name) => ({ value: name, label: t(`builder.units.${name}`) }))}
        onChoose={(chosen) => change(pointer, { [chosen]: amount ?? 1 })}
      />
    </span>
  );
}

import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Combobox } from "../components/combobox.tsx";
import { SelectField } from "../components/field.tsx";
import type { PropertyWord } from "../engine/vocabulary.ts";
import { useLanguage } from "../language/language.ts";
import { useBuilder, useIsInvalid } from "./builder_context.ts";
import { listOf } from "./json_shape.ts";
import { NumberInput } from "./number_input.tsx";
import { valueSuggestions } from "./suggestions.ts";

export interface ScalarInputProps {
  pointer: string;
  value: unknown;
  word: PropertyWord | undefined;
}

/** A text, a number or yes/no: the control is that of the value's own type. */
export function ScalarInput({ pointer, value, word }: ScalarInputProps) {
  const { t } = useTranslation();
  const { change } = useBuilder();
  const language = useLanguage();
  const isInvalid = useIsInvalid(pointer);
  if (typeof value === "number" || value === null) {
    return (
      <NumberInput
        label={t("builder.value")}
        value={value}
        isInvalid={isInvalid}
        onChange={(number) => change(pointer, number)}
      />
    );
  }
  if (typeof value === "boolean") {
    return (
      <SelectField
        label={t("builder.value")}
        isLabelHidden
        value={String(value)}
        choices={[
          { value: "true", label: t("builder.yes") },
          { value: "false", label: t("builder.no") },
        ]}
        onChoose={(chosen) => change(pointer, chosen === "true")}
      />
    );
  }
  return (
    <Combobox
      label={t("builder.value")}
      value={typeof value === "string" ? value : ""}
      suggestions={valueSuggestions(word, language, "string")}
      onChoose={(text) => change(pointer, text)}
      isInvalid={isInvalid}
    />
  );
}

/** The forms that a scalar can be given, and how. */
export function useScalarForms(pointer: string) {
  const { t } = useTranslation();
  const { change } = useBuilder();
  return [
    { label: t("builder.types.text"), onChoose: () => change(pointer, "") },
    { label: t("builder.types.number"), onChoose: () => change(pointer, 0) },
    { label: t("builder.types.boolean"), onChoose: () => change(pointer, true) },
  ];
}

/** Several scalars: each can be taken out, and more can be added. */
export function ScalarsInput({ pointer, value, word }: ScalarInputProps) {
  const { t } = useTranslation();
  const { change } = useBuilder();
  const language = useLanguage();
  const isInvalid = useIsInvalid(pointer);
  const values = listOf(value);
  const isNumeric =
    values.length > 0 ? values.every((one) => typeof one === "number") : word?.type === "number";
  const add = (typed: string) => {
    const number = Number(typed);
    const added = isNumeric && typed.trim() !== "" && Number.isFinite(number) ? number : typed;
    if (!values.includes(added)) change(pointer, [...values, added]);
  };
  return (
    <span className="value-group">
      {values.map((one, index) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: Equal values are told apart by their places alone.
          key={index}
          type="button"
          className="tag tag-choice"
          aria-label={t("builder.removeValue", { value: String(one) })}
          onClick={() =>
            change(
              pointer,
              values.filter((_, other) => other !== index),
            )
          }
        >
          {String(one)}
          <X aria-hidden className="tag-remove" />
        </button>
      ))}
      <Combobox
        label={t("builder.addValue")}
        placeholder={t("builder.addValue")}
        value=""
        suggestions={valueSuggestions(word, language, isNumeric ? "number" : "string").filter(
          (suggestion) => !values.map(String).includes(suggestion.value),
        )}
        onChoose={add}
        isInvalid={isInvalid}
        className="combobox-add"
      />
    </span>
  );
}

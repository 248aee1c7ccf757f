import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Field } from "../components/field.tsx";
import { useBuilder, useValue } from "./builder_context.ts";
import { isJson } from "./json_shape.ts";

export interface JsonInputProps {
  /** What of the definition is edited; the empty pointer is all of it. */
  pointer: string;
  label: string;
  rows?: number;
}

/** A part of the definition as JSON. Each state of the text that is JSON is taken; the others are kept until they are. */
export function JsonInput({ pointer, label, rows = 8 }: JsonInputProps) {
  const { t } = useTranslation();
  const { change } = useBuilder();
  const written = JSON.stringify(useValue(pointer), null, 2);
  const [typed, setTyped] = useState(written);
  const [problem, setProblem] = useState<string>();
  // An edit from elsewhere (undo) replaces the text; one from here does not.
  const isOwn = problem !== undefined || sameJson(typed, written);
  return (
    <Field
      label={label}
      {...(problem !== undefined && { error: t("builder.notJson", { problem }) })}
    >
      {({ id, describedBy, isInvalid }) => (
        <textarea
          id={id}
          className="control json-input"
          rows={rows}
          spellCheck={false}
          aria-describedby={describedBy}
          aria-invalid={isInvalid || undefined}
          value={isOwn ? typed : written}
          onChange={({ target }) => {
            setTyped(target.value);
            try {
              const value: unknown = JSON.parse(target.value);
              if (pointer === "" && !isJson(value)) throw new Error(t("builder.noObject"));
              setProblem(undefined);
              change(pointer, value);
            } catch (error) {
              setProblem((error as Error).message);
            }
          }}
        />
      )}
    </Field>
  );
}

function sameJson(left: string, right: string): boolean {
  try {
    return JSON.stringify(JSON.parse(left)) === JSON.stringify(JSON.parse(right));
  } catch {
    return false;
  }
}

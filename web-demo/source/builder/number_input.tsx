import { useState } from "react";
import { classNames } from "../components/class_names.ts";

export interface NumberInputProps {
  label: string;
  value: unknown;
  /** Null while the field is empty: that it is missing is said by whoever checks the definition. */
  onChange: (value: number | null) => void;
  isInvalid?: boolean;
  isWhole?: boolean;
  className?: string;
}

/** A number. What is typed stays as it is typed; each state of it that is a number is told. */
export function NumberInput({
  label,
  value,
  onChange,
  isInvalid,
  isWhole,
  className,
}: NumberInputProps) {
  const shown = typeof value === "number" ? String(value) : "";
  const [typed, setTyped] = useState(shown);
  // A value that came from elsewhere (undo, another tab of the editor) replaces what was typed.
  const isTyped = typed.trim() === "" ? shown === "" : Number(typed) === value;
  return (
    <input
      type="number"
      inputMode={isWhole ? "numeric" : "decimal"}
      step={isWhole ? 1 : "any"}
      aria-label={label}
      aria-invalid={isInvalid || undefined}
      className={classNames("control control-number", className)}
      value={isTyped ? typed : shown}
      onChange={({ target }) => {
        setTyped(target.value);
        const number = Number(target.value);
        onChange(target.value.trim() === "" || !Number.isFinite(number) ? null : number);
      }}
    />
  );
}

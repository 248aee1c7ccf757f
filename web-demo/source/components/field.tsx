import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class_names.ts";
import "./field.css";

export interface FieldProps {
  label: ReactNode;
  /** Shown below the control, and read with it. */
  hint?: ReactNode;
  /** What is wrong with the value. */
  error?: ReactNode;
  /** The label is read, and not shown. */
  isLabelHidden?: boolean;
  className?: string;
  children: (control: {
    id: string;
    describedBy: string | undefined;
    isInvalid: boolean;
  }) => ReactNode;
}

/** A label, a control and what is to be said about it, tied together for everyone. */
export function Field({ label, hint, error, isLabelHidden, className, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  const describedBy = note === undefined ? undefined : noteId;
  return (
    <div className={classNames("field", className)}>
      <label htmlFor={id} className={isLabelHidden ? "visually-hidden" : "field-label"}>
        {label}
      </label>
      {children({ id, describedBy, isInvalid: error !== undefined })}
      {note !== undefined && (
        <p id={noteId} className={error === undefined ? "field-hint" : "field-error"}>
          {note}
        </p>
      )}
    </div>
  );
}

type InputProps = Omit<ComponentProps<"input">, "children"> &
  Omit<FieldProps, "children"> & { inputClassName?: string };

/** A field of one line. */
export function TextField({
  label,
  hint,
  error,
  isLabelHidden,
  className,
  inputClassName,
  ...input
}: InputProps) {
  const field = { label, hint, error, ...(isLabelHidden && { isLabelHidden }) };
  return (
    <Field {...field} {...(className !== undefined && { className })}>
      {({ id, describedBy, isInvalid }) => (
        <input
          id={id}
          className={classNames("control", inputClassName)}
          aria-describedby={describedBy}
          aria-invalid={isInvalid || undefined}
          {...input}
        />
      )}
    </Field>
  );
}

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly isDisabled?: boolean;
}

export interface ChoiceGroup<Value extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
}

export interface SelectFieldProps<Value extends string> extends Omit<FieldProps, "children"> {
  value: Value;
  choices: readonly (Choice<Value> | ChoiceGroup<Value>)[];
  onChoose: (value: Value) => void;
  isDisabled?: boolean;
  selectClassName?: string;
}

/** A choice among few. The platform's own list: it is the one that every device and reader knows. */
export function SelectField<Value extends string>({
  value,
  choices,
  onChoose,
  isDisabled,
  selectClassName,
  ...field
}: SelectFieldProps<Value>) {
  const option = (choice: Choice<Value>) => (
    <option key={choice.value} value={choice.value} disabled={choice.isDisabled}>
      {choice.label}
    </option>
  );
  return (
    <Field {...field}>
      {({ id, describedBy, isInvalid }) => (
        <select
          id={id}
          className={classNames("control control-select", selectClassName)}
          value={value}
          disabled={isDisabled}
          aria-describedby={describedBy}
          aria-invalid={isInvalid || undefined}
          onChange={({ target }) => onChoose(target.value as Value)}
        >
          {choices.map((choice) =>
            "choices" in choice ? (
              <optgroup key={choice.label} label={choice.label}>
                {choice.choices.map(option)}
              </optgroup>
            ) : (
              option(choice)
            ),
          )}
        </select>
      )}
    </Field>
  );
}

/** A box to tick. */
export function Checkbox({ label, ...input }: ComponentProps<"input"> & { label: ReactNode }) {
  return (
    <label className="checkbox">
      <input type="checkbox" {...input} />
      <span>{label}</span>
    </label>
  );
}

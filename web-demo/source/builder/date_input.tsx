import { classNames } from "../components/class_names.ts";
import { useBuilder, useIsInvalid } from "./builder_context.ts";
import { isReference, ReferenceInput, ReferenceMenu } from "./reference_menu.tsx";

export interface DateInputProps {
  label: string;
  pointer: string;
  value: unknown;
  allowsAttributes?: boolean;
  className?: string;
}

const dateOnly = /^\d{4}-\d{2}-\d{2}$/;
const localDateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/** A date, with a time where it has one; one that a browser's control cannot show is a text. */
export function DateInput({ label, pointer, value, allowsAttributes, className }: DateInputProps) {
  const { change } = useBuilder();
  const isInvalid = useIsInvalid(pointer);
  const text = typeof value === "number" ? new Date(value).toISOString() : String(value ?? "");
  const isPlain = text === "" || dateOnly.test(text);
  const isLocal =
    !isPlain && localDateTime.test(text) && !/(Z|[+-]\d{2}(:?\d{2})?)$/.test(text.slice(10));
  return (
    <span className="value-group">
      {isReference(value) ? (
        <ReferenceInput pointer={pointer} value={value} />
      ) : (
        <input
          type={isPlain ? "date" : isLocal ? "datetime-local" : "text"}
          aria-label={label}
          aria-invalid={isInvalid || undefined}
          className={classNames("control", className)}
          value={text}
          onChange={({ target }) => change(pointer, target.value)}
        />
      )}
      <ReferenceMenu
        pointer={pointer}
        isReference={isReference(value)}
        literal={new Date().toISOString().slice(0, 10)}
        {...(allowsAttributes && { allowsAttributes })}
      />
    </span>
  );
}

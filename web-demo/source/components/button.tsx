import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class_names.ts";
import "./button.css";

export interface ButtonProps extends ComponentProps<"button"> {
  look?: "primary" | "plain" | "quiet" | "danger";
  size?: "normal" | "small";
  icon?: ReactNode;
}

export function Button({
  look = "plain",
  size = "normal",
  icon,
  className,
  children,
  ...others
}: ButtonProps) {
  return (
    <button
      type="button"
      className={classNames("button", `button-${look}`, `button-${size}`, className)}
      {...others}
    >
      {icon}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, "children" | "icon"> {
  /** What it does: its name for screen readers, and its tooltip. */
  label: string;
  children: ReactNode;
}

/** A button that shows an icon alone. */
export function IconButton({ label, look = "quiet", className, ...others }: IconButtonProps) {
  return (
    <Button
      look={look}
      aria-label={label}
      title={label}
      className={classNames("button-icon", className)}
      {...others}
    />
  );
}

/** Buttons that belong together. */
export function ButtonGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="button-group" aria-label={label}>
      {children}
    </fieldset>
  );
}

import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class_names.ts";
import "./menu.css";

export interface MenuEntry {
  readonly label: string;
  readonly hint?: string;
  readonly icon?: ReactNode;
  readonly isDangerous?: boolean;
  readonly isDisabled?: boolean;
  readonly onChoose: () => void;
}

export interface MenuGroup {
  readonly label?: string;
  readonly entries: readonly MenuEntry[];
}

export interface MenuProps {
  /** A single button. */
  trigger: ReactNode;
  groups: readonly MenuGroup[];
  align?: "start" | "end";
}

/** Actions behind a button. */
export function Menu({ trigger, groups, align = "start" }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align={align} sideOffset={4} collisionPadding={8}>
          {groups.map(({ label, entries }, index) => (
            <DropdownMenu.Group key={label ?? index} className="menu-group">
              {label !== undefined && (
                <DropdownMenu.Label className="menu-label">{label}</DropdownMenu.Label>
              )}
              {entries.map((entry) => (
                <DropdownMenu.Item
                  key={entry.label}
                  className={classNames("menu-entry", entry.isDangerous && "menu-entry-dangerous")}
                  disabled={entry.isDisabled === true}
                  onSelect={entry.onChoose}
                >
                  {entry.icon}
                  <span className="menu-text">
                    <span>{entry.label}</span>
                    {entry.hint !== undefined && <span className="menu-hint">{entry.hint}</span>}
                  </span>
                </DropdownMenu.Item>
              ))}
            </DropdownMenu.Group>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

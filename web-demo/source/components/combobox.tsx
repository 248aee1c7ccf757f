import { Command } from "cmdk";
import { Check, ChevronsUpDown } from "lucide-react";
import { Popover as RadixPopover } from "radix-ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { classNames } from "./class_names.ts";
import "./combobox.css";

export interface Suggestion {
  readonly value: string;
  /** What is shown, where it is not the value. */
  readonly label?: string;
  /** Beside it, such as how often it was seen. */
  readonly hint?: string;
  readonly group?: string;
}

export interface ComboboxProps {
  /** The control's name for screen readers. */
  label: string;
  value: string;
  suggestions: readonly Suggestion[];
  onChoose: (value: string) => void;
  placeholder?: string;
  /** Whether a value that is no suggestion may be chosen (default: yes). */
  isFree?: boolean;
  isInvalid?: boolean;
  className?: string;
}

/** As many as can be looked at; typing finds the others. */
const mostShown = 100;

/** A choice among many, by typing; also of what is not among them. */
export function Combobox({
  label,
  value,
  suggestions,
  onChoose,
  placeholder,
  isFree = true,
  isInvalid = false,
  className,
}: ComboboxProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLowerCase();
  // Nobody sees them while it is closed, and there are many comboboxes on a page.
  const found = (isOpen ? suggestions : [])
    .filter((suggestion) => (suggestion.label ?? suggestion.value).toLowerCase().includes(wanted))
    .slice(0, mostShown);
  const isNew =
    isFree && typed.trim() !== "" && !suggestions.some((one) => one.value === typed.trim());
  const groups = [...new Set(found.map(({ group }) => group))];
  const choose = (chosen: string) => {
    onChoose(chosen);
    setOpen(false);
    setTyped("");
  };
  const shown = suggestions.find((suggestion) => suggestion.value === value)?.label ?? value;
  return (
    <RadixPopover.Root open={isOpen} onOpenChange={setOpen}>
      <RadixPopover.Trigger asChild>
        <button
          type="button"
          role="combobox"
          aria-expanded={isOpen}
          aria-haspopup="listbox"
          aria-label={shown === "" ? label : `${label}: ${shown}`}
          aria-invalid={isInvalid || undefined}
          className={classNames("control combobox", className)}
        >
          <span className={shown === "" ? "combobox-empty" : "combobox-value"}>
            {shown === "" ? (placeholder ?? t("common.choose")) : shown}
          </span>
          <ChevronsUpDown aria-hidden className="combobox-icon" />
        </button>
      </RadixPopover.Trigger>
      <RadixPopover.Portal>
        <RadixPopover.Content
          className="combobox-list"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
        >
          <Command shouldFilter={false} label={label}>
            <Command.Input
              className="combobox-input"
              value={typed}
              onValueChange={setTyped}
              placeholder={isFree ? t("common.searchOrType") : t("common.search")}
            />
            <Command.List className="combobox-options" label={label}>
              {groups.map((group) => (
                <Command.Group key={group ?? ""} {...(group !== undefined && { heading: group })}>
                  {found
                    .filter((suggestion) => suggestion.group === group)
                    .map((suggestion) => (
                      <Command.Item
                        key={suggestion.value}
                        value={suggestion.value}
                        className="combobox-option"
                        onSelect={() => choose(suggestion.value)}
                      >
                        <Check
                          aria-hidden
                          className={classNames(
                            "combobox-check",
                            suggestion.value !== value && "combobox-unchecked",
                          )}
                        />
                        <span className="combobox-name">
                          {suggestion.label ?? suggestion.value}
                        </span>
                        {suggestion.hint !== undefined && (
                          <span className="combobox-hint figure">{suggestion.hint}</span>
                        )}
                      </Command.Item>
                    ))}
                </Command.Group>
              ))}
              {isNew && (
                <Command.Item
                  value={`new:${typed}`}
                  className="combobox-option"
                  onSelect={() => choose(typed.trim())}
                >
                  {t("common.use", { value: typed.trim() })}
                </Command.Item>
              )}
              {found.length === 0 && !isNew && (
                <p className="combobox-nothing">{t("common.nothingFound")}</p>
              )}
            </Command.List>
          </Command>
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  );
}

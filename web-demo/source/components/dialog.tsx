import { X } from "lucide-react";
import { Dialog as RadixDialog } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./button.tsx";
import { classNames } from "./class_names.ts";
import "./dialog.css";

export interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  /** What it is about, in a sentence. */
  description?: ReactNode;
  /** The buttons below. */
  actions?: ReactNode;
  width?: "normal" | "wide";
  children?: ReactNode;
}

/** A window over the page: focus stays in it, Escape closes it and gives the focus back. */
export function Dialog({
  isOpen,
  onClose,
  title,
  description,
  actions,
  width = "normal",
  children,
}: DialogProps) {
  const { t } = useTranslation();
  const opener = useRef<Element | null>(null);
  return (
    <RadixDialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="dialog-overlay" />
        <RadixDialog.Content
          className={classNames("dialog", `dialog-${width}`)}
          {...(description === undefined && { "aria-describedby": undefined })}
          onOpenAutoFocus={() => {
            opener.current = document.activeElement;
          }}
          onCloseAutoFocus={(event) => {
            // Radix gives it back to a trigger of its own alone.
            event.preventDefault();
            if (opener.current instanceof HTMLElement) opener.current.focus();
          }}
        >
          <header className="dialog-head">
            <RadixDialog.Title asChild>
              <h2>{title}</h2>
            </RadixDialog.Title>
            <RadixDialog.Close asChild>
              <IconButton label={t("common.close")} size="small">
                <X aria-hidden />
              </IconButton>
            </RadixDialog.Close>
          </header>
          <div className="dialog-body stack">
            {description !== undefined && (
              <RadixDialog.Description className="soft">{description}</RadixDialog.Description>
            )}
            {children}
          </div>
          {actions !== undefined && <footer className="dialog-actions">{actions}</footer>}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

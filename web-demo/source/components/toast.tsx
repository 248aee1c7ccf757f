import { X } from "lucide-react";
import { Toast as RadixToast } from "radix-ui";
import { type ReactNode, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Observable } from "../application/observable.ts";
import { IconButton } from "./button.tsx";
import "./toast.css";

interface ToastMessage {
  readonly key: number;
  readonly text: string;
  readonly look: "plain" | "error";
  readonly action?: { readonly label: string; readonly run: () => void };
}

const shown = new Observable<readonly ToastMessage[]>([]);
let lastKey = 0;
/** Milliseconds: long enough to read, reach and press. */
const shownFor = 8000;
/** To read alone. */
const readFor = 5000;

/** Says something at the edge of the page; `action` is mostly "undo". */
export function toast(
  text: string,
  options: { look?: ToastMessage["look"]; action?: ToastMessage["action"] } = {},
): void {
  lastKey += 1;
  const { look = "plain", action } = options;
  // What was only to be read gives way, so that nothing piles up; what can be done stays.
  const others = shown.get().filter((one) => one.action !== undefined || one.look === "error");
  shown.set([...others, { key: lastKey, text, look, ...(action && { action }) }]);
}

function forget(key: number): void {
  shown.set(shown.get().filter((message) => message.key !== key));
}

export function Toasts({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const messages = useSyncExternalStore(shown.subscribe, shown.get);
  return (
    <RadixToast.Provider duration={shownFor} label={t("common.notification")}>
      {children}
      {messages.map(({ key, text, look, action }) => (
        <RadixToast.Root
          key={key}
          className={`toast toast-${look}`}
          duration={action === undefined && look === "plain" ? readFor : shownFor}
          onOpenChange={(isOpen) => !isOpen && forget(key)}
        >
          <RadixToast.Description className="toast-text">{text}</RadixToast.Description>
          {action !== undefined && (
            <RadixToast.Action
              altText={action.label}
              className="button button-small toast-action"
              onClick={action.run}
            >
              {action.label}
            </RadixToast.Action>
          )}
          <RadixToast.Close asChild>
            <IconButton label={t("common.close")} size="small" className="toast-close">
              <X aria-hidden />
            </IconButton>
          </RadixToast.Close>
        </RadixToast.Root>
      ))}
      <RadixToast.Viewport className="toasts" label={t("common.notifications")} />
    </RadixToast.Provider>
  );
}

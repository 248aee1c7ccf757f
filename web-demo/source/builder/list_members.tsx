import { UserMinus, UserPlus } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { appendMessages } from "../application/workspace.ts";
import { Button, IconButton } from "../components/button.tsx";
import { toast } from "../components/toast.tsx";
import { listMessages } from "../create/contact_list.ts";
import { engine } from "../engine/engine.ts";
import { useDerived } from "./builder_context.ts";
import { jsonOf, textOf } from "./json_shape.ts";

/** The list whose contacts a rule takes as they are; undefined for any other rule. */
export function useStaticList(): string | undefined {
  return useDerived(({ when }) => {
    const { kind, list, op } = jsonOf(when);
    return kind === "list" && op === "in" ? textOf(list) : undefined;
  });
}

/** Puts contacts on a list and takes them off, each with its way back. */
function useListActs(list: string) {
  const { t } = useTranslation();
  const write = (action: "add" | "remove", contact: string) =>
    appendMessages(listMessages(action, list, [contact], Date.now()));
  const add = async (contact: string) => {
    await write("add", contact);
    toast(t("members.added", { contact }), {
      action: { label: t("common.undo"), run: () => void write("remove", contact) },
    });
  };
  const takeOff = async (contact: string) => {
    await write("remove", contact);
    toast(t("members.takenOff", { contact }), {
      action: { label: t("common.undo"), run: () => void write("add", contact) },
    });
  };
  return { add, takeOff };
}

/** Takes one contact off a list. */
export function TakeOffButton({ list, contact }: { list: string; contact: string }) {
  const { t } = useTranslation();
  const { takeOff } = useListActs(list);
  return (
    <IconButton
      label={t("members.takeOff", { contact })}
      size="small"
      onClick={() => void takeOff(contact)}
    >
      <UserMinus aria-hidden />
    </IconButton>
  );
}

/** Puts one more contact on a list; of a contact that nobody knows it is said so. */
export function AddToList({ list }: { list: string }) {
  const { t } = useTranslation();
  const { add } = useListActs(list);
  const [typed, setTyped] = useState("");
  const contact = typed.trim();
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (contact === "") return;
    const [unknown] = await engine().unknownContacts([contact]);
    if (unknown !== undefined) {
      toast(t("members.unknown", { contact }), { look: "error" });
      return;
    }
    await add(contact);
    setTyped("");
  };
  return (
    <form className="row" onSubmit={(event) => void submit(event)}>
      <input
        className="control"
        aria-label={t("members.newContact")}
        placeholder={t("members.newContact")}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Button type="submit" icon={<UserPlus aria-hidden />} disabled={contact === ""}>
        {t("members.add")}
      </Button>
    </form>
  );
}

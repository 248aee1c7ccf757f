import { type SubmitEvent, useState } from "react";
import { Button } from "../components/button.tsx";
import { TextField } from "../components/field.tsx";
import { useScreenTexts } from "../language/screen_texts.ts";
import type { ShopProps } from "./shop_front.tsx";
import { decided, tell } from "./shop_messages.ts";
import { worldNow } from "./world_store.ts";

/** Says who is here: what was done anonymously becomes theirs. */
export function SignUp({ tracker }: ShopProps) {
  const { t } = useScreenTexts("live");
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [known, setKnown] = useState<string>();
  const userId = known ?? tracker?.userId ?? undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (tracker === undefined) return;
    const timestamp = new Date(worldNow());
    const id = email.trim().toLowerCase();
    const [firstName = "", ...rest] = name.trim().split(/\s+/);
    const lastName = rest.join(" ");
    const traits = { firstName, lastName, email: id, createdAt: timestamp.toISOString() };
    void decided(tracker.identify(id, traits, { timestamp }));
    void tracker.channel("email", true, { timestamp });
    tell(tracker, "Signed Up", { method: "email" });
    setKnown(id);
  };
  if (userId !== undefined) {
    return (
      <section className="stack shop-box" aria-labelledby="account-title">
        <h3 id="account-title">{t("account.title")}</h3>
        <p>{t("account.known", { id: userId })}</p>
        <div>
          <Button
            onClick={() => {
              tracker?.reset();
              setKnown(undefined);
              setEmail("");
              setName("");
            }}
          >
            {t("account.leave")}
          </Button>
        </div>
      </section>
    );
  }
  return (
    <form className="stack shop-box" aria-labelledby="account-title" onSubmit={submit}>
      <h3 id="account-title">{t("account.title")}</h3>
      <TextField
        label={t("account.name")}
        autoComplete="name"
        required
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <TextField
        label={t("account.email")}
        type="email"
        autoComplete="email"
        required
        value={email}
        onChange={({ target }) => setEmail(target.value)}
      />
      <div>
        <Button type="submit" look="primary" disabled={tracker === undefined}>
          {t("account.signUp")}
        </Button>
      </div>
    </form>
  );
}

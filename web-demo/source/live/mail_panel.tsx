import { Mail, MailOpen, MousePointerClick } from "lucide-react";
import { useState } from "react";
import { Button } from "../components/button.tsx";
import { useScreenTexts } from "../language/screen_texts.ts";
import type { ShopProps } from "./shop_front.tsx";
import { tell } from "./shop_messages.ts";

const steps = ["none", "delivered", "opened", "clicked"] as const;
type Step = (typeof steps)[number];

/** A newsletter that comes, is opened, and leads back into the shop. */
export function MailPanel({ tracker }: ShopProps) {
  const { t } = useScreenTexts("live");
  const [step, setStep] = useState<Step>("none");
  const [mails, setMails] = useState(0);
  const campaign = { campaign: `live-${mails}` };
  const go = (event: string, next: Step, properties: Record<string, unknown>) => {
    tell(tracker, event, properties);
    setStep(next);
  };
  const receive = () => {
    setMails(mails + 1);
    go("Email Delivered", "delivered", { campaign: `live-${mails + 1}` });
  };
  const isReady = tracker !== undefined;
  return (
    <section className="stack shop-box" aria-labelledby="mail-title">
      <h3 id="mail-title">{t("mail.title")}</h3>
      <p className="soft small">{t(`mail.steps.${step}`)}</p>
      <div className="row">
        <Button icon={<Mail aria-hidden />} disabled={!isReady} onClick={receive}>
          {t("mail.receive")}
        </Button>
        <Button
          icon={<MailOpen aria-hidden />}
          disabled={!isReady || step === "none"}
          onClick={() => go("Email Opened", "opened", campaign)}
        >
          {t("mail.open")}
        </Button>
        <Button
          icon={<MousePointerClick aria-hidden />}
          disabled={!isReady || step === "none" || step === "delivered"}
          onClick={() => go("Email Link Clicked", "clicked", campaign)}
        >
          {t("mail.click")}
        </Button>
      </div>
    </section>
  );
}

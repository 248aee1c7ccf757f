import { Hourglass } from "lucide-react";
import { useEffect, useState } from "react";
import { refreshClock, useInstant } from "../application/clock.ts";
import { useFormats } from "../language/format.ts";
import { useLanguage } from "../language/language.ts";
import { useScreenTexts } from "../language/screen_texts.ts";
import { spanText } from "../language/span.ts";
import type { ContactView } from "./contact_service.ts";

export interface NextChangeProps {
  view: ContactView;
  onChoose: (segment: string) => void;
}

/** When time alone will change the contact's memberships, counted down, and which. */
export function NextChange({ view, onChoose }: NextChangeProps) {
  const { t } = useScreenTexts("contacts");
  const language = useLanguage();
  const { dateTime } = useFormats();
  const { isNow } = useInstant();
  const next = view.nextChangeAt;
  const now = useTicking(isNow && next !== null, view.at);
  const isDue = isNow && next !== null && now >= next;
  useEffect(() => {
    if (isDue) refreshClock();
  }, [isDue]);
  if (next === null) {
    return (
      <p className="panel panel-body next-change">
        <Hourglass aria-hidden />
        {t("next.never")}
      </p>
    );
  }
  const changing = view.segments.filter(({ changesAt }) => changesAt === next);
  return (
    <div className="panel panel-body next-change">
      <Hourglass aria-hidden />
      <p>
        <span className="soft">{t("next.title")}</span>{" "}
        <strong role="timer" className="figure">
          {t("next.in", { span: spanText(next - now, language, 4) })}
        </strong>{" "}
        <span className="soft figure">({dateTime(next)})</span>
      </p>
      <ul className="row">
        {changing.map(({ id, name, holds }) => (
          <li key={id}>
            <button
              type="button"
              className={holds ? "change change-left" : "change change-entered"}
              onClick={() => onChoose(id)}
            >
              {t(holds ? "next.leaves" : "next.enters", { name })}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Now, second by second while it is wanted; else the instant given. */
function useTicking(isWanted: boolean, otherwise: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isWanted) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isWanted]);
  return isWanted ? now : otherwise;
}

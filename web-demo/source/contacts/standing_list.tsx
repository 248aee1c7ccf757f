import { Check, Minus } from "lucide-react";
import { useFormats } from "../language/format.ts";
import { useLanguage } from "../language/language.ts";
import { useScreenTexts } from "../language/screen_texts.ts";
import { spanText } from "../language/span.ts";
import type { ContactView, SegmentStanding } from "./contact_service.ts";

export interface StandingListProps {
  view: ContactView;
  chosen: string | undefined;
  onChoose: (segment: string) => void;
}

/** All segments: those that the contact is in with their since, then the others. One is chosen. */
export function StandingList({ view, chosen, onChoose }: StandingListProps) {
  const { t } = useScreenTexts("contacts");
  const inside = view.segments.filter(({ holds }) => holds);
  const outside = view.segments.filter(({ holds }) => !holds);
  const list = (segments: readonly SegmentStanding[]) => (
    <ul className="standings-list">
      {segments.map((standing) => (
        <Standing
          key={standing.id}
          standing={standing}
          at={view.at}
          isChosen={standing.id === chosen}
          onChoose={() => onChoose(standing.id)}
        />
      ))}
    </ul>
  );
  return (
    <section className="panel standings" aria-label={t("memberships")}>
      <h2>{t("in", { count: inside.length })}</h2>
      {inside.length === 0 ? (
        <p className="soft standings-nothing">{t("inNothing")}</p>
      ) : (
        list(inside)
      )}
      {outside.length > 0 && (
        <>
          <h2>{t("notIn", { count: outside.length })}</h2>
          {list(outside)}
        </>
      )}
    </section>
  );
}

interface StandingProps {
  standing: SegmentStanding;
  at: number;
  isChosen: boolean;
  onChoose: () => void;
}

function Standing({ standing, at, isChosen, onChoose }: StandingProps) {
  const { t } = useScreenTexts("contacts");
  const language = useLanguage();
  const { dateTime } = useFormats();
  const { name, holds, since, changesAt } = standing;
  const facts = [
    ...(since === null ? [] : [t(holds ? "since" : "notSince", { when: dateTime(since) })]),
    ...(since === null && holds ? [t("always")] : []),
    ...(changesAt === null
      ? []
      : [t(holds ? "leavesIn" : "entersIn", { span: spanText(changesAt - at, language) })]),
  ];
  return (
    <li>
      <button
        type="button"
        className={holds ? "standing standing-in" : "standing"}
        aria-pressed={isChosen}
        onClick={onChoose}
      >
        {holds ? <Check aria-hidden /> : <Minus aria-hidden />}
        <span>
          <span className="standing-name">{name}</span>
          {facts.length > 0 && <span className="standing-facts figure">{facts.join(" · ")}</span>}
        </span>
      </button>
    </li>
  );
}

import { useEffect, useState } from "react";
import { useWorkspace } from "../application/workspace.ts";
import { useFormats } from "../language/format.ts";
import { useLanguage } from "../language/language.ts";
import { useScreenTexts } from "../language/screen_texts.ts";
import { spanText } from "../language/span.ts";
import type { LiveVisitor } from "./live_tracker.ts";
import { useWorld, worldNow } from "./world_store.ts";

/** Every segment, lit while the visitor is in it, with what time will bring. */
export function LiveMemberships({ visitor }: { visitor: LiveVisitor }) {
  const { t } = useScreenTexts("live");
  const language = useLanguage();
  const { time } = useFormats();
  const { segments } = useWorkspace();
  const now = useSeconds();
  const { memberships, changes, contact, told } = visitor;
  const nameOf = (id: string) => segments.find((one) => one.id === id)?.definition.name ?? id;
  const next = Object.entries(changes)
    .filter(([, at]) => at > now)
    .sort(([, left], [, right]) => left - right)[0];
  const newest = told[0]?.delta;
  return (
    <section className="panel panel-body stack" aria-labelledby="lights-title">
      <header>
        <h2 id="lights-title">{t("lights.title")}</h2>
        <p className="soft small live-contact">{contact ?? t("common.loading")}</p>
      </header>
      <ul className="lights">
        {segments.map(({ id }) => {
          const membership = memberships.find(({ segment }) => segment === id);
          const changesAt = changes[id];
          return (
            <li key={id} className={membership ? "light light-on" : "light"} data-segment={id}>
              <span className="light-lamp" aria-hidden />
              <span className="light-name">{nameOf(id)}</span>
              <span className="visually-hidden">{t(membership ? "lights.in" : "lights.out")}</span>
              <span className="light-facts soft figure">
                {membership && t("lights.since", { when: time(membership.since) })}
                {changesAt !== undefined &&
                  changesAt > now &&
                  ` ${t(membership ? "lights.leaves" : "lights.enters", {
                    span: spanText(changesAt - now, language),
                  })}`}
              </span>
            </li>
          );
        })}
      </ul>
      <p className="visually-hidden" role="status">
        {newest && t(`lights.${newest.change}`, { name: nameOf(newest.segment) })}
      </p>
      <p className="next-by-time">
        {next === undefined ? (
          <span className="soft">{t("lights.nothingNext")}</span>
        ) : (
          <>
            <span className="soft">
              {t(
                memberships.some(({ segment }) => segment === next[0])
                  ? "lights.nextLeaves"
                  : "lights.nextEnters",
                { name: nameOf(next[0]) },
              )}
            </span>{" "}
            <strong role="timer" className="figure">
              {spanText(next[1] - now, language, 4)}
            </strong>
          </>
        )}
      </p>
    </section>
  );
}

/** Now by the shop's clock, second by second. */
export function useSeconds(): number {
  const { ahead } = useWorld();
  const [real, setReal] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setReal(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  // A push counts at once, and not with the next second.
  return Math.max(real + ahead, worldNow() - 1000);
}

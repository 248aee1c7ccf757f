import { useWorkspace } from "../application/workspace.ts";
import { useFormats } from "../language/format.ts";
import { useScreenTexts } from "../language/screen_texts.ts";
import type { Personas } from "./persona_figures.ts";

/** The eight groups: how many they are, what they spend, and each share of the whole. */
export function PersonaGroups({ personas }: { personas: Personas }) {
  const { t } = useScreenTexts("personas");
  const { number, share } = useFormats();
  const { statistics } = useWorkspace();
  const { definitions, figures } = personas;
  const contacts = Math.max(statistics.contacts, 1);
  const spent = definitions.reduce((sum, { id }) => sum + Math.max(figures[id]?.sum ?? 0, 0), 0);
  return (
    <section aria-labelledby="persona-groups">
      <h2 id="persona-groups" className="visually-hidden">
        {t("groups")}
      </h2>
      <ul className="personas">
        {definitions.map(({ id, name, description }) => {
          const { count, sum } = figures[id] ?? {};
          const ofContacts = (count ?? 0) / contacts;
          const ofMoney = spent === 0 ? 0 : Math.max(sum ?? 0, 0) / spent;
          return (
            <li key={id} className="panel persona">
              <h3>{name}</h3>
              <p className="soft small persona-words">{description}</p>
              <dl className="persona-figures figure">
                <div>
                  <dt>{t("contacts")}</dt>
                  <dd>
                    <strong>{count === undefined ? "…" : number(count)}</strong>
                    <span className="soft">{share(ofContacts)}</span>
                  </dd>
                </div>
                <div>
                  <dt>{t("spend")}</dt>
                  <dd>
                    <strong>{sum === undefined ? "…" : number(Math.round(sum))}</strong>
                    <span className="soft">{share(ofMoney)}</span>
                  </dd>
                </div>
              </dl>
              <svg
                className="persona-bars"
                viewBox="0 0 100 10"
                preserveAspectRatio="none"
                aria-hidden="true"
              >
                <rect className="persona-ground" width="100" height="4" />
                <rect className="persona-of-contacts" width={ofContacts * 100} height="4" />
                <rect className="persona-ground" y="6" width="100" height="4" />
                <rect className="persona-of-money" y="6" width={ofMoney * 100} height="4" />
              </svg>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Their counts once more in one line, which stays in sight while a threshold is moved. */
export function PersonaStrip({ personas }: { personas: Personas }) {
  const { number } = useFormats();
  const { definitions, figures } = personas;
  return (
    <dl className="persona-strip figure" aria-hidden>
      {definitions.map(({ id, name }) => (
        <div key={id}>
          <dt>{name}</dt>
          <dd>{number(figures[id]?.count ?? 0)}</dd>
        </div>
      ))}
    </dl>
  );
}

import { useScreenTexts } from "../language/screen_texts.ts";
import type { ContactProfile } from "./profile.ts";
import { shownValue } from "./shown_value.ts";

/** What is known of the contact besides its events. */
export function ProfilePanel({ profile }: { profile: ContactProfile }) {
  const { t } = useScreenTexts("contacts");
  const { traits, channels, lists } = profile;
  return (
    <section className="panel panel-body stack profile" aria-label={t("profile")}>
      <h2>{t("profile")}</h2>
      {traits.length > 0 && (
        <dl className="profile-traits">
          {traits.map(({ path, value }) => (
            <div key={path}>
              <dt>{path}</dt>
              <dd>{shownValue(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {channels.length > 0 && (
        <div>
          <h3>{t("channels")}</h3>
          <ul className="row profile-tags">
            {channels.map(({ name, isReachable }) => (
              <li key={name} className={isReachable ? "mark mark-positive" : "mark"}>
                {t(isReachable ? "reachable" : "unreachable", { channel: name })}
              </li>
            ))}
          </ul>
        </div>
      )}
      {lists.length > 0 && (
        <div>
          <h3>{t("lists")}</h3>
          <ul className="row profile-tags">
            {lists.map((list) => (
              <li key={list} className="mark">
                {list}
              </li>
            ))}
          </ul>
        </div>
      )}
      {traits.length + channels.length + lists.length === 0 && (
        <p className="soft">{t("profileNothing")}</p>
      )}
    </section>
  );
}

import { ArrowLeft } from "lucide-react";
import { useEffect, useState } from "react";
import { ScreenHead } from "../application/screen_head.tsx";
import { useFormats } from "../language/format.ts";
import { useScreenTexts } from "../language/screen_texts.ts";
import { Link } from "../navigation/link.tsx";
import { setSearch, usePlace } from "../navigation/location.ts";
import { addresses } from "../navigation/routes.ts";
import { InstantChoice } from "../segments/instant_choice.tsx";
import type { ContactView } from "./contact_service.ts";
import { contacts, useSetting } from "./contacts.ts";
import { EventList } from "./event_list.tsx";
import { ExplanationPanel } from "./explanation_panel.tsx";
import { NextChange } from "./next_change.tsx";
import { ProfilePanel } from "./profile_panel.tsx";
import { StandingList } from "./standing_list.tsx";
import { Timeline } from "./timeline.tsx";
import "./texts.ts";
import "./contact_screen.css";

/** A contact: what it is in and why, since when and until when, and all that it did. */
export default function ContactScreen({ id }: { id: string }) {
  const { t } = useScreenTexts("contacts");
  const { number, dateTime } = useFormats();
  const setting = useSetting();
  const { search } = usePlace();
  const [view, setView] = useState<ContactView | "unknown">();

  useEffect(() => {
    let isCurrent = true;
    void contacts()
      .view(setting, id)
      .then((found) => {
        if (isCurrent) setView(found ?? "unknown");
      });
    return () => {
      isCurrent = false;
    };
  }, [setting, id]);

  const back = (
    <Link className="contact-back" href={addresses.contacts}>
      <ArrowLeft aria-hidden />
      {t("back")}
    </Link>
  );
  if (view === "unknown") {
    return (
      <>
        {back}
        <ScreenHead title={t("unknown", { id })} description={t("unknownHint")} />
      </>
    );
  }
  if (view === undefined || view.id !== id) {
    return <p className="soft content-wait">{t("common.loading")}</p>;
  }
  const asked = search.get("segment");
  const chosen =
    view.segments.find((segment) => segment.id === asked) ??
    view.segments.find(({ holds }) => holds) ??
    view.segments[0];
  const choose = (segment: string) => setSearch({ segment });
  const facts = [
    id,
    t("events", { count: view.events.length, events: number(view.events.length) }),
    ...(view.lastAt === undefined ? [] : [t("lastSeen", { when: dateTime(view.lastAt) })]),
  ];
  return (
    <>
      {back}
      <ScreenHead
        title={view.profile.name ?? id}
        description={facts.join(" · ")}
        actions={<InstantChoice />}
      />
      <NextChange view={view} onChoose={choose} />
      <div className="contact-columns">
        <StandingList view={view} chosen={chosen?.id} onChoose={choose} />
        <div className="stack">
          {chosen !== undefined && <ExplanationPanel id={id} standing={chosen} setting={setting} />}
        </div>
      </div>
      <Timeline view={view} chosen={chosen?.id} onChoose={choose} />
      <div className="contact-columns contact-columns-reversed">
        <EventList view={view} />
        <ProfilePanel profile={view.profile} />
      </div>
    </>
  );
}

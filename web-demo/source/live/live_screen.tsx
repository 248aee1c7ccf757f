import { ScreenHead } from "../application/screen_head.tsx";
import { Notice } from "../components/notice.tsx";
import { useScreenTexts } from "../language/screen_texts.ts";
import { BackendPanel } from "./backend_panel.tsx";
import { LiveMemberships } from "./live_memberships.tsx";
import { useLiveVisitor } from "./live_tracker.ts";
import { OutboxPanel } from "./outbox_panel.tsx";
import { ShopFront } from "./shop_front.tsx";
import { WorldPanel } from "./world_panel.tsx";
import "./texts.ts";
import "./live_screen.css";

/** A small shop, and beside it what its visitor is in: from the click to the backend. */
export default function LiveScreen() {
  const { t } = useScreenTexts("live");
  const visitor = useLiveVisitor();
  return (
    <>
      <ScreenHead title={t("title")} description={t("description")} />
      {visitor.degradations.map(({ code, message }) => (
        <Notice key={code} look="warning">
          {message}
        </Notice>
      ))}
      <div className="live">
        <ShopFront tracker={visitor.tracker} />
        <div className="stack live-beside">
          <LiveMemberships visitor={visitor} />
          <WorldPanel visitor={visitor} />
        </div>
      </div>
      <div className="live-below">
        <OutboxPanel visitor={visitor} />
        <BackendPanel visitor={visitor} />
      </div>
    </>
  );
}

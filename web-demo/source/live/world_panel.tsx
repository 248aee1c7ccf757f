import { RotateCcw, SkipForward, WifiOff } from "lucide-react";
import { Button, ButtonGroup } from "../components/button.tsx";
import { Checkbox } from "../components/field.tsx";
import { useFormats } from "../language/format.ts";
import { useLanguage } from "../language/language.ts";
import { useScreenTexts } from "../language/screen_texts.ts";
import { spanText } from "../language/span.ts";
import { addresses } from "../navigation/routes.ts";
import { useSeconds } from "./live_memberships.tsx";
import type { LiveVisitor } from "./live_tracker.ts";
import { changeWorld, useWorld, worldNow } from "./world_store.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const pushes = [
  { id: "minute", by: minute },
  { id: "hour", by: hour },
  { id: "day", by: day },
  { id: "week", by: 7 * day },
] as const;

/** The shop's clock, which can be pushed forward, and its network, which can be taken away. */
export function WorldPanel({ visitor }: { visitor: LiveVisitor }) {
  const { t } = useScreenTexts("live");
  const { date, time } = useFormats();
  const language = useLanguage();
  const { ahead, isOffline } = useWorld();
  const now = useSeconds();
  const next = Math.min(...Object.values(visitor.changes).filter((at) => at > now));
  const push = (by: number) => changeWorld({ ahead: ahead + by });
  return (
    <section className="panel panel-body stack" aria-labelledby="world-title">
      <h2 id="world-title">{t("world.title")}</h2>
      <p className="world-clock figure">
        <strong>{time(now)}</strong> <span className="soft">{date(now)}</span>
        {ahead > 0 && (
          <span className="world-ahead">
            {t("world.ahead", { span: spanText(ahead, language) })}
          </span>
        )}
      </p>
      <ButtonGroup label={t("world.push")}>
        {pushes.map(({ id, by }) => (
          <Button key={id} size="small" onClick={() => push(by)}>
            {t(`world.pushes.${id}`)}
          </Button>
        ))}
        <Button
          size="small"
          icon={<SkipForward aria-hidden />}
          disabled={!Number.isFinite(next)}
          onClick={() => push(next - worldNow())}
        >
          {t("world.toNext")}
        </Button>
        {ahead > 0 && (
          <Button
            size="small"
            look="quiet"
            icon={<RotateCcw aria-hidden />}
            onClick={() => changeWorld({ ahead: 0 })}
          >
            {t("world.reset")}
          </Button>
        )}
      </ButtonGroup>
      {ahead > 0 && visitor.backend && <p className="soft small">{t("world.edgeTime")}</p>}
      <div className="row">
        <Checkbox
          label={t("world.offline")}
          checked={isOffline}
          onChange={({ target }) => changeWorld({ isOffline: target.checked })}
        />
        {isOffline && <WifiOff aria-hidden className="world-icon" />}
        <a className="row-end small" href={addresses.live} target="_blank" rel="noreferrer">
          {t("world.secondTab")}
        </a>
      </div>
    </section>
  );
}

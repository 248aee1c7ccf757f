import {
  FileSpreadsheet,
  Layers,
  type LucideIcon,
  SlidersHorizontal,
  Sparkles,
  UserRoundSearch,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { ScreenHead } from "../application/screen_head.tsx";
import { workspace } from "../application/workspace.ts";
import { keepDraft, newDefinition } from "../builder/edit_session.ts";
import { newCondition } from "../builder/new_parts.ts";
import { Link } from "../navigation/link.tsx";
import { navigate } from "../navigation/location.ts";
import { addresses } from "../navigation/routes.ts";
import "./create.css";

/** The ways to a new segment. */
export default function CreateScreen() {
  const { t } = useTranslation();
  const begin = async (isOfSegments: boolean) => {
    const definition = newDefinition(t("create.newName"));
    const { vocabulary, segments } = workspace();
    const ids = segments.map(({ id }) => id);
    const inSegment = newCondition("segment", vocabulary, ids);
    const reachable = newCondition("channel", vocabulary, ids);
    const when = isOfSegments
      ? ({ kind: "all", of: [inSegment, reachable] } as const)
      : definition.when;
    await keepDraft({ ...definition, when }, []);
    navigate(addresses.builder(definition.id));
  };
  return (
    <>
      <ScreenHead title={t("create.title")} description={t("create.description")} />
      <section className="create-group">
        <h2>{t("create.dynamic")}</h2>
        <p className="soft">{t("create.dynamicHint")}</p>
        <div className="create-ways">
          <Way way="standard" icon={SlidersHorizontal} onChoose={() => void begin(false)} />
          <Way way="segments" icon={Layers} onChoose={() => void begin(true)} />
          <Way way="scenario" icon={Sparkles} href={addresses.createBy("scenario")} />
          <Way way="persona" icon={UserRoundSearch} href={addresses.createBy("persona")} />
        </div>
      </section>
      <section className="create-group">
        <h2>{t("create.static")}</h2>
        <p className="soft">{t("create.staticHint")}</p>
        <div className="create-ways">
          <Way way="list" icon={FileSpreadsheet} href={addresses.createBy("list")} />
        </div>
      </section>
    </>
  );
}

interface WayProps {
  way: "standard" | "segments" | "scenario" | "persona" | "list";
  icon: LucideIcon;
  href?: string;
  onChoose?: () => void;
}

function Way({ way, icon: Icon, href, onChoose }: WayProps) {
  const { t } = useTranslation();
  const content = (
    <>
      <Icon aria-hidden className="create-icon" />
      <span className="create-words">
        <strong>{t(`create.ways.${way}`)}</strong>
        <span className="soft small">{t(`create.wayHints.${way}`)}</span>
      </span>
    </>
  );
  if (href !== undefined) {
    return (
      <Link href={href} className="panel create-way">
        {content}
      </Link>
    );
  }
  return (
    <button type="button" className="panel create-way" onClick={onChoose}>
      {content}
    </button>
  );
}

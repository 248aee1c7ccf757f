import { ArrowDownRight, ArrowUpRight, Copy, Ellipsis, Pencil, Tags, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../application/workspace.ts";
import { IconButton } from "../components/button.tsx";
import { Menu } from "../components/menu.tsx";
import { Sparkline } from "../components/sparkline.tsx";
import { useFormats } from "../language/format.ts";
import { Link } from "../navigation/link.tsx";
import { navigate } from "../navigation/location.ts";
import { addresses } from "../navigation/routes.ts";
import type { SegmentRecord } from "../storage/database.ts";
import { useSegmentActions } from "./segment_actions.ts";
import type { SegmentFigures } from "./segment_figures.ts";

export interface SegmentRowProps {
  segment: SegmentRecord;
  figures: SegmentFigures;
  onTags: () => void;
}

export function SegmentRow({ segment, figures, onTags }: SegmentRowProps) {
  const { t } = useTranslation();
  const { number, share, dateTime } = useFormats();
  const { segments, summaries, statistics } = useWorkspace();
  const { remove, duplicate } = useSegmentActions();
  const { id, definition, tags, version, updatedAt, kind } = segment;
  const name = definition.name ?? id;
  const count = figures.counts[id];
  const trend = figures.trends[id];
  const changed = figures.changes[id];
  const usedBy = (summaries.get(id)?.usedBy ?? []).map(
    (user) => segments.find((other) => other.id === user)?.definition.name ?? user,
  );
  return (
    <li className="segment-row">
      <div className="segment-words">
        <h2 className="segment-name">
          <Link href={addresses.builder(id)}>{name}</Link>
          {kind === "list" && <span className="tag">{t("segments.list")}</span>}
          {tags.map((tag) => (
            <span key={tag} className="tag">
              {tag}
            </span>
          ))}
        </h2>
        <p className="segment-sentence">{figures.sentences[id] ?? definition.description}</p>
        <p className="segment-facts">
          {t("segments.version", { version })} ·{" "}
          {t("segments.updated", { when: dateTime(updatedAt) })}
          {usedBy.length > 0 && <> · {t("segments.usedBy", { names: usedBy.join(", ") })}</>}
        </p>
      </div>
      <div className="segment-count figure">
        <strong>{count === undefined ? "…" : number(count)}</strong>
        <span>{count === undefined ? "" : share(count / Math.max(statistics.contacts, 1))}</span>
      </div>
      <div className="segment-trend">
        {trend !== undefined && trend.length > 1 && (
          <Sparkline
            label={t("segments.trend", {
              from: number(trend[0] ?? 0),
              to: number(trend.at(-1) ?? 0),
            })}
            values={trend}
          />
        )}
      </div>
      <dl className="segment-changes figure" title={t("segments.lastDay")}>
        {changed !== undefined && (
          <>
            <div className="segment-entered">
              <dt>
                <ArrowUpRight aria-hidden />
                <span className="visually-hidden">{t("segments.entered")}</span>
              </dt>
              <dd>{number(changed.entered)}</dd>
            </div>
            <div className="segment-left">
              <dt>
                <ArrowDownRight aria-hidden />
                <span className="visually-hidden">{t("segments.left")}</span>
              </dt>
              <dd>{number(changed.left)}</dd>
            </div>
          </>
        )}
      </dl>
      <Menu
        align="end"
        trigger={
          <IconButton label={t("segments.actions", { name })}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
        groups={[
          {
            entries: [
              {
                label: t("segments.edit"),
                icon: <Pencil />,
                onChoose: () => navigate(addresses.builder(id)),
              },
              {
                label: t("segments.duplicate"),
                icon: <Copy />,
                onChoose: () => void duplicate(segment),
              },
              { label: t("segments.editTags"), icon: <Tags />, onChoose: onTags },
            ],
          },
          {
            entries: [
              {
                label: t("common.delete"),
                icon: <Trash2 />,
                isDangerous: true,
                isDisabled: usedBy.length > 0,
                ...(usedBy.length > 0 && {
                  hint: t("segments.usedBy", { names: usedBy.join(", ") }),
                }),
                onChoose: () => void remove(segment),
              },
            ],
          },
        ]}
      />
    </li>
  );
}

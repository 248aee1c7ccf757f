import { Plus, RefreshCw, Search } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { refreshClock, useInstant } from "../application/clock.ts";
import { ScreenHead } from "../application/screen_head.tsx";
import { useWorkspace } from "../application/workspace.ts";
import { Button, ButtonGroup } from "../components/button.tsx";
import { SelectField } from "../components/field.tsx";
import { Link } from "../navigation/link.tsx";
import { useSearchValue } from "../navigation/location.ts";
import { addresses } from "../navigation/routes.ts";
import type { SegmentRecord } from "../storage/database.ts";
import { InstantChoice } from "./instant_choice.tsx";
import { useSegmentFigures } from "./segment_figures.ts";
import { SegmentRow } from "./segment_row.tsx";
import { TagsDialog } from "./tags_dialog.tsx";
import "./segments_screen.css";

const orders = ["name", "count", "change", "updated"] as const;
type Order = (typeof orders)[number];

/** The dashboard: every segment with its figures. */
export default function SegmentsScreen() {
  const { t } = useTranslation();
  const { segments } = useWorkspace();
  const { at } = useInstant();
  const figures = useSegmentFigures(at);
  const [search, setSearch] = useSearchValue("search");
  const [tag, setTag] = useSearchValue("tag");
  const [chosenOrder, setOrder] = useSearchValue("sort", "name");
  const [tagged, setTagged] = useState<SegmentRecord>();
  const order = orders.find((name) => name === chosenOrder) ?? "name";
  const tags = useMemo(
    () => [...new Set(segments.flatMap((segment) => segment.tags))].sort(),
    [segments],
  );

  const wanted = search.trim().toLowerCase();
  const nameOf = (segment: SegmentRecord) => segment.definition.name ?? segment.id;
  const texts = (segment: SegmentRecord) =>
    [nameOf(segment), segment.id, figures.sentences[segment.id] ?? "", ...segment.tags]
      .join("\n")
      .toLowerCase();
  const changeOf = ({ id }: SegmentRecord) => {
    const changed = figures.changes[id];
    return changed === undefined ? 0 : changed.entered + changed.left;
  };
  const compare: Record<Order, (left: SegmentRecord, right: SegmentRecord) => number> = {
    name: (left, right) => nameOf(left).localeCompare(nameOf(right)),
    count: (left, right) => (figures.counts[right.id] ?? 0) - (figures.counts[left.id] ?? 0),
    change: (left, right) => changeOf(right) - changeOf(left),
    updated: (left, right) => right.updatedAt - left.updatedAt,
  };
  const shown = segments
    .filter((segment) => tag === "" || segment.tags.includes(tag))
    .filter((segment) => texts(segment).includes(wanted))
    .sort(compare[order]);

  return (
    <>
      <ScreenHead
        title={t("segments.title")}
        description={t("segments.description")}
        actions={
          <Link className="button button-primary button-normal" href={addresses.create}>
            <Plus aria-hidden />
            {t("segments.create")}
          </Link>
        }
      />
      <div className="segments-tools">
        <label className="segments-search">
          <Search aria-hidden />
          <span className="visually-hidden">{t("segments.search")}</span>
          <input
            type="search"
            className="control"
            placeholder={t("segments.search")}
            value={search}
            onChange={({ target }) => setSearch(target.value)}
          />
        </label>
        <SelectField
          label={t("segments.sort")}
          isLabelHidden
          value={order}
          choices={orders.map((value) => ({ value, label: t(`segments.sorts.${value}`) }))}
          onChoose={setOrder}
        />
        <div className="row row-end">
          <InstantChoice />
          <Button
            icon={<RefreshCw aria-hidden />}
            aria-label={t("segments.refresh")}
            onClick={refreshClock}
          >
            <span className="segments-refresh">{t("segments.refresh")}</span>
          </Button>
        </div>
      </div>
      {tags.length > 0 && (
        <ButtonGroup label={t("segments.tags")}>
          {tags.map((name) => (
            <button
              key={name}
              type="button"
              className="tag tag-choice"
              aria-pressed={name === tag}
              onClick={() => setTag(name === tag ? "" : name)}
            >
              {name}
            </button>
          ))}
        </ButtonGroup>
      )}
      <ul className="panel segments-list">
        {shown.length > 0 && (
          <li className="segment-heads" aria-hidden>
            <span>{t("segments.heads.segment")}</span>
            <span className="segment-head-number">{t("segments.heads.contacts")}</span>
            <span className="segment-trend">{t("segments.heads.course")}</span>
            <span>{t("segments.heads.day")}</span>
          </li>
        )}
        {shown.map((segment) => (
          <SegmentRow
            key={segment.id}
            segment={segment}
            figures={figures}
            onTags={() => setTagged(segment)}
          />
        ))}
        {shown.length === 0 && <li className="segments-nothing soft">{t("segments.nothing")}</li>}
      </ul>
      {tagged !== undefined && (
        <TagsDialog segment={tagged} known={tags} onClose={() => setTagged(undefined)} />
      )}
    </>
  );
}

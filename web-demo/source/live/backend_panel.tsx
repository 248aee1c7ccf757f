import { useEffect, useState } from "react";
import { Notice } from "../components/notice.tsx";
import { type Column, VirtualTable } from "../components/virtual_table.tsx";
import { useFormats } from "../language/format.ts";
import { useScreenTexts } from "../language/screen_texts.ts";
import { type AppliedDelta, appliedDeltas } from "./backend.ts";
import type { LiveVisitor } from "./live_tracker.ts";

/** Milliseconds between two looks into the backend. */
const rhythm = 1500;

/** What the backend's database has applied of this visitor, by whom it was found out. */
export function BackendPanel({ visitor }: { visitor: LiveVisitor }) {
  const { t } = useScreenTexts("live");
  const { time } = useFormats();
  const { backend, tracker, contact, unpublished } = visitor;
  const ids = [...new Set([tracker?.anonymousId ?? contact, contact])].filter(
    (id) => id !== undefined,
  );
  const { applied, failure } = useApplied(backend ? ids.join("\n") : "");
  const columns: Column<AppliedDelta>[] = [
    {
      id: "place",
      title: t("backend.place"),
      width: "2rem",
      isNumber: true,
      cell: ({ place }) => place,
    },
    {
      id: "segment",
      title: t("backend.segment"),
      width: "minmax(9rem, 1fr)",
      cell: ({ delta }) => delta.segment,
    },
    {
      id: "change",
      title: t("backend.change"),
      width: "4.5rem",
      cell: ({ delta }) => t(`backend.changes.${delta.change}`),
    },
    {
      id: "source",
      title: t("backend.source"),
      width: "minmax(6rem, 0.6fr)",
      cell: ({ delta }) => t(delta.source.startsWith("web:") ? "backend.page" : "backend.edge"),
    },
    {
      id: "at",
      title: t("backend.at"),
      width: "4.5rem",
      isNumber: true,
      cell: ({ delta }) => time(Date.parse(delta.at)),
    },
  ];
  return (
    <section className="panel panel-body stack" aria-labelledby="backend-title">
      <h2 id="backend-title">{t("backend.title")}</h2>
      {backend === null && (
        <Notice look="info">
          {t("backend.none")} <code>npm start</code>
        </Notice>
      )}
      {backend && (
        <>
          <p className="soft small">{t("backend.hint")}</p>
          {unpublished !== undefined && (
            <Notice look="warning">{t("backend.unpublished", { reason: unpublished })}</Notice>
          )}
          {failure !== undefined && <Notice look="error">{failure}</Notice>}
          {applied.length === 0 ? (
            <p className="soft">{t("backend.nothing")}</p>
          ) : (
            <VirtualTable
              label={t("backend.title")}
              columns={columns}
              rows={applied}
              rowKey={({ place }) => place}
              rowHeight={36}
              height={320}
            />
          )}
        </>
      )}
    </section>
  );
}

/** What was applied of some contacts, the newest first, looked at again and again. */
function useApplied(ids: string): {
  applied: readonly AppliedDelta[];
  failure: string | undefined;
} {
  const [found, setFound] = useState<{
    applied: readonly AppliedDelta[];
    failure: string | undefined;
  }>({ applied: [], failure: undefined });
  useEffect(() => {
    if (ids === "") return;
    let isCurrent = true;
    let applied: readonly AppliedDelta[] = [];
    const look = async () => {
      if (document.visibilityState === "hidden") return;
      try {
        const after = applied[0]?.place ?? 0;
        const news = await Promise.all(ids.split("\n").map((id) => appliedDeltas(id, after)));
        if (!isCurrent) return;
        const sorted = news.flat().sort((left, right) => right.place - left.place);
        applied = [...sorted, ...applied];
        setFound({ applied, failure: undefined });
      } catch (error) {
        if (isCurrent) setFound({ applied, failure: String(error) });
      }
    };
    void look();
    const timer = setInterval(() => void look(), rhythm);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [ids]);
  return found;
}

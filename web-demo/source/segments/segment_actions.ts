import { useTranslation } from "react-i18next";
import { freeId, removeSegment, restoreSegment, saveSegment } from "../application/workspace.ts";
import { toast } from "../components/toast.tsx";
import { navigate } from "../navigation/location.ts";
import { addresses } from "../navigation/routes.ts";
import type { SegmentRecord } from "../storage/database.ts";

/** What can be done with a segment as a whole, each with its way back. */
export function useSegmentActions() {
  const { t } = useTranslation();
  const nameOf = ({ id, definition }: SegmentRecord) => definition.name ?? id;

  const remove = async (record: SegmentRecord) => {
    const answer = await removeSegment(record.id);
    if (answer.isRefused) {
      toast(answer.message, { look: "error" });
      return;
    }
    toast(t("segments.deleted", { name: nameOf(record) }), {
      action: { label: t("common.undo"), run: () => void restore(record) },
    });
  };

  const restore = async (record: SegmentRecord) => {
    const answer = await restoreSegment(record);
    if (answer.isRefused) toast(answer.message, { look: "error" });
  };

  const duplicate = async (record: SegmentRecord) => {
    const name = t("segments.copyOf", { name: nameOf(record) });
    const definition = { ...record.definition, id: freeId(name), name };
    const answer = await saveSegment({ definition, tags: record.tags, kind: record.kind });
    if (answer.isRefused) {
      toast(answer.message, { look: "error" });
      return;
    }
    toast(t("segments.duplicated", { name }), {
      action: {
        label: t("segments.open"),
        run: () => navigate(addresses.builder(definition.id)),
      },
    });
  };

  return { remove, duplicate };
}

import type { SegmentDefinition } from "@fosterflow/segments/audience";
import { useState } from "react";
import { useWorkspace } from "../application/workspace.ts";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { Notice } from "../components/notice.tsx";
import { toast } from "../components/toast.tsx";
import { useScreenTexts } from "../language/screen_texts.ts";
import { navigate } from "../navigation/location.ts";
import { addresses } from "../navigation/routes.ts";
import { savePersonas } from "./save_personas.ts";

export interface SaveDialogProps {
  definitions: readonly SegmentDefinition[];
  onClose: () => void;
}

/** What saving the personas makes, and what it replaces. */
export function SaveDialog({ definitions, onClose }: SaveDialogProps) {
  const { t } = useScreenTexts("personas");
  const { segments } = useWorkspace();
  const [refusal, setRefusal] = useState<string>();
  const isThere = (id: string) => segments.some((segment) => segment.id === id);
  const save = async () => {
    const tag = t("navigation.personas");
    const refused = await savePersonas(definitions, tag);
    setRefusal(refused);
    if (refused !== undefined) return;
    toast(t("save.saved"));
    onClose();
    navigate(`${addresses.segments}?tag=${encodeURIComponent(tag)}`);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("save.title")}
      description={t("save.hint")}
      actions={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="primary" onClick={() => void save()}>
            {t("common.save")}
          </Button>
        </>
      }
    >
      <ul className="save-list">
        {definitions.map(({ id, name }) => (
          <li key={id}>
            <strong>{name}</strong>{" "}
            <span className="soft">{t(isThere(id) ? "save.newVersion" : "save.new")}</span>
          </li>
        ))}
      </ul>
      {refusal !== undefined && <Notice look="error">{refusal}</Notice>}
    </Dialog>
  );
}

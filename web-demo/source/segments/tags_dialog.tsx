import { X } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { setTags } from "../application/workspace.ts";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { TextField } from "../components/field.tsx";
import type { SegmentRecord } from "../storage/database.ts";

export interface TagsDialogProps {
  segment: SegmentRecord;
  /** All tags that there are. */
  known: readonly string[];
  onClose: () => void;
}

export function TagsDialog({ segment, known, onClose }: TagsDialogProps) {
  const { t } = useTranslation();
  const [tags, setChosen] = useState(segment.tags);
  const [typed, setTyped] = useState("");
  const add = (tag: string) => {
    const plain = tag.trim();
    if (plain !== "" && !tags.includes(plain)) setChosen([...tags, plain]);
    setTyped("");
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    add(typed);
  };
  const save = () => {
    const plain = typed.trim();
    void setTags(segment.id, plain === "" || tags.includes(plain) ? tags : [...tags, plain]);
    onClose();
  };
  const others = known.filter((tag) => !tags.includes(tag));
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("segments.tagsOf", { name: segment.definition.name ?? segment.id })}
      actions={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="primary" onClick={save}>
            {t("common.save")}
          </Button>
        </>
      }
    >
      <div className="row">
        {tags.map((tag) => (
          <button
            key={tag}
            type="button"
            className="tag tag-choice"
            aria-label={t("segments.removeTag", { tag })}
            onClick={() => setChosen(tags.filter((other) => other !== tag))}
          >
            {tag}
            <X aria-hidden className="tag-remove" />
          </button>
        ))}
      </div>
      <form onSubmit={submit}>
        <TextField
          label={t("segments.newTag")}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      </form>
      {others.length > 0 && (
        <div className="row">
          {others.map((tag) => (
            <button key={tag} type="button" className="tag tag-choice" onClick={() => add(tag)}>
              + {tag}
            </button>
          ))}
        </div>
      )}
    </Dialog>
  );
}

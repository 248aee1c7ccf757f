import type { Impact, SegmentDefinition } from "@fosterflow/segments/audience";
import type { DefinitionDiff } from "@fosterflow/segments/authoring";
import { ArrowDownRight, ArrowUpRight } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { engine } from "../engine/engine.ts";
import { useFormats } from "../language/format.ts";
import { useLanguage } from "../language/language.ts";
import { Link } from "../navigation/link.tsx";
import { addresses } from "../navigation/routes.ts";
import type { SegmentRecord } from "../storage/database.ts";

/** So many of those who would enter or leave are named. */
const named = 8;

export interface ImpactDialogProps {
  definition: SegmentDefinition;
  saved: SegmentRecord | undefined;
  at: number;
  onClose: () => void;
  onSave: () => void;
}

/** What saving would do: who enters, who leaves, and what the edit changed. */
export function ImpactDialog({ definition, saved, at, onClose, onSave }: ImpactDialogProps) {
  const { t } = useTranslation();
  const { number, difference } = useFormats();
  const language = useLanguage();
  const [impact, setImpact] = useState<Impact>();
  const [diff, setDiff] = useState<DefinitionDiff>();
  const [refusal, setRefusal] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    void engine()
      .impact(definition, { at, limit: named })
      .then((answer) => {
        if (!isCurrent) return;
        if (answer.isRefused) setRefusal(answer.message);
        else setImpact(answer.value);
      });
    if (saved !== undefined) {
      void engine()
        .diff(saved.definition, definition, language)
        .then((answer) => {
          if (isCurrent && !answer.isRefused) setDiff(answer.value);
        });
    }
    return () => {
      isCurrent = false;
    };
  }, [definition, saved, at, language]);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(saved === undefined ? "impact.titleNew" : "impact.title")}
      description={t("impact.description")}
      actions={
        <>
          <Button onClick={onClose}>{t("impact.back")}</Button>
          <Button look="primary" disabled={impact === undefined} onClick={onSave}>
            {t("common.save")}
          </Button>
        </>
      }
    >
      {refusal !== undefined && <p role="alert">{refusal}</p>}
      {impact !== undefined && (
        <>
          <p className="impact-total figure">
            {t("impact.total", { before: number(impact.before), after: number(impact.after) })}{" "}
            <strong>({difference(impact.after - impact.before)})</strong>
          </p>
          <div className="impact-sides">
            {(["entering", "leaving"] as const).map((side) => (
              <section key={side} className={`impact-side impact-${side}`}>
                <h3>
                  {side === "entering" ? (
                    <ArrowUpRight aria-hidden />
                  ) : (
                    <ArrowDownRight aria-hidden />
                  )}
                  <span className="figure">
                    {t(`impact.${side}`, {
                      count: impact[side].count,
                      shown: number(impact[side].count),
                    })}
                  </span>
                </h3>
                <ul>
                  {impact[side].members.map((contact) => (
                    <li key={contact}>
                      <Link href={addresses.contact(contact)}>{contact}</Link>
                    </li>
                  ))}
                  {impact[side].count > impact[side].members.length && (
                    <li className="soft">
                      {t("impact.more", {
                        shown: number(impact[side].count - impact[side].members.length),
                      })}
                    </li>
                  )}
                </ul>
              </section>
            ))}
          </div>
        </>
      )}
      {diff !== undefined && diff.changes.length > 0 && (
        <section>
          <h3>{t("impact.changes")}</h3>
          <ul className="impact-changes">
            {diff.changes.map(({ path, line, change }) => (
              <li key={`${path} ${line}`} className={`change-${change}`}>
                {line}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Dialog>
  );
}

import type { Explanation } from "@fosterflow/segments";
import { useEffect, useState } from "react";
import { useWorkspace } from "../application/workspace.ts";
import { Notice } from "../components/notice.tsx";
import { engine } from "../engine/engine.ts";
import { useFormats } from "../language/format.ts";
import { useLanguage } from "../language/language.ts";
import { useScreenTexts } from "../language/screen_texts.ts";
import { Link } from "../navigation/link.tsx";
import { addresses } from "../navigation/routes.ts";
import type { SegmentStanding, Setting } from "./contact_service.ts";
import { contacts } from "./contacts.ts";
import { ExplanationNode } from "./explanation_node.tsx";
import { allPhrases, type Phrases } from "./phrases.ts";

export interface ExplanationPanelProps {
  id: string;
  standing: SegmentStanding;
  setting: Setting;
}

/** Why the contact is in the chosen segment, or is not: the rule as written, with what was found at each condition. */
export function ExplanationPanel({ id, standing, setting }: ExplanationPanelProps) {
  const { t } = useScreenTexts("contacts");
  const { dateTime } = useFormats();
  const { segments } = useWorkspace();
  const language = useLanguage();
  const [explanation, setExplanation] = useState<Explanation>();
  const [words, setWords] = useState<{
    sentences: ReadonlyMap<string, string>;
    phrases: Phrases;
  }>();
  const segment = standing.id;

  useEffect(() => {
    let isCurrent = true;
    void contacts()
      .explain(setting, id, segment, language)
      .then((found) => isCurrent && setExplanation(found));
    return () => {
      isCurrent = false;
    };
  }, [setting, id, segment, language]);

  useEffect(() => {
    let isCurrent = true;
    const definitions = segments.map(({ definition }) => definition);
    void engine()
      .describe(definitions, language)
      .then((answer) => {
        if (answer.isRefused || !isCurrent) return;
        setWords({
          sentences: new Map(answer.value.map(({ id, sentence }) => [id, sentence])),
          phrases: allPhrases(answer.value),
        });
      });
    return () => {
      isCurrent = false;
    };
  }, [segments, language]);

  if (explanation === undefined || explanation.segment !== segment) {
    return <section className="panel panel-body explanation soft">{t("common.loading")}</section>;
  }
  const { holds, changesAt, condition, notes, exists } = explanation;
  return (
    <section
      className="panel panel-body stack explanation"
      aria-label={t("why", { name: standing.name })}
    >
      <header className="explanation-head">
        <h2>{t(holds ? "whyIn" : "whyNotIn", { name: standing.name })}</h2>
        <Link href={addresses.builder(segment)}>{t("openRule")}</Link>
      </header>
      <p className="soft">{words?.sentences.get(segment)}</p>
      {!exists && <Notice look="info">{t("notYet")}</Notice>}
      {notes.map((note) => (
        <Notice key={note} look="info">
          {note}
        </Notice>
      ))}
      {changesAt !== null && (
        <p className="explanation-change">
          {t(holds ? "leavesAt" : "entersAt", { when: dateTime(changesAt) })}
        </p>
      )}
      <ul className="explanation-tree">
        <ExplanationNode
          node={condition}
          segment={segment}
          phrases={words?.phrases}
          at={explanation.at}
        />
      </ul>
    </section>
  );
}

import type { SegmentDefinition } from "@fosterflow/segments/audience";
import type { Template } from "@fosterflow/segments/authoring";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useInstant } from "../application/clock.ts";
import { ScreenHead } from "../application/screen_head.tsx";
import { freeId } from "../application/workspace.ts";
import { keepDraft } from "../builder/edit_session.ts";
import { useEvaluated, useEvaluationOf } from "../builder/evaluation_state.ts";
import { Button } from "../components/button.tsx";
import { Notice } from "../components/notice.tsx";
import { engine } from "../engine/engine.ts";
import { useFormats } from "../language/format.ts";
import { useLanguage } from "../language/language.ts";
import { navigate, useSearchValue } from "../navigation/location.ts";
import { addresses } from "../navigation/routes.ts";
import { ArgumentFields, type Arguments } from "./argument_fields.tsx";
import "./create.css";

/** Chooses a predefined scenario and fills it in, with its number. */
export default function ScenarioScreen() {
  const { t } = useTranslation();
  const [templates, setTemplates] = useState<readonly Template[]>([]);
  const [chosen, choose] = useSearchValue("template");
  const language = useLanguage();
  useEffect(() => {
    void engine().templates(language).then(setTemplates);
  }, [language]);
  const template = templates.find(({ id }) => id === chosen) ?? templates[0];
  return (
    <>
      <ScreenHead title={t("create.ways.scenario")} description={t("create.scenarioHint")} />
      <div className="scenarios">
        <ul className="panel scenario-list">
          {templates.map(({ id, name, description }) => (
            <li key={id}>
              <button
                type="button"
                className="scenario"
                aria-pressed={id === template?.id}
                onClick={() => choose(id)}
              >
                <strong>{name}</strong>
                <span className="soft small">{description}</span>
              </button>
            </li>
          ))}
        </ul>
        {template !== undefined && <Scenario key={template.id} template={template} />}
      </div>
    </>
  );
}

function Scenario({ template }: { template: Template }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [given, setGiven] = useState<Arguments>({});
  const [definition, setDefinition] = useState<SegmentDefinition>();
  const [refusal, setRefusal] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    void engine()
      .instantiate(template.id, given, { id: freeId(template.name), language })
      .then((answer) => {
        if (!isCurrent) return;
        setRefusal(answer.isRefused ? answer.message : undefined);
        if (!answer.isRefused) setDefinition(answer.value);
      });
    return () => {
      isCurrent = false;
    };
  }, [template, given, language]);
  const open = async () => {
    if (definition === undefined) return;
    await keepDraft(definition, []);
    navigate(addresses.builder(definition.id));
  };
  return (
    <section className="panel panel-body stack scenario-details">
      <h2>{template.name}</h2>
      <ArgumentFields fields={template.arguments} given={given} onChange={setGiven} />
      {refusal !== undefined && <Notice look="error">{refusal}</Notice>}
      {definition !== undefined && <DefinitionPreview definition={definition} />}
      <div className="row">
        <Button
          look="primary"
          disabled={definition === undefined || refusal !== undefined}
          onClick={() => void open()}
        >
          {t("create.openInBuilder")}
        </Button>
      </div>
    </section>
  );
}

/** A definition's number and sentence. */
export function DefinitionPreview({ definition }: { definition: SegmentDefinition }) {
  const { t } = useTranslation();
  const { number, share } = useFormats();
  const { at } = useInstant();
  const evaluations = useEvaluationOf(definition, at);
  const total = useEvaluated(evaluations, (state) => state.total);
  const sentence = useEvaluated(evaluations, (state) => state.sentence);
  return (
    <div className="preview" aria-live="polite">
      <p className="preview-count figure">
        <strong>{total === undefined ? "…" : number(total.count)}</strong>{" "}
        {total !== undefined && (
          <span className="soft">
            {t("summary.share", {
              share: share(total.count / Math.max(total.contacts, 1)),
              contacts: number(total.contacts),
            })}
          </span>
        )}
      </p>
      <p>{sentence}</p>
    </div>
  );
}

import type { SegmentDefinition } from "@fosterflow/segments/audience";
import type { TemplateArgument } from "@fosterflow/segments/authoring";
import { WandSparkles } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useInstant } from "../application/clock.ts";
import { ScreenHead } from "../application/screen_head.tsx";
import { freeId, saveSegments, useWorkspace } from "../application/workspace.ts";
import { keepDraft } from "../builder/edit_session.ts";
import { Button } from "../components/button.tsx";
import { Checkbox } from "../components/field.tsx";
import { Notice } from "../components/notice.tsx";
import { toast } from "../components/toast.tsx";
import { engine } from "../engine/engine.ts";
import { useFormats } from "../language/format.ts";
import { useLanguage } from "../language/language.ts";
import { navigate, useSearchValue } from "../navigation/location.ts";
import { addresses } from "../navigation/routes.ts";
import { ArgumentFields, type Arguments } from "./argument_fields.tsx";
import "./create.css";

interface Counted {
  readonly definition: SegmentDefinition;
  readonly count: number | undefined;
}

/** The eight personas with thresholds that suit the data; one opens in the builder, or all are made at once. */
export default function PersonaScreen() {
  const { t } = useTranslation();
  const { number, share } = useFormats();
  const { statistics } = useWorkspace();
  const { at } = useInstant();
  const language = useLanguage();
  const [fields, setFields] = useState<readonly TemplateArgument[]>([]);
  const [given, setGiven] = useState<Arguments>({});
  const [exclusive, setExclusive] = useSearchValue("exclusive", "yes");
  const [personas, setPersonas] = useState<readonly Counted[]>([]);
  const [refusal, setRefusal] = useState<string>();
  const isExclusive = exclusive === "yes";
  const tag = t("navigation.personas");

  useEffect(() => {
    void engine().personaArguments(language).then(setFields);
  }, [language]);
  useEffect(() => {
    let isCurrent = true;
    const ask = async () => {
      const answer = await engine().personas({ ...given, language, exclusive: isExclusive });
      if (!isCurrent) return;
      setRefusal(answer.isRefused ? answer.message : undefined);
      if (answer.isRefused) return;
      const counts = await engine().countTogether(answer.value, at);
      if (!isCurrent) return;
      const countOf = (id: string) => (counts.isRefused ? undefined : counts.value[id]);
      setPersonas(
        answer.value.map((definition) => ({ definition, count: countOf(definition.id) })),
      );
    };
    void ask();
    return () => {
      isCurrent = false;
    };
  }, [given, isExclusive, language, at]);

  const suggest = async () => setGiven({ ...given, ...(await engine().suggestThresholds({ at })) });
  // Alone it cannot name the others that win over it, so it stands for itself.
  const open = async ({ id }: SegmentDefinition) => {
    const answer = await engine().personas({ ...given, language });
    if (answer.isRefused) return;
    const alone = answer.value.find((definition) => definition.id === id);
    if (alone === undefined) return;
    const draft = { ...alone, id: freeId(alone.name ?? id) };
    await keepDraft(draft, [tag]);
    navigate(addresses.builder(draft.id));
  };
  const makeAll = async () => {
    const answer = await saveSegments(
      personas.map(({ definition }) => ({ definition, tags: [tag] })),
    );
    if (answer.isRefused) {
      toast(answer.message, { look: "error" });
      return;
    }
    toast(t("create.personasMade", { count: personas.length }));
    navigate(`${addresses.segments}?tag=${encodeURIComponent(tag)}`);
  };
  return (
    <>
      <ScreenHead
        title={t("create.ways.persona")}
        description={t("create.personaHint")}
        actions={
          <>
            <Button icon={<WandSparkles aria-hidden />} onClick={() => void suggest()}>
              {t("create.suggest")}
            </Button>
            <Button look="primary" disabled={personas.length === 0} onClick={() => void makeAll()}>
              {t("create.makeAll")}
            </Button>
          </>
        }
      />
      {refusal !== undefined && <Notice look="error">{refusal}</Notice>}
      <div className="scenarios">
        <ul className="panel scenario-list">
          {personas.map(({ definition, count }) => (
            <li key={definition.id}>
              <button type="button" className="scenario" onClick={() => void open(definition)}>
                <span className="scenario-head">
                  <strong>{definition.name}</strong>
                  <span className="figure">
                    {count === undefined ? "…" : number(count)}{" "}
                    <span className="soft">
                      {count !== undefined && share(count / Math.max(statistics.contacts, 1))}
                    </span>
                  </span>
                </span>
                <span className="soft small">{definition.description}</span>
              </button>
            </li>
          ))}
        </ul>
        <section className="panel panel-body stack scenario-details">
          <h2>{t("create.thresholds")}</h2>
          <Checkbox
            label={t("create.exclusive")}
            checked={isExclusive}
            onChange={({ target }) => setExclusive(target.checked ? "yes" : "no")}
          />
          <ArgumentFields fields={fields} given={given} onChange={setGiven} />
        </section>
      </div>
    </>
  );
}

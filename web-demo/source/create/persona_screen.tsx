import type { SegmentDefinition } from "@fosterflow/segments/audience";
import type { TemplateArgument } from "@fosterflow/segments/authoring";
import { WandSparkles } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useInstant } from "../application/clock.ts";
import { ScreenHead } from "../application/screen_head.tsx";
import { freeId, saveSegment, useWorkspace } from "../application/workspace.ts";
import { keepDraft } from "../builder/edit_session.ts";
import { Button } from "../components/button.tsx";
import { Checkbox } from "../components/field.tsx";
import { Notice } from "../components/notice.tsx";
import { toast } from "../components/toast.tsx";
import { engine } from "../engine/engine.ts";
import { useFormats } from "../language/format.ts";
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
  const [fields, setFields] = useState<readonly TemplateArgument[]>([]);
  const [given, setGiven] = useState<Arguments>({});
  const [exclusive, setExclusive] = useSearchValue("exclusive", "yes");
  const [personas, setPersonas] = useState<readonly Counted[]>([]);
  const [refusal, setRefusal] = useState<string>();
  const isExclusive = exclusive === "yes";

  useEffect(() => {
    void engine().personaArguments().then(setFields);
  }, []);
  useEffect(() => {
    let isCurrent = true;
    const ask = async () => {
      const answer = await engine().personas({ ...given, exclusive: isExclusive });
      if (!isCurrent) return;
      setRefusal(answer.isRefused ? answer.message : undefined);
      if (answer.isRefused) return;
      const counted = answer.value.map(async (definition) => {
        const count = await engine().count(definition, at);
        return { definition, count: count.isRefused ? undefined : count.value };
      });
      const all = await Promise.all(counted);
      if (isCurrent) setPersonas(all);
    };
    void ask();
    return () => {
      isCurrent = false;
    };
  }, [given, isExclusive, at]);

  const suggest = async () => setGiven({ ...given, ...(await engine().suggestThresholds({ at })) });
  const free = (definition: SegmentDefinition) => ({
    ...definition,
    id: freeId(definition.name ?? definition.id),
  });
  const open = async (definition: SegmentDefinition) => {
    const draft = free(definition);
    await keepDraft(draft, [t("navigation.personas")]);
    navigate(addresses.builder(draft.id));
  };
  const makeAll = async () => {
    for (const { definition } of personas) {
      const answer = await saveSegment(free(definition), { tags: [t("navigation.personas")] });
      if (answer.isRefused) {
        toast(answer.message, { look: "error" });
        return;
      }
    }
    toast(t("create.personasMade", { count: personas.length }));
    navigate(`${addresses.segments}?tag=${encodeURIComponent(t("navigation.personas"))}`);
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

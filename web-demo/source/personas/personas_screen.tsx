import { RotateCcw, Save, WandSparkles } from "lucide-react";
import { useState } from "react";
import { ScreenHead } from "../application/screen_head.tsx";
import { Button } from "../components/button.tsx";
import { Notice } from "../components/notice.tsx";
import { useScreenTexts } from "../language/screen_texts.ts";
import { EventSettings } from "./event_settings.tsx";
import { usePersonas, useSuggestions } from "./persona_figures.ts";
import { PersonaGroups, PersonaStrip } from "./persona_groups.tsx";
import { PersonaMap } from "./persona_map.tsx";
import { thresholds } from "./persona_rules.ts";
import { usePersonaSettings } from "./persona_settings.ts";
import { SaveDialog } from "./save_dialog.tsx";
import { ThresholdChart } from "./threshold_chart.tsx";
import "./texts.ts";
import "./personas_screen.css";

/** Recency, frequency and money of all contacts, and the eight groups that thresholds make of them. */
export default function PersonasScreen() {
  const { t } = useScreenTexts("personas");
  const { settings, change, reset, isChanged } = usePersonaSettings();
  const personas = usePersonas(settings);
  const suggested = useSuggestions(settings);
  const [isSaving, setSaving] = useState(false);
  return (
    <>
      <ScreenHead
        title={t("title")}
        description={t("description")}
        actions={
          <>
            {isChanged && (
              <Button look="quiet" icon={<RotateCcw aria-hidden />} onClick={reset}>
                {t("reset")}
              </Button>
            )}
            <Button
              icon={<WandSparkles aria-hidden />}
              disabled={suggested === undefined}
              onClick={() => suggested !== undefined && change(suggested)}
            >
              {t("suggest")}
            </Button>
            <Button
              look="primary"
              icon={<Save aria-hidden />}
              disabled={personas.definitions.length === 0}
              onClick={() => setSaving(true)}
            >
              {t("saveAll")}
            </Button>
          </>
        }
      />
      {personas.refusal !== undefined && <Notice look="error">{personas.refusal}</Notice>}
      <PersonaGroups personas={personas} />
      {settings !== undefined && (
        <>
          <PersonaMap settings={settings} />
          <h2 className="thresholds-title">{t("thresholdsTitle")}</h2>
          <PersonaStrip personas={personas} />
          <div className="thresholds">
            {thresholds.map((threshold) => (
              <ThresholdChart
                key={threshold}
                threshold={threshold}
                settings={settings}
                suggested={suggested?.[threshold]}
                onChange={(value) => change({ [threshold]: value })}
              />
            ))}
          </div>
          <EventSettings settings={settings} onChange={change} />
        </>
      )}
      {isSaving && (
        <SaveDialog definitions={personas.definitions} onClose={() => setSaving(false)} />
      )}
    </>
  );
}

import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { Progress } from "../components/progress.tsx";
import { useFormats } from "../language/format.ts";
import { startWorkspace, useWorkspace } from "./workspace.ts";

/** What is seen until the contacts are there. */
export function Opening() {
  const { t } = useTranslation();
  const { number } = useFormats();
  const { phase, step, failure } = useWorkspace();
  if (phase === "failed") {
    return (
      <div className="opening stack" role="alert">
        <h1>{t("opening.failed")}</h1>
        <pre className="failure-text">{failure}</pre>
        <p>
          <Button look="primary" onClick={() => void startWorkspace()}>
            {t("failure.retry")}
          </Button>
        </p>
      </div>
    );
  }
  return (
    <div className="opening stack" role="status">
      <h1>{phase === "loading" ? t("opening.making") : t("opening.opening")}</h1>
      <p className="soft">{t("opening.once")}</p>
      <Progress label={t("opening.making")} share={step?.share} />
      <p className="soft figure">
        {step === undefined ? " " : t("opening.messages", { count: number(step.lines) })}
      </p>
    </div>
  );
}

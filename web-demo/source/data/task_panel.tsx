import { Button } from "../components/button.tsx";
import { Progress } from "../components/progress.tsx";
import { useFormats } from "../language/format.ts";
import { useScreenTexts } from "../language/screen_texts.ts";
import type { DataTask } from "./data_task.ts";

/** How far the work is, and the way out of it. */
export function TaskPanel({ task }: { task: DataTask }) {
  const { t } = useScreenTexts("data");
  const { number, share } = useFormats();
  const { kind, phase, lines } = task;
  return (
    <section className="panel panel-body stack" aria-label={t(`tasks.${kind}`)}>
      <div className="row">
        <h2>{t(`tasks.${kind}`)}</h2>
        <Button className="row-end" onClick={task.cancel}>
          {t("common.cancel")}
        </Button>
      </div>
      <Progress label={t(`tasks.${kind}`)} share={task.share} />
      <p className="soft figure">
        {t(`phases.${phase}`)}
        {task.share !== undefined && ` · ${share(task.share)}`}
        {lines !== undefined && ` · ${t("messages", { count: lines, messages: number(lines) })}`}
      </p>
    </section>
  );
}

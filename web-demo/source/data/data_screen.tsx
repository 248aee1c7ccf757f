import { ScreenHead } from "../application/screen_head.tsx";
import { useScreenTexts } from "../language/screen_texts.ts";
import { useDataWork } from "./data_task.ts";
import { ImportPanel } from "./import_panel.tsx";
import { KeptPanel } from "./kept_panel.tsx";
import { OutcomeNotice } from "./outcome_notice.tsx";
import { ShopPanel } from "./shop_panel.tsx";
import { TaskPanel } from "./task_panel.tsx";
import "./texts.ts";
import "./data_screen.css";

/** The contacts that everything else is about: what they are, and how to have others. */
export default function DataScreen() {
  const { t } = useScreenTexts("data");
  const { task, outcome } = useDataWork();
  return (
    <>
      <ScreenHead title={t("title")} description={t("description")} />
      <div className="stack">
        {task !== undefined && <TaskPanel task={task} />}
        {outcome !== undefined && <OutcomeNotice outcome={outcome} />}
        <div className="data-columns">
          <KeptPanel />
          <ShopPanel isBusy={task !== undefined} />
        </div>
        <ImportPanel isBusy={task !== undefined} />
      </div>
    </>
  );
}

import { FileInput } from "lucide-react";
import { useState } from "react";
import { Button } from "../components/button.tsx";
import { FileDrop } from "../components/file_drop.tsx";
import { Notice } from "../components/notice.tsx";
import { useScreenTexts } from "../language/screen_texts.ts";
import { CsvMapping } from "./csv_mapping.tsx";
import { type CsvPlan, likelyPlan } from "./csv_plan.ts";
import { importFile } from "./data_task.ts";
import { type FileSample, fileSample } from "./file_sample.ts";

interface Chosen {
  readonly file: File;
  readonly sample: FileSample;
}

/** Reads a file of messages or of rows: looked at first, with what its columns mean, then taken. */
export function ImportPanel({ isBusy }: { isBusy: boolean }) {
  const { t } = useScreenTexts("data");
  const [chosen, setChosen] = useState<Chosen>();
  const [plan, setPlan] = useState<CsvPlan>();
  const [failure, setFailure] = useState<string>();
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    setFailure(undefined);
    try {
      const sample = await fileSample(file);
      setChosen({ file, sample });
      setPlan(
        sample.kind === "rows"
          ? likelyPlan(sample.separator, sample.titles, sample.rows)
          : undefined,
      );
    } catch (error) {
      setChosen(undefined);
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  const begin = () => {
    if (chosen === undefined) return;
    importFile(chosen.file, plan);
    setChosen(undefined);
    window.scrollTo({ top: 0 });
  };
  return (
    <section className="panel panel-body stack" aria-labelledby="data-import">
      <h2 id="data-import">{t("import.title")}</h2>
      <p className="soft">{t("import.hint")}</p>
      <FileDrop
        label={t("import.choose")}
        hint={t("import.drop")}
        accept=".ndjson,.jsonl,.json,.csv,.tsv,.txt,.gz"
        onTake={(file) => void take(file)}
      />
      {failure !== undefined && <Notice look="error">{failure}</Notice>}
      {chosen?.sample.kind === "empty" && <Notice look="warning">{t("import.empty")}</Notice>}
      {chosen !== undefined && chosen.sample.kind !== "empty" && (
        <>
          <h3>{chosen.file.name}</h3>
          {chosen.sample.kind === "messages" && (
            <>
              <h4>{t("import.firstMessages")}</h4>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: What scrolls must be reached by keyboard. */}
              <pre className="data-preview" tabIndex={0}>
                {chosen.sample.lines.join("\n")}
              </pre>
            </>
          )}
          {chosen.sample.kind === "rows" && plan !== undefined && (
            <CsvMapping
              titles={chosen.sample.titles}
              rows={chosen.sample.rows}
              plan={plan}
              onChange={setPlan}
            />
          )}
          <p className="soft small">{t("replaces")}</p>
          <div>
            <Button
              look="primary"
              icon={<FileInput aria-hidden />}
              disabled={isBusy}
              onClick={begin}
            >
              {t("import.start")}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

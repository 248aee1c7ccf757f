import type { SqlDialect, SqlQuery } from "@fosterflow/segments/authoring";
import { Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../application/workspace.ts";
import { Button } from "../components/button.tsx";
import { SelectField } from "../components/field.tsx";
import { Notice } from "../components/notice.tsx";
import { toast } from "../components/toast.tsx";
import { engine } from "../engine/engine.ts";
import { useSearchValue } from "../navigation/location.ts";
import { useDefinition } from "./builder_context.ts";

const dialects: Readonly<Record<SqlDialect, string>> = {
  duckdb: "DuckDB",
  postgres: "PostgreSQL",
  clickhouse: "ClickHouse",
};

/** The definition as a query of a warehouse. */
export function SqlTab() {
  const { t } = useTranslation();
  const definition = useDefinition();
  const { segments } = useWorkspace();
  const [chosen, setDialect] = useSearchValue("dialect", "duckdb");
  const dialect = (chosen in dialects ? chosen : "duckdb") as SqlDialect;
  const [query, setQuery] = useState<SqlQuery>();
  useEffect(() => {
    let isCurrent = true;
    const others = segments
      .filter(({ id }) => id !== definition.id)
      .map((other) => other.definition);
    void engine()
      .sql([definition, ...others], { dialect, segment: definition.id })
      .then((answer) => {
        // What is refused is said beside the rule; the last query stays.
        if (isCurrent && !answer.isRefused && answer.value !== undefined) setQuery(answer.value);
      });
    return () => {
      isCurrent = false;
    };
  }, [definition, segments, dialect]);
  const copy = async (sql: string) => {
    await navigator.clipboard.writeText(sql);
    toast(t("builder.copied"));
  };
  const sql = query?.sql ?? undefined;
  return (
    <div className="stack">
      <div className="row">
        <SelectField
          label={t("builder.dialect")}
          isLabelHidden
          value={dialect}
          choices={Object.entries(dialects).map(([value, label]) => ({
            value: value as SqlDialect,
            label,
          }))}
          onChoose={setDialect}
        />
        {sql !== undefined && (
          <Button
            size="small"
            className="row-end"
            icon={<Copy aria-hidden />}
            onClick={() => void copy(sql)}
          >
            {t("builder.copy")}
          </Button>
        )}
      </div>
      {(query?.refusals ?? []).map(({ path, what, message }) => (
        <Notice key={path} look="warning">
          <code>{what}</code>: {message}
        </Notice>
      ))}
      {sql !== undefined && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: What scrolls must be reached by keyboard.
        <pre className="sql" tabIndex={0}>
          {sql}
        </pre>
      )}
    </div>
  );
}

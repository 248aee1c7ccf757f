import { Copy } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { toast } from "../components/toast.tsx";
import { useDefinition } from "./builder_context.ts";
import { JsonInput } from "./json_input.tsx";
import { RemarkList } from "./remark_list.tsx";

/** The definition as it is written. */
export function JsonTab() {
  const { t } = useTranslation();
  const definition = useDefinition();
  const copy = async () => {
    await navigator.clipboard.writeText(JSON.stringify(definition, null, 2));
    toast(t("builder.copied"));
  };
  return (
    <div className="stack">
      <div className="row">
        <p className="small soft">{t("builder.jsonHint")}</p>
        <Button
          size="small"
          className="row-end"
          icon={<Copy aria-hidden />}
          onClick={() => void copy()}
        >
          {t("builder.copy")}
        </Button>
      </div>
      <JsonInput pointer="" label={t("builder.json")} rows={28} />
      <RemarkList pointer="" isGroup={false} />
    </div>
  );
}

import { useTranslation } from "react-i18next";
import { Link } from "../navigation/link.tsx";
import { addresses } from "../navigation/routes.ts";

export function UnknownScreen() {
  const { t } = useTranslation();
  return (
    <div className="panel panel-body stack">
      <h1>{t("unknown.title")}</h1>
      <p>
        <Link href={addresses.segments}>{t("unknown.back")}</Link>
      </p>
    </div>
  );
}

import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { ErrorBoundary } from "../components/error_boundary.tsx";
import { Toasts } from "../components/toast.tsx";
import { usePlace } from "../navigation/location.ts";
import { routeOf } from "../navigation/routes.ts";
import { Navigation } from "./navigation.tsx";
import { Opening } from "./opening.tsx";
import { screenOf } from "./screens.tsx";
import { useWorkspace } from "./workspace.ts";
import "./application.css";

export function Application() {
  const { t } = useTranslation();
  const { path } = usePlace();
  const { phase } = useWorkspace();
  return (
    <Toasts>
      <a className="skip-link" href="#content">
        {t("navigation.skip")}
      </a>
      <div className="application">
        <Navigation />
        <main id="content" className="content" tabIndex={-1}>
          <ErrorBoundary resetKey={path}>
            {phase === "ready" ? (
              <Suspense fallback={<p className="soft content-wait">{t("common.loading")}</p>}>
                {screenOf(routeOf(path))}
              </Suspense>
            ) : (
              <Opening />
            )}
          </ErrorBoundary>
        </main>
      </div>
    </Toasts>
  );
}

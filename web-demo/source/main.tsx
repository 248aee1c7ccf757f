import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Application } from "./application/application.tsx";
import { startTheme } from "./application/theme.ts";
import { startWorkspace } from "./application/workspace.ts";
import { startLanguage } from "./language/language.ts";
import "./design/tokens.css";
import "./design/base.css";
import "./design/pieces.css";

startTheme();
await startLanguage();
const place = document.getElementById("root");
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <Application />
    </StrictMode>,
  );
}
await startWorkspace();

import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { pageHeaders } from "./page_headers.ts";

const inSource = (path: string) => fileURLToPath(new URL(`source/${path}`, import.meta.url));

export default defineConfig({
  plugins: [react()],
  base: "/",
  resolve: {
    alias: {
      // The original writes <style> elements, which `style-src 'self'` refuses.
      "react-style-singleton": inSource("components/adopted_style.ts"),
    },
  },
  build: {
    target: "es2022",
    outDir: "dist",
    // For the check of what a first visit loads.
    manifest: true,
    // Inlined files would be data: addresses, which the policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
  },
  worker: { format: "es" },
  preview: { headers: pageHeaders },
});

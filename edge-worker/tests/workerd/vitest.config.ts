import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { testWorkspaces } from "./workspaces.ts";

/** The tests run inside workerd, beside the worker, so that they can reach into its objects. */
export default defineConfig({
  plugins: [
    cloudflareTest({
      main: "../../source/worker.ts",
      wrangler: { configPath: "../../wrangler.jsonc" },
      miniflare: {
        bindings: { WORKSPACES: JSON.stringify(testWorkspaces), ALLOW_PRIVATE_ENDPOINTS: "true" },
        serviceBindings: { STUDIO: () => new Response(null, { status: 503 }) },
      },
    }),
  ],
});

import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { metricsKey, testWorkspaces } from "./workspaces.ts";

/** The tests run inside workerd, beside the worker, so that they can reach into its objects. */
export default defineConfig({
  // For machines that are busy.
  test: { testTimeout: 60_000 },
  plugins: [
    cloudflareTest({
      main: "../../source/worker.ts",
      wrangler: { configPath: "../../wrangler.jsonc" },
      miniflare: {
        bindings: {
          WORKSPACES: JSON.stringify(testWorkspaces),
          METRICS_KEY: metricsKey,
          ALLOW_PRIVATE_ENDPOINTS: "true",
        },
        serviceBindings: { STUDIO: () => new Response(null, { status: 503 }) },
      },
    }),
  ],
});

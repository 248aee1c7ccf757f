import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { waitUntilReady } from "../local/ready.mjs";

const workspace = fileURLToPath(new URL("..", import.meta.url));
const modules = join(workspace, "deployment", "node_modules");
const writeKey = "wrangler-write-key";
const adminKey = "wrangler-admin-key";

/** Both workers as `wrangler dev` runs them: a message in, and the reason for a membership out. */
export async function wranglerDev(port: number): Promise<string> {
  const stateFolder = mkdtempSync(join(tmpdir(), "edge-wrangler-"));
  const child = spawn(
    join(modules, "node", "bin", "node"),
    [
      ...[join(modules, "wrangler", "bin", "wrangler.js"), "dev"],
      ...["-c", "wrangler.jsonc", "-c", "wrangler.studio.jsonc", "--persist-to", stateFolder],
      ...["--ip", "127.0.0.1", "--port", String(port), "--inspector-port", "0"],
    ],
    {
      cwd: workspace,
      detached: true,
      stdio: "ignore",
      env: {
        ...process.env,
        WORKSPACES: JSON.stringify({ dev: { writeKeys: [writeKey], adminKeys: [adminKey] } }),
        WRANGLER_LOG_PATH: stateFolder,
      },
    },
  );
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const url = `http://127.0.0.1:${port}`;
  const ask = async (path: string, method: string, authorization: string, body?: object) => {
    const response = await fetch(`${url}${path}`, {
      ...{ method, headers: { authorization } },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  };
  try {
    await waitUntilReady(`${url}/health`, child);
    const admin = `Bearer ${adminKey}`;
    const definition = { version: 1, when: { kind: "event", event: "Viewed" } };
    await ask("/v1/segments/viewers", "PUT", admin, definition);
    const message = { userId: "somebody", event: "Viewed" };
    await ask("/v1/track", "POST", `Basic ${btoa(`${writeKey}:`)}`, message);
    const why = await ask("/v1/contacts/somebody/explain/viewers", "GET", admin);
    assert.equal(why["holds"], true);
    return "wrangler dev: a message in, a reason out";
  } finally {
    process.kill(-(child.pid ?? 0), "SIGKILL");
    await ended;
    for (const folder of [stateFolder, join(workspace, ".wrangler", "tmp")]) {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }
}

import { spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bundleWorker, writeText } from "./bundle.mjs";
import {
  objectBinding,
  serviceBinding,
  text,
  textBinding,
  workerdConfiguration,
} from "./configuration.mjs";
import { localKeys } from "./keys.mjs";
import { waitUntilReady } from "./ready.mjs";

const workspaceFolder = join(dirname(fileURLToPath(import.meta.url)), "..");
/** Names of this machine. A page that has another one pointed here (DNS rebinding) is not answered. */
const localHosts = ["127.0.0.1", "localhost", "[::1]"];

/** Milliseconds for a process to end by itself. */
const stopPatience = 1000;

const networks = { private: ["public", "private"], public: ["public"] };

const runtime = join(workspaceFolder, "runtime", "node_modules", "workerd", "bin", "workerd");

/**
 * @typedef {{
 *   port?: number,
 *   dataFolder?: string,
 *   siteFolder?: string,
 *   entry?: string,
 *   endpointUrl?: string | null,
 *   quiet?: boolean,
 *   onOutput?: (text: string) => void,
 *   workspaces?: Readonly<Record<string, object>>,
 *   detached?: boolean,
 *   hosts?: readonly string[],
 *   arePrivateEndpointsAllowed?: boolean,
 *   network?: "private" | "public",
 *   logLevel?: "debug" | "info" | "warning" | "error",
 * }} LocalOptions
 *
 * - `port`: default 8787; 127.0.0.1 only.
 * - `dataFolder`: where everything is kept (default `.local` here).
 * - `siteFolder`: the page's files (default `web-demo/dist`, when that is there).
 * - `entry`: another main module for the edge worker, for tests.
 * - `endpointUrl`: where deltas go (default: the backend of this run; null: nowhere).
 * - `onOutput`: told what the process prints, which is then shown nowhere.
 * - `workspaces`: more of them, as WORKSPACES has them.
 * - `hosts`: names that it answers to beside those of this machine, where a proxy stands before it.
 * - `arePrivateEndpointsAllowed`, `network`: whether deltas may go to private networks, as the worker decides (default: yes), and
 *   as workerd does by the address that a name has (default: `private`, which has the public ones, too).
 * - `logLevel`: LOG_LEVEL of the edge worker.
 */

/**
 * @typedef {{
 *   url: string,
 *   keys: import("./keys.mjs").LocalKeys,
 *   process: import("node:child_process").ChildProcess,
 *   stop: () => Promise<void>,
 * }} LocalRun
 */

/**
 * Starts the edge worker, a backend and a page on one port, in one process of workerd.
 * @param {LocalOptions} [options]
 * @returns {Promise<LocalRun>} when it answers
 */
export async function startLocal(options = {}) {
  const prepared = await prepareLocal(options);
  const run = await serveLocal(prepared, options);
  if (options.endpointUrl !== null) {
    const { url, keys } = prepared;
    await putEndpoint(url, keys, options.endpointUrl ?? `${url}/backend/v1/deltas`);
  }
  return run;
}

/**
 * Starts workerd over what `prepareLocal` has written, perhaps again.
 * @param {Awaited<ReturnType<typeof prepareLocal>>} prepared
 * @param {Pick<LocalOptions, "quiet" | "detached" | "onOutput">} [options]
 * @returns {Promise<LocalRun>} when it answers
 */
export async function serveLocal(
  { configuration, keys, url },
  { quiet = false, detached = false, onOutput } = {},
) {
  const output = onOutput === undefined ? (quiet ? "ignore" : "inherit") : "pipe";
  const child = spawn(runtime, ["serve", "--experimental", configuration], {
    stdio: ["ignore", output, output],
    detached,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text) => onOutput?.(text));
  }
  const ended = new Promise((done) => child.once("exit", done));
  await waitUntilReady(`${url}/health`, child);
  return {
    url,
    keys,
    process: child,
    async stop() {
      child.kill("SIGTERM");
      // It waits for connections to end, and live feeds do not; what it has said is stored, is stored.
      const timer = setTimeout(() => child.kill("SIGKILL"), stopPatience);
      await ended;
      clearTimeout(timer);
    },
  };
}

/**
 * Bundles the workers and writes what workerd is told.
 * @param {LocalOptions} options
 */
export async function prepareLocal(options) {
  const { port = 8787, entry = "source/worker.ts", workspaces = {}, hosts = [] } = options;
  const { arePrivateEndpointsAllowed = true, network = "private", logLevel = "info" } = options;
  const dataFolder = resolve(options.dataFolder ?? join(workspaceFolder, ".local"));
  const siteFolder = resolve(options.siteFolder ?? join(workspaceFolder, "..", "web-demo", "dist"));
  const hasSite = existsSync(join(siteFolder, "index.html"));
  const objects = join(dataFolder, "objects");
  const backend = join(dataFolder, "backend");
  mkdirSync(objects, { recursive: true });
  mkdirSync(backend, { recursive: true });
  const keys = localKeys(dataFolder);
  const { workspace, writeKey, adminKey, pageKey } = keys;
  const url = `http://127.0.0.1:${port}`;
  const allWorkspaces = {
    [workspace]: { writeKeys: [writeKey], adminKeys: [adminKey], origins: ["*"], sampleRate: 1 },
    ...workspaces,
  };
  const bundle = (/** @type {string} */ source, /** @type {string} */ name) =>
    bundleWorker(source, join(dataFolder, "workers", name), `workers/${name}`);
  const [edge, studio, backendModules, front] = await Promise.all([
    bundle(entry, "edge"),
    bundle("source/studio/studio_worker.ts", "studio"),
    bundle("source/local/backend_worker.ts", "backend"),
    bundle("source/local/front_worker.ts", "front"),
  ]);
  const configuration = join(dataFolder, "workerd.capnp");
  writeText(
    configuration,
    workerdConfiguration({
      workers: [
        {
          name: "front",
          modules: front,
          bindings: [
            serviceBinding("EDGE", "edge"),
            serviceBinding("BACKEND", "backend"),
            ...(hasSite ? [serviceBinding("SITE", "site")] : []),
            textBinding("LOCAL", JSON.stringify({ workspace, writeKey, adminKey, pageKey })),
            textBinding("HOSTS", JSON.stringify([...localHosts, ...hosts])),
          ],
        },
        {
          name: "edge",
          modules: edge,
          bindings: [
            objectBinding("CONTACTS", "ContactObject"),
            objectBinding("REGISTRIES", "RegistryObject"),
            objectBinding("IDENTITIES", "IdentityObject"),
            objectBinding("SHARDS", "ShardObject"),
            objectBinding("LISTS", "ListObject"),
            serviceBinding("STUDIO", "studio"),
            textBinding("WORKSPACES", JSON.stringify(allWorkspaces)),
            textBinding("METRICS_KEY", keys.metricsKey),
            textBinding("ALLOW_PRIVATE_ENDPOINTS", String(arePrivateEndpointsAllowed)),
            textBinding("LOG_LEVEL", logLevel),
          ],
          objects: [
            "ContactObject",
            "RegistryObject",
            "IdentityObject",
            "ShardObject",
            "ListObject",
          ].map((className) => ({ className, uniqueKey: `fosterflow-${className}` })),
          outbound: "network",
          disk: "objects",
        },
        {
          name: "studio",
          modules: studio,
          bindings: [
            objectBinding("CONTACTS", "ContactObject", "edge"),
            objectBinding("SHARDS", "ShardObject", "edge"),
          ],
        },
        {
          name: "backend",
          modules: backendModules,
          bindings: [
            objectBinding("BACKEND", "BackendObject"),
            textBinding("WEBHOOK_SECRET", keys.webhookSecret),
            textBinding("PAGE_KEY", pageKey),
          ],
          objects: [{ className: "BackendObject", uniqueKey: "fosterflow-BackendObject" }],
          disk: "backend-objects",
        },
      ],
      services: [
        `(name = "objects", disk = (path = ${text(objects)}, writable = true))`,
        `(name = "backend-objects", disk = (path = ${text(backend)}, writable = true))`,
        `(name = "network", network = (allow = [${networks[network].map(text).join(", ")}]))`,
        ...(hasSite
          ? [`(name = "site", disk = (path = ${text(siteFolder)}, writable = false))`]
          : []),
      ],
      socket: { address: `127.0.0.1:${port}`, service: "front" },
    }),
  );
  return { configuration, keys, url };
}

/**
 * Tells the edge worker where deltas go, unless it knows.
 * @param {string} url
 * @param {import("./keys.mjs").LocalKeys} keys
 * @param {string} endpointUrl
 */
export async function putEndpoint(url, { adminKey, webhookSecret }, endpointUrl) {
  const headers = { authorization: `Bearer ${adminKey}` };
  const known = await fetch(`${url}/v1/endpoints/backend`, { headers });
  const { url: knownUrl } = /** @type {{ url?: string }} */ (known.ok ? await known.json() : {});
  if (knownUrl === endpointUrl) return;
  const response = await fetch(`${url}/v1/endpoints/backend`, {
    method: "PUT",
    headers,
    body: JSON.stringify({ url: endpointUrl, secrets: [webhookSecret] }),
  });
  if (!response.ok) throw new Error(`the endpoint was refused: ${await response.text()}`);
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "8787" },
      data: { type: "string" },
      site: { type: "string" },
      host: { type: "string", multiple: true, default: [] },
    },
  });
  const run = await startLocal({
    port: Number(values.port),
    hosts: values.host,
    ...(values.data === undefined ? {} : { dataFolder: values.data }),
    ...(values.site === undefined ? {} : { siteFolder: values.site }),
  });
  console.log(`The edge worker answers at ${run.url}; its keys are at ${run.url}/local.json`);
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
    process.once(signal, () => void run.stop().then(() => process.exit(0)));
  }
}

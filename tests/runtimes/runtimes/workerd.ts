import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { parametersOf } from "../commands.ts";
import { outputOf } from "../processes.ts";
import { esbuild, installedTool, type Project, toolVersion } from "../project.ts";
import { checked, type Outcome, outcomeOf, type Runtime, type Way } from "../runtime.ts";
import { startedServer } from "../server_program.ts";

/**
 * The one of project/workerd/config.capnp, and one before workerd claims to be Node.js and has FinalizationRegistry.
 * Code from strings and bytes is refused at start-up too, by the flag in the configuration.
 */
const configuredDate = "2026-10-01";
const compatibilityDates = ["2025-01-01", configuredDate];

export const workerd: Runtime = {
  name: "workerd",
  isEveryday: true,
  async ways(project, everyday) {
    const program = installedTool("everyday", ".bin", "workerd");
    const version = toolVersion("everyday", "workerd");
    const ways: Way[] = compatibilityDates.map((date) => ({
      title: `workerd, compatibility date ${date}`,
      version,
      decidesCases: true,
      run: async () => outcomeOf(await answerOf(program, await bundled(project, date))),
    }));
    const refused = {
      title: "workerd, bundled without its condition",
      version,
      decidesCases: false,
      run: () => refusedByHost(program, project),
    };
    return everyday ? ways : [...ways, refused];
  },
};

/** Puts the worker and its modules in one folder, as wrangler does. */
async function bundled({ directory, installed }: Project, date: string): Promise<string> {
  const out = join(directory, "out", "workerd");
  await outputOf({ program: esbuild, parameters: parametersOf("workerd bundle"), directory });
  for (const name of ["core.wasm", "audience.wasm", "studio.wasm"]) {
    cpSync(join(installed, "dist", name), join(out, name));
  }
  const text = readFileSync(join(directory, "workerd", "config.capnp"), "utf8");
  if (!text.includes(`"${configuredDate}"`))
    throw new Error(`no ${configuredDate} in config.capnp`);
  writeFileSync(join(out, "config.capnp"), text.replace(configuredDate, date));
  return out;
}

/** What a server with the configuration of a folder answers. */
async function answerOf(program: string, directory: string): Promise<string> {
  const server = await startedServer((port) => ({
    program,
    parameters: [...parametersOf("workerd"), `--socket-addr=http=127.0.0.1:${port}`],
    directory,
  }));
  try {
    return await server.answer("/");
  } finally {
    await server.stop();
  }
}

/** Whoever bundles the inline core for workerd is told what to do, by every request anew. */
async function refusedByHost(program: string, project: Project): Promise<Outcome> {
  const since = performance.now();
  const directory = await bundled(project, configuredDate);
  await build({
    stdin: { contents: refusedWorker, resolveDir: project.directory },
    outfile: join(directory, "worker.js"),
    bundle: true,
    format: "esm",
    logLevel: "silent",
    allowOverwrite: true,
  });
  const answer = await answerOf(program, directory);
  const wanted = /^(core_unavailable .*bundle with its condition \(workerd, edge-light\).*\n){2}$/;
  const problems = wanted.test(answer) ? [] : [answer];
  return checked(problems, 1, Math.round(performance.now() - since));
}

const refusedWorker = `import { createEngine } from "@fosterflow/segments";
const attempt = () =>
  createEngine({ segments: [] }).then(
    () => "started\\n",
    ({ code, message }) => code + " " + message + "\\n",
  );
export default { fetch: async () => new Response((await attempt()) + (await attempt())) };
`;

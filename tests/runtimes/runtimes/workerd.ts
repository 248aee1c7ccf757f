import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parametersOf } from "../commands.ts";
import { outputOf } from "../processes.ts";
import { esbuild, installedTool, type Project, toolVersion } from "../project.ts";
import { type Outcome, outcomeOf, type Runtime } from "../runtime.ts";
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
  async ways(project) {
    const program = installedTool("everyday", ".bin", "workerd");
    const version = toolVersion("everyday", "workerd");
    return compatibilityDates.map((date) => ({
      title: `workerd, compatibility date ${date}`,
      version,
      decidesCases: true,
      run: () => served(program, project, date),
    }));
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

async function served(program: string, project: Project, date: string): Promise<Outcome> {
  const directory = await bundled(project, date);
  const server = await startedServer((port) => ({
    program,
    parameters: [...parametersOf("workerd"), `--socket-addr=http=127.0.0.1:${port}`],
    directory,
  }));
  try {
    return outcomeOf(await server.answer("/"));
  } finally {
    await server.stop();
  }
}

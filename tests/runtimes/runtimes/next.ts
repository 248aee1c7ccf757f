import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, decidedBy } from "../browsers.ts";
import { parametersOf } from "../commands.ts";
import { neededPolicy } from "../page_server.ts";
import { answersOf } from "../page_source.ts";
import { outputOf } from "../processes.ts";
import { newApplication, type Project } from "../project.ts";
import { type Outcome, outcomeOf, type Runtime, type Way } from "../runtime.ts";
import { type ServerProgram, startedServer } from "../server_program.ts";

/** An application of Next.js: a route on the edge, one in Node.js, and a client component. */
export const next: Runtime = {
  name: "next",
  isEveryday: false,
  async ways(project) {
    const directory = await built(project);
    const manifest = readFileSync(join(directory, "node_modules", "next", "package.json"), "utf8");
    const { version } = JSON.parse(manifest) as { version: string };
    const way = (title: string, run: (server: ServerProgram) => Promise<Outcome>): Way => ({
      title: `Next.js, ${title}`,
      version,
      decidesCases: true,
      run: () => served(directory, run),
    });
    const ways = [
      way("edge route", async (server) => {
        checkCompiledModules(directory);
        return outcomeOf(await server.answer("/edge"));
      }),
      way("Node.js route", async (server) => outcomeOf(await server.answer("/node"))),
    ];
    const browser = await chromium();
    if (browser === undefined) return ways;
    // Next.js puts scripts of its own into the page; a nonce would allow them, too.
    const policy = `${neededPolicy} 'unsafe-inline'`;
    const inPage = way("client component, in Chromium", async (server) => {
      await server.answer("/");
      return decidedBy(browser, answersOf(server.origin), "/", policy);
    });
    return [...ways, inPage];
  },
};

/** Next.js lets an edge route compile bytes here, and Vercel does not: what counts is that the build has the modules. */
function checkCompiledModules(directory: string): void {
  const files = readdirSync(join(directory, ".next", "server", "edge", "chunks"));
  for (const name of ["core", "audience", "studio"]) {
    if (!files.some((file) => file.includes(`_${name}_`) && file.endsWith(".wasm"))) {
      throw new Error(`the build has no ${name}.wasm for the edge, but ${files.join(", ")}`);
    }
  }
}

const command = ["node_modules", "next", "dist", "bin", "next"];

async function built(project: Project): Promise<string> {
  const directory = await newApplication(project, "next");
  const parameters = [join(directory, ...command), ...parametersOf("next build")];
  await outputOf({ program: process.execPath, parameters, directory });
  return directory;
}

async function served(
  directory: string,
  run: (server: ServerProgram) => Promise<Outcome>,
): Promise<Outcome> {
  const server = await startedServer((port) => ({
    program: process.execPath,
    parameters: [join(directory, ...command), ...parametersOf("next start"), "--port", `${port}`],
    directory,
  }));
  try {
    return await run(server);
  } finally {
    await server.stop();
  }
}

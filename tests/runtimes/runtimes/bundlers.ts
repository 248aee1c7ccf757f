import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { version as esbuildVersion } from "esbuild";
import { type Browser, chromium, decidedBy } from "../browsers.ts";
import { parametersOf } from "../commands.ts";
import { filesOf } from "../page_source.ts";
import { outputOf } from "../processes.ts";
import { esbuild, installedTool, type Project, toolVersion } from "../project.ts";
import { printedOutcome, type Runtime, type Way } from "../runtime.ts";

/** Builds a folder of the project into a folder that is served. Neither it nor the project is configured for the package. */
interface Bundler {
  readonly name: string;
  readonly title: string;
  readonly version: () => string;
  /** The folders that it can build; only some understand `new URL(file, import.meta.url)`. */
  readonly pages: readonly ("page" | "page-fetching")[];
  readonly build: (project: Project, page: string, out: string) => Promise<void>;
}

/** Runs a command of the project with a tool of that name. */
async function runTool({ directory }: Project, name: string, command: string) {
  const tool = installedTool("complete", ".bin", name);
  const parameters = [tool, ...parametersOf(command)];
  await outputOf({ program: process.execPath, parameters, directory });
}

/** The command that builds a page. */
const commandOf = (name: string, page: string) =>
  page === "page" ? name : `${name}, core fetched`;

/** For bundlers that build scripts and leave pages to others. */
function copyPage({ directory }: Project, page: string, out: string): void {
  mkdirSync(join(directory, out), { recursive: true });
  cpSync(join(directory, page, "index.html"), join(directory, out, "index.html"));
}

const bundlers: readonly Bundler[] = [
  {
    name: "vite",
    title: "Vite",
    version: () => toolVersion("complete", "vite"),
    pages: ["page", "page-fetching"],
    build: (project, page) => runTool(project, "vite", commandOf("vite", page)),
  },
  {
    name: "webpack",
    title: "webpack",
    version: () => toolVersion("complete", "webpack"),
    pages: ["page", "page-fetching"],
    build: async (project, page, out) => {
      copyPage(project, page, out);
      await runTool(project, "webpack", commandOf("webpack", page));
    },
  },
  {
    name: "esbuild",
    title: "esbuild",
    version: () => esbuildVersion,
    pages: ["page"],
    build: async (project, page, out) => {
      copyPage(project, page, out);
      const { directory } = project;
      await outputOf({ program: esbuild, parameters: parametersOf("esbuild"), directory });
    },
  },
  {
    name: "rollup",
    title: "Rollup",
    version: () => toolVersion("complete", "rollup"),
    pages: ["page"],
    build: async (project, page, out) => {
      copyPage(project, page, out);
      // The configuration imports its plugin as one that was installed beside the package.
      const plugin = join(project.directory, "node_modules", "@rollup");
      symlinkSync(installedTool("complete", "@rollup"), plugin);
      await runTool(project, "rollup", "rollup");
    },
  },
  {
    name: "parcel",
    title: "Parcel",
    version: () => toolVersion("complete", "parcel"),
    pages: ["page"],
    build: (project) => runTool(project, "parcel", "parcel"),
  },
];

/** Each bundler's output in Chromium, under the least Content-Security-Policy that does. */
function runtimeOf(bundler: Bundler): Runtime {
  const { name, title, pages } = bundler;
  return {
    name,
    isEveryday: false,
    async ways(project) {
      const browser = await chromium();
      if (browser === undefined)
        return { absent: "chromium, to run what it builds in, is not installed" };
      const version = bundler.version();
      const ways = pages.map((page) => ({
        title: `${title}${page === "page" ? "" : ", core fetched"}, in Chromium`,
        version,
        decidesCases: true,
        run: () => builtAndDecided(bundler, project, page, browser),
      }));
      return name === "esbuild" ? [...ways, ...bundledForNode(project, version)] : ways;
    },
  };
}

async function builtAndDecided(
  { name, build }: Bundler,
  project: Project,
  page: string,
  browser: Browser,
) {
  const out = `out/${name}${page === "page" ? "" : "-fetching"}`;
  await build(project, page, out);
  return decidedBy(browser, filesOf(join(project.directory, out)), "/index.html");
}

/** One file for a server or a function in the cloud; the package is in it whole. */
function bundledForNode({ directory }: Project, version: string): Way[] {
  return ["cjs", "esm"].map((format) => ({
    title: `esbuild, for Node.js as ${format}`,
    version,
    decidesCases: true,
    run: async () => {
      const parameters = parametersOf(`esbuild for node as ${format}`);
      await outputOf({ program: esbuild, parameters, directory });
      const file = `out/node-${format}/main.${format === "cjs" ? "cjs" : "mjs"}`;
      // Elsewhere, so that nothing but the file itself is found.
      const alone = { program: process.execPath, parameters: [join(directory, file)] };
      return printedOutcome(await outputOf({ ...alone, directory: "/" }));
    },
  }));
}

export const bundled: readonly Runtime[] = bundlers.map(runtimeOf);

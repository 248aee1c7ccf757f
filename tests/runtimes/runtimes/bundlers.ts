import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { version as esbuildVersion } from "esbuild";
import { type Browser, chromium, decidedBy } from "../browsers.ts";
import { filesOf } from "../page_source.ts";
import { outputOf } from "../processes.ts";
import { installedTool, type Project, toolVersion } from "../project.ts";
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

const require = createRequire(import.meta.url);
const esbuildProgram = require.resolve("esbuild/bin/esbuild");

/** Runs a tool's command in the project. */
async function runTool({ directory }: Project, name: string, parameters: string[]) {
  const program = process.execPath;
  const command = installedTool("complete", ".bin", name);
  await outputOf({ program, parameters: [command, ...parameters], directory });
}

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
    build: (project, page, out) =>
      runTool(project, "vite", ["build", page, "--outDir", `../${out}`, "--logLevel", "warn"]),
  },
  {
    name: "webpack",
    title: "webpack",
    version: () => toolVersion("complete", "webpack"),
    pages: ["page", "page-fetching"],
    build: async (project, page, out) => {
      copyPage(project, page, out);
      await runTool(project, "webpack", [
        ...[`./${page}/main.mjs`, "--mode", "production"],
        ...["--output-path", out, "--output-filename", "main.mjs"],
      ]);
    },
  },
  {
    name: "esbuild",
    title: "esbuild",
    version: () => esbuildVersion,
    pages: ["page"],
    build: async (project, page, out) => {
      copyPage(project, page, out);
      await outputOf({
        program: esbuildProgram,
        parameters: [
          ...[`${page}/main.mjs`, "--bundle", "--minify", "--format=esm"],
          ...[`--outfile=${out}/main.mjs`, "--log-level=warning"],
        ],
        directory: project.directory,
      });
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
      await runTool(project, "rollup", ["--config", "rollup/rollup.config.mjs"]);
    },
  },
  {
    name: "parcel",
    title: "Parcel",
    version: () => toolVersion("complete", "parcel"),
    pages: ["page"],
    build: (project, page, out) =>
      runTool(project, "parcel", [
        ...["build", `${page}/index.html`, "--dist-dir", out, "--no-cache", "--no-source-maps"],
        ...["--log-level", "warn"],
      ]),
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
  const program = esbuildProgram;
  return ["cjs", "esm"].map((format) => ({
    title: `esbuild, for Node.js as ${format}`,
    version,
    decidesCases: true,
    run: async () => {
      const file = `out/node-bundle/main.${format === "cjs" ? "cjs" : "mjs"}`;
      // CommonJS has no await at the top of a module.
      const source = format === "cjs" ? "node/require.cjs" : "node/import.mjs";
      const parameters = [
        ...[source, "--bundle", "--platform=node", `--format=${format}`],
        ...[`--outfile=${file}`, "--log-level=error"],
      ];
      await outputOf({ program, parameters, directory });
      // Elsewhere, so that nothing but the file itself is found.
      const alone = { program: process.execPath, parameters: [join(directory, file)] };
      return printedOutcome(await outputOf({ ...alone, directory: "/" }));
    },
  }));
}

export const bundled: readonly Runtime[] = bundlers.map(runtimeOf);

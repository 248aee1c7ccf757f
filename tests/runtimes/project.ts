import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { outputOf } from "./processes.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const sources = fileURLToPath(new URL("./project/", import.meta.url));
const packageName = "@fosterflow/segments";

const require = createRequire(import.meta.url);
/** The esbuild that builds the package, too. */
export const esbuild = require.resolve("esbuild/bin/esbuild");

export type ToolFolder = "everyday" | "complete";

/** A folder of its own that has the package as it would be published, and nothing else. */
export interface Project {
  readonly directory: string;
  readonly tarball: string;
  /** How many cases the corpus has. */
  readonly cases: number;
  /** The installed package. */
  readonly installed: string;
  dispose(): void;
}

/** Packs what is built, and installs it in an empty folder beside the programs of project/. */
export async function newProject(): Promise<Project> {
  const directory = mkdtempSync(join(tmpdir(), "segments-runtimes-"));
  const packed = await outputOf({
    program: "npm",
    parameters: ["pack", "--ignore-scripts", "--silent", "--pack-destination", directory],
    directory: root,
  });
  const tarball = join(directory, packed.trim().split("\n").at(-1) ?? "");
  const manifest = { name: "application", private: true, type: "module" };
  writeFileSync(join(directory, "package.json"), JSON.stringify(manifest));
  await outputOf({
    program: "npm",
    parameters: ["install", "--no-audit", "--no-fund", "--silent", tarball],
    directory,
  });
  cpSync(sources, directory, { recursive: true });
  const installed = join(directory, "node_modules", packageName);
  return {
    directory,
    tarball,
    cases: writeCases(join(installed, "tests", "corpus"), join(directory, "cases.mjs")),
    installed,
    dispose: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** The corpus of the installed package as one module, for runtimes that read no files. */
function writeCases(corpus: string, target: string): number {
  const cases = readdirSync(corpus)
    .filter((name) => name.endsWith(".json") && name !== "zones.json")
    .sort()
    .flatMap((name) => {
      const text = readFileSync(join(corpus, name), "utf8");
      return (JSON.parse(text) as { cases: unknown[] }).cases;
    });
  writeFileSync(target, `export const cases = ${JSON.stringify(cases)};\n`);
  return cases.length;
}

/** A folder beside the project's own, with the packages of a folder of tools and the package, as npm installs them. */
export async function newApplication(project: Project, tools: string): Promise<string> {
  const directory = join(project.directory, tools);
  for (const name of ["package.json", "package-lock.json"]) {
    const source = fileURLToPath(new URL(`./tools/${tools}/${name}`, import.meta.url));
    cpSync(source, join(directory, name));
  }
  for (const name of ["program.mjs", "cases.mjs"]) {
    cpSync(join(project.directory, name), join(directory, name));
  }
  await outputOf({
    program: "npm",
    parameters: ["install", "--no-audit", "--no-fund", "--silent", project.tarball],
    directory,
  });
  return directory;
}

/** A program of the packages that only these tests install. */
export function tool(folder: ToolFolder, name: string): string {
  return installedTool(folder, ".bin", name);
}

export function installedTool(folder: ToolFolder, ...path: string[]): string {
  const found = fileURLToPath(
    new URL(`./tools/${folder}/node_modules/${path.join("/")}`, import.meta.url),
  );
  if (!existsSync(found))
    throw new Error(`${found} is missing; \`npm run test:runtimes\` installs it`);
  return found;
}

/** The version of one of those packages. */
export function toolVersion(folder: ToolFolder, name: string): string {
  const manifest = installedTool(folder, ...name.split("/"), "package.json");
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}

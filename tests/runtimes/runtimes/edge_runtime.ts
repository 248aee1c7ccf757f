import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { outputOf } from "../processes.ts";
import { installedTool, type Project, toolVersion } from "../project.ts";
import { printedOutcome, type Runtime } from "../runtime.ts";

/**
 * Vercel's own emulation of its edge. It is no judge of what may be compiled, since it compiles bytes too; but it has
 * only what the edge has, and the modules are handed in as there.
 */
export const edgeRuntime: Runtime = {
  name: "edge-runtime",
  isEveryday: false,
  async ways(project) {
    return [
      {
        title: "edge-runtime",
        version: toolVersion("complete", "edge-runtime"),
        decidesCases: true,
        run: async () => {
          const program = await bundled(project);
          const { directory } = project;
          const parameters = [program];
          return printedOutcome(
            await outputOf({ program: process.execPath, parameters, directory }),
          );
        },
      },
    ];
  },
};

/** What Vercel's builds do: each `.wasm?module` is a global that holds the compiled module. */
const compiledModules: Plugin = {
  name: "compiled-modules",
  setup(builder) {
    builder.onResolve({ filter: /\.wasm\?module$/ }, ({ path }) => ({
      path: path.replace(/^.*\/|\.wasm\?module$/g, ""),
      namespace: "wasm",
    }));
    builder.onLoad({ filter: /./, namespace: "wasm" }, ({ path }) => ({
      contents: `export default globalThis["wasm_${path}"];`,
    }));
  },
};

/** A program of Node.js that runs the handler in an edge runtime and prints what it answers. */
async function bundled({ directory, installed }: Project): Promise<string> {
  const handler = join(directory, "out", "edge-handler.js");
  await build({
    absWorkingDir: directory,
    entryPoints: ["edge-runtime/handler.mjs"],
    outfile: handler,
    bundle: true,
    format: "iife",
    conditions: ["edge-light"],
    plugins: [compiledModules],
    logLevel: "silent",
  });
  const program = join(directory, "out", "edge-runtime.cjs");
  const quoted = (path: string) => JSON.stringify(path);
  writeFileSync(
    program,
    `const { readFileSync } = require("node:fs");
const { EdgeRuntime } = require(${quoted(installedTool("complete", "edge-runtime"))});
const wasm = (name) => new WebAssembly.Module(readFileSync(${quoted(join(installed, "dist"))} + "/" + name + ".wasm"));
const runtime = new EdgeRuntime({
  initialCode: readFileSync(${quoted(handler)}, "utf8"),
  extend: (context) =>
    Object.assign(context, {
      wasm_core: wasm("core"),
      wasm_audience: wasm("audience"),
      wasm_studio: wasm("studio"),
    }),
});
runtime.dispatchFetch("http://edge.test/").then(async (response) => {
  console.log(await response.text());
});
`,
  );
  return program;
}

import { StartedProgram } from "../processes.ts";
import { installedTool, type Project, toolVersion } from "../project.ts";
import { checked, type Outcome, type Runtime } from "../runtime.ts";

/** What publint and Are The Types Wrong have against the tarball. */
export const packageLint: Runtime = {
  name: "lint",
  isEveryday: true,
  async ways(project) {
    return [
      {
        title: "publint",
        version: toolVersion("everyday", "publint"),
        decidesCases: false,
        run: () =>
          complaintsOf(project, "publint", [
            "run",
            project.installed,
            "--strict",
            "--pack",
            "false",
          ]),
      },
      {
        title: "Are The Types Wrong",
        version: toolVersion("everyday", "@arethetypeswrong/cli"),
        decidesCases: false,
        run: () =>
          complaintsOf(project, "attw", [
            ...[project.tarball, "--format", "ascii", "--no-emoji"],
            // Resolution as before `exports` finds the main entry alone.
            ...["--profile", "node16"],
            // Node.js from 20.19 on, which is what the package asks for, requires ES modules.
            ...["--ignore-rules", "cjs-resolves-to-esm"],
            ...["--exclude-entrypoints", ...moduleFiles],
          ]),
      },
    ];
  },
};

/** Entries that are WebAssembly, of which there are no types. */
const moduleFiles = ["./core.wasm", "./contact.wasm", "./studio.wasm", "./audience.wasm"];

async function complaintsOf(
  { directory }: Project,
  name: string,
  parameters: string[],
): Promise<Outcome> {
  const since = performance.now();
  const command = installedTool("everyday", ".bin", name);
  const started = new StartedProgram({
    program: process.execPath,
    parameters: [command, ...parameters],
    directory,
  });
  const status = await started.exited;
  const problems = status === 0 ? [] : [started.output.trim()];
  return checked(problems, 1, Math.round(performance.now() - since));
}

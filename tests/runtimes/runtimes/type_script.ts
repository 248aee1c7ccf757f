import { fileURLToPath } from "node:url";
import { version as typeScriptVersion } from "typescript";
import { parametersOf } from "../commands.ts";
import { StartedProgram } from "../processes.ts";
import { installedTool, type Project, toolVersion } from "../project.ts";
import { checked, type Outcome, type Runtime } from "../runtime.ts";

/** The compiler of this project, and the oldest that knows the types of this one. */
function compilers(everyday: boolean) {
  const newest = {
    program: fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url)),
    version: typeScriptVersion,
  };
  if (everyday) return [newest];
  const program = installedTool("complete", "typescript57", "bin", "tsc");
  return [newest, { program, version: toolVersion("complete", "typescript57") }];
}

/** The declarations of every entry, taken at their word: the libraries are checked, too. */
export const typeScript: Runtime = {
  name: "typescript",
  isEveryday: true,
  async ways(project, everyday) {
    return compilers(everyday).flatMap(({ program, version }) =>
      ["as node resolves", "as bundlers resolve"].map((how) => ({
        title: `TypeScript, ${how}`,
        version,
        decidesCases: false,
        run: () => compiled(project, program, `typescript ${how}`),
      })),
    );
  },
};

async function compiled(
  { directory }: Project,
  compiler: string,
  command: string,
): Promise<Outcome> {
  const since = performance.now();
  const parameters = [compiler, ...parametersOf(command)];
  const started = new StartedProgram({ program: process.execPath, parameters, directory });
  const status = await started.exited;
  const problems = status === 0 ? [] : [started.output.trim()];
  return checked(problems, 1, Math.round(performance.now() - since));
}

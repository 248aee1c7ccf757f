import { join } from "node:path";
import { parametersOf } from "../commands.ts";
import { outputOf, versionOf } from "../processes.ts";
import { tool } from "../project.ts";
import { printedOutcome, type Runtime } from "../runtime.ts";

export const bun: Runtime = {
  name: "bun",
  isEveryday: false,
  async ways({ directory }) {
    const program = tool("complete", "bun");
    const version = await versionOf(program, directory);
    const compiled = join(directory, "out", "bun-program");
    return [
      {
        title: "Bun",
        version,
        decidesCases: true,
        run: async () => {
          const parameters = parametersOf("bun");
          return printedOutcome(await outputOf({ program, parameters, directory }));
        },
      },
      {
        title: "Bun, compiled to one file",
        version,
        decidesCases: true,
        run: async () => {
          const parameters = parametersOf("bun compile");
          await outputOf({ program, parameters, directory });
          // Elsewhere, so that nothing but the file itself is found.
          const alone = { program: compiled, parameters: [], directory: "/" };
          return printedOutcome(await outputOf(alone));
        },
      },
    ];
  },
};

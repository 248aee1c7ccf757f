import { parametersOf } from "../commands.ts";
import { outputOf, versionOf } from "../processes.ts";
import { tool } from "../project.ts";
import { printedOutcome, type Runtime } from "../runtime.ts";

export const deno: Runtime = {
  name: "deno",
  isEveryday: false,
  async ways({ directory }) {
    const program = tool("complete", "deno");
    // No permission is given, and nobody is asked for one.
    const parameters = parametersOf("deno");
    return [
      {
        title: "Deno, no permissions",
        version: await versionOf(program, directory),
        decidesCases: true,
        run: async () => printedOutcome(await outputOf({ program, parameters, directory })),
      },
    ];
  },
};

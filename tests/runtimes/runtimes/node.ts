import { parametersOf } from "../commands.ts";
import { outputOf, versionOf } from "../processes.ts";
import { installedTool, type Project } from "../project.ts";
import { printedOutcome, type Runtime, type Way } from "../runtime.ts";

/** How the package is taken in, and what Node.js is told. */
const programs = [
  { how: "import", command: "node import" },
  { how: "require", command: "node require" },
  { how: "no code from strings", command: "node without code from strings" },
  { how: "lean core handed in", command: "node with the lean core" },
];

/** The Node.js that runs this, the oldest that is promised, and the one after. */
export const node: Runtime = {
  name: "node",
  isEveryday: true,
  async ways(project, everyday) {
    const nodes = everyday
      ? [process.execPath]
      : [
          process.execPath,
          installedTool("complete", "node20", "bin", "node"),
          installedTool("complete", "node22", "bin", "node"),
        ];
    const ways = await Promise.all(nodes.map((program) => waysOf(program, project)));
    return ways.flat();
  },
};

async function waysOf(program: string, { directory }: Project): Promise<Way[]> {
  const version = await versionOf(program, directory);
  return programs.map(({ how, command }) => ({
    title: `Node.js, ${how}`,
    version,
    decidesCases: true,
    run: async () => {
      const parameters = parametersOf(command);
      return printedOutcome(await outputOf({ program, parameters, directory }));
    },
  }));
}

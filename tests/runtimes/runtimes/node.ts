import { outputOf, versionOf } from "../processes.ts";
import { installedTool, type Project } from "../project.ts";
import { printedOutcome, type Runtime, type Way } from "../runtime.ts";

/** How the package is taken in, and what Node.js is told. */
const programs = [
  { how: "import", parameters: ["node/import.mjs"] },
  { how: "require", parameters: ["node/require.cjs"] },
  {
    how: "no code from strings",
    parameters: ["--disallow-code-generation-from-strings", "node/import.mjs"],
  },
  { how: "lean core handed in", parameters: ["node/lean.mjs"] },
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
  return programs.map(({ how, parameters }) => ({
    title: `Node.js, ${how}`,
    version,
    decidesCases: true,
    run: async () => printedOutcome(await outputOf({ program, parameters, directory })),
  }));
}

import type { Project } from "../project.ts";
import { checked, type Outcome, type Runtime } from "../runtime.ts";
import { type Budget, budgets, sizeOf } from "../sizes.ts";

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

/** Whether what users carry stays within its budgets. */
export const size: Runtime = {
  name: "size",
  isEveryday: true,
  ways: async (project) =>
    budgets.map((budget) => {
      const { title, compression, most, wanted } = budget;
      return {
        title: `size of ${title}`,
        version: `${compression}, at most ${kilobytes(most)}${wanted === undefined ? "" : `, wanted ${kilobytes(wanted)}`}`,
        decidesCases: false,
        run: () => measured(budget, project),
      };
    }),
};

async function measured(budget: Budget, project: Project): Promise<Outcome> {
  const since = performance.now();
  const bytes = await sizeOf(budget, project);
  const problems = bytes <= budget.most ? [] : [`${bytes} bytes, more than ${budget.most}`];
  return checked(problems, 1, Math.round(performance.now() - since), kilobytes(bytes));
}

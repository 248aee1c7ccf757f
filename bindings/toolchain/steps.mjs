import { StepFailure } from "./commands.mjs";

const startedAt = performance.now();

/**
 * @param {number} since a reading of performance.now()
 * @returns {string}
 */
export function elapsed(since = startedAt) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/**
 * Announces a step, runs it, and tells how long it took.
 * @template Result
 * @param {string} title
 * @param {() => Result | Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function step(title, work) {
  const since = performance.now();
  console.log(`\n> ${title}`);
  try {
    const result = await work();
    console.log(`  done in ${elapsed(since)}`);
    return result;
  } catch (error) {
    if (error instanceof StepFailure) {
      error.message = `Stopped at "${title}" after ${elapsed(since)}: ${error.message}`;
    }
    throw error;
  }
}

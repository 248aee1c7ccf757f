import { setTimeout as sleep } from "node:timers/promises";

const patience = 60_000;

/**
 * Waits until an address answers 200.
 * @param {string} url
 * @param {import("node:child_process").ChildProcess} child whose end is the end of waiting
 */
export async function waitUntilReady(url, child) {
  const until = Date.now() + patience;
  while (Date.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    try {
      const response = await fetch(url);
      if (response.ok) return;
    } catch {
      // It does not listen yet.
    }
    await sleep(20);
  }
  throw new Error(
    `${url} does not answer${child.exitCode === null ? "" : `: workerd ended with ${child.exitCode}`}`,
  );
}

import { parseArgs } from "node:util";
import { keptBase } from "./bench_base.ts";
import { Demo } from "./demo_page.ts";

/**
 * How long it takes from a key to the painted number: of the threshold of a condition in the builder, key by key, in a
 * browser. The key's instant is that of the browser's own event. The number's is that of the first task after the
 * frame that has it: the one in which it was written, where it was written within one, else the next.
 */
const { positionals } = parseArgs({ allowPositionals: true });
const contacts = Number(positionals[0] ?? 1_000_000);
const warmUps = 10;
const rounds = 200;
/** Milliseconds between edits, and up to a frame more, so that keys do not fall into step with frames. */
const pause = 40;

const hour = 3_600_000;
const end = Math.floor(Date.now() / hour) * hour;
console.log(`Making ${contacts} contacts …`);
const { file, dataSet } = await keptBase({ contacts, seed: 1, end });
console.log(`${dataSet.statistics.events} events, ${Math.round(file.length / 1e6)} MB kept`);

// The page's own origin serves the file, since its policy allows no other.
const demo = await Demo.withFiles({ "/bench-audience": file });
const visit = await demo.visit();
await visit.page.goto(`${demo.origin}/icon.svg`);
await visit.page.evaluate(async (kept) => {
  const blob = await (await fetch("/bench-audience")).blob();
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open("fosterflow-segments", 1);
    opening.onerror = () => reject(opening.error);
    opening.onupgradeneeded = () => {
      const store = opening.result;
      for (const name of ["dataSet", "audience", "source"]) store.createObjectStore(name);
      store.createObjectStore("appended", { autoIncrement: true });
      store.createObjectStore("segments", { keyPath: "id" });
      store.createObjectStore("versions", { keyPath: ["id", "version"] });
      store.createObjectStore("drafts", { keyPath: "id" });
      store.createObjectStore("counts", { keyPath: ["data", "definition", "at"] });
    };
    opening.onsuccess = () => {
      const writing = opening.result.transaction(["dataSet", "audience"], "readwrite");
      writing.objectStore("audience").put(blob, "current");
      writing.objectStore("dataSet").put(kept, "current");
      writing.oncomplete = () => {
        opening.result.close();
        resolve();
      };
      writing.onerror = () => reject(writing.error);
    };
  });
}, dataSet);

const since = performance.now();
await visit.go("/segments/new");
console.log(`Opened again in ${Math.round(performance.now() - since)} ms`);
await visit.page.getByRole("button", { name: /Standard conditions/ }).click();
await visit.page.locator(".summary-foot").waitFor();
const input = visit.page.getByRole("spinbutton", { name: "Value" }).first();
await input.waitFor();

await visit.page.evaluate(() => {
  const times: number[] = [];
  let pressed: number | undefined;
  let isInFrame = false;
  const afterThisTask = (run: () => void) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = run;
    port2.postMessage(null);
  };
  const beginFrame = () => {
    isInFrame = true;
    afterThisTask(() => {
      isInFrame = false;
    });
  };
  document.addEventListener(
    "keydown",
    (event) => {
      pressed = event.timeStamp;
    },
    true,
  );
  document.addEventListener(
    "input",
    () => {
      // Before the page asks for the frame, so that it is known whether the number comes within that one.
      requestAnimationFrame(beginFrame);
    },
    true,
  );
  const interactions: number[] = [];
  // What takes one frame or less is not told by the browser.
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) interactions.push(duration);
  }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
  const foot = document.querySelector(".summary-count");
  if (foot === null) throw new Error("there is no number");
  new MutationObserver(() => {
    if (pressed === undefined) return;
    const begun = pressed;
    pressed = undefined;
    // The task after a frame's callbacks: the frame is painted.
    const painted = () => afterThisTask(() => times.push(performance.now() - begun));
    if (isInFrame) painted();
    else requestAnimationFrame(painted);
  }).observe(foot, { characterData: true, childList: true, subtree: true });
  Object.assign(window, { benchTimes: times, benchInteractions: interactions });
});

await input.focus();
// Not by the locator, which looks the field up with each key, in the page.
const { keyboard } = visit.page;
for (let round = 0; round < warmUps + rounds; round += 1) {
  // Each number is another one, so that the count changes.
  await keyboard.press("Backspace");
  await keyboard.press(String(1 + (round % 9)));
  await visit.page.waitForTimeout(pause + (round % 17));
}
const times = await visit.page.evaluate(
  () => (window as unknown as { benchTimes: number[] }).benchTimes,
);
const interactions = await visit.page.evaluate(
  () => (window as unknown as { benchInteractions: number[] }).benchInteractions,
);
const sorted = times.slice(warmUps).sort((left, right) => left - right);
const quantile = (q: number) => (sorted[Math.ceil(q * sorted.length) - 1] ?? Number.NaN).toFixed(1);
console.log(`input to painted count, ${contacts} contacts, ${sorted.length} edits:`);
console.log(`  p50 ${quantile(0.5)} ms (at most 20)`);
console.log(`  p95 ${quantile(0.95)} ms (at most 40)`);
console.log(`  the longest ${quantile(1)} ms`);
console.log(`interaction to next paint: ${Math.max(0, ...interactions)} ms (at most 100)`);
await visit.end();
await demo.close();

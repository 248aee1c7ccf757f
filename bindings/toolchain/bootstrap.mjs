import { isMain, runMain } from "./commands.mjs";
import { ensureNodePackages } from "./packages.mjs";
import { ensure, requirements } from "./requirements.mjs";

/** What building the package takes. */
export function bootstrapBuild() {
  ensureNodePackages();
  ensure(["emscripten", "cmake", "ninja"]);
}

/** What testing takes on top: native programs and Google Test. */
export function bootstrapTests() {
  bootstrapBuild();
  ensure(["compiler", "googletest"]);
}

/** Everything, the checks' tools included. */
export function bootstrapAll() {
  bootstrapTests();
  ensure(["clangTools"]);
}

if (isMain(import.meta.url)) {
  await runMain(() => {
    bootstrapAll();
    console.log(
      `Ready: Node.js packages, ${Object.values(requirements)
        .filter(({ missing }) => missing() === undefined)
        .map(({ title }) => title)
        .join(", ")}`,
    );
  });
}

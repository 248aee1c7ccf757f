import { type Browser, chromium, decidedBy, firefox, webKitGtk } from "../browsers.ts";
import { neededPolicy } from "../page_server.ts";
import { filesOf } from "../page_source.ts";
import { checked, type Outcome, type Runtime, type Way } from "../runtime.ts";

/** A page without a bundler, under the least Content-Security-Policy that does; the core inline and fetched. */
function runtimeOf(
  name: string,
  isEveryday: boolean,
  find: () => Promise<Browser | undefined>,
): Runtime {
  return {
    name,
    isEveryday,
    async ways({ directory }, everyday) {
      const browser = await find();
      if (browser === undefined) return { absent: `${name} is not installed` };
      const { title, version } = browser;
      const page = (how: string, path: string): Way => ({
        title: `${title}, ${how}`,
        version,
        decidesCases: true,
        run: () => decidedBy(browser, filesOf(directory), path),
      });
      const inline = page("no bundler", "/page-without-bundler/index.html");
      if (everyday) return [inline];
      return [
        inline,
        page("no bundler, core fetched", "/page-without-bundler/fetching.html"),
        {
          title: `${title}, policy without 'wasm-unsafe-eval'`,
          version,
          decidesCases: false,
          run: () => refusedByPolicy(browser, directory),
        },
      ];
    },
  };
}

/** Where the policy forbids WebAssembly, the engine says so and names what to allow. */
async function refusedByPolicy(browser: Browser, folder: string): Promise<Outcome> {
  const since = performance.now();
  const policy = neededPolicy.replace(" 'wasm-unsafe-eval'", "");
  const path = "/page-without-bundler/index.html";
  const problem = await decidedBy(browser, filesOf(folder), path, policy).then(
    () => "the engine started although the policy forbids it",
    ({ message }: Error) =>
      /not available.*allow 'wasm-unsafe-eval'/s.test(message) ? undefined : message,
  );
  return checked(problem === undefined ? [] : [problem], 1, Math.round(performance.now() - since));
}

export const browsers: readonly Runtime[] = [
  runtimeOf("chromium", true, chromium),
  runtimeOf("firefox", false, firefox),
  runtimeOf("webkitgtk", false, webKitGtk),
];

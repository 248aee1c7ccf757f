import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";

// What docs/runtimes shows is what tests/runtimes runs.

const pages = new URL("../../docs/runtimes/", import.meta.url);
const project = new URL("../runtimes/project/", import.meta.url);
const names = readdirSync(pages).filter((name) => name.endsWith(".md"));
const texts = new Map(names.map((name) => [name, readFileSync(new URL(name, pages), "utf8")]));
const shownFile =
  /^\[`([^`]+)`\]\(\.\.\/\.\.\/tests\/runtimes\/project\/([^)]+)\):\n\n```\w+\n([\s\S]*?)\n```$/gm;

/** What stands for the application, and what holds the commands. */
const notShown = ["program.mjs", "commands.json"];

function projectFiles(): string[] {
  const files = readdirSync(project, { recursive: true, withFileTypes: true });
  const root = new URL(".", project).pathname;
  return files
    .filter((file) => file.isFile())
    .map((file) => `${file.parentPath}/${file.name}`.replace(root, "").replace(/^\//, ""))
    .sort();
}

describe("each page shows files as they are", () => {
  const shown = new Set<string>();
  for (const [name, text] of texts) {
    test(name, () => {
      for (const [, title, path = "", code] of text.matchAll(shownFile)) {
        assert.equal(title, path);
        assert.equal(code, readFileSync(new URL(path, project), "utf8").trimEnd(), path);
        shown.add(path);
      }
      // A link that the pattern misses would be a file that nothing holds.
      const links = text.match(/\]\(\.\.\/\.\.\/tests\/runtimes\/project\//g) ?? [];
      assert.equal(links.length, [...text.matchAll(shownFile)].length);
    });
  }
  test("and every file of the project is on one", () => {
    const files = projectFiles().filter((path) => !notShown.includes(path));
    assert.ok(files.length > 15);
    assert.deepEqual([...shown].sort(), files);
  });
});

test("every command that is run is on a page", () => {
  const text = readFileSync(new URL("commands.json", project), "utf8");
  const commands = Object.values(JSON.parse(text) as Record<string, string>);
  const lines = [...texts.values()].flatMap((page) => page.split("\n"));
  const shown = new Set(lines.map((line) => line.replace(/^npx /, "")));
  assert.ok(commands.length > 15);
  for (const command of commands) assert.ok(shown.has(command), command);
});

test("every page is in the list of pages, and every link leads somewhere", () => {
  const list = texts.get("README.md") ?? "";
  for (const name of names) {
    if (name !== "README.md") assert.ok(list.includes(`(${name})`), name);
  }
  for (const [name, text] of texts) {
    for (const [, target = ""] of text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
      assert.doesNotThrow(() => readFileSync(new URL(target, pages)), `${name}: ${target}`);
    }
  }
});

test("the list names the versions that are tested", () => {
  const list = texts.get("README.md") ?? "";
  // They serve the tests, and run nothing.
  const others = ["@arethetypeswrong/cli", "publint", "@rollup/plugin-node-resolve", "webpack-cli"];
  for (const tools of ["everyday", "complete", "next"]) {
    const manifest = new URL(`../runtimes/tools/${tools}/package.json`, import.meta.url);
    const { dependencies } = JSON.parse(readFileSync(manifest, "utf8")) as {
      dependencies: Record<string, string>;
    };
    for (const [name, written] of Object.entries(dependencies)) {
      if (others.includes(name) || name.startsWith("react")) continue;
      const version = written.replace(/^npm:.*@/, "");
      assert.ok(list.includes(version), `${name} ${version}`);
    }
  }
});

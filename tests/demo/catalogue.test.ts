import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("../../web-demo/source/", import.meta.url));

type Catalogue = { readonly [key: string]: string | Catalogue };

function keysOf(catalogue: Catalogue, prefix = ""): string[] {
  return Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === "string" ? [prefix + key] : keysOf(value, `${prefix}${key}.`),
  );
}

function catalogue(folder: string, language: string): Set<string> {
  const text = readFileSync(join(source, folder, `${language}.json`), "utf8");
  return new Set(keysOf(JSON.parse(text) as Catalogue));
}

const files = readdirSync(source, { recursive: true }) as string[];
const shared = "language";
/** What was found at a condition: in English it is the engine's sentence. */
const wordedByEngine = /^found\./;
const folders = files
  .filter((name) => name.endsWith("en.json"))
  .map((name) => dirname(name))
  .sort();

test("both languages say the same things", () => {
  assert.ok(folders.includes(shared) && folders.length > 1);
  for (const folder of folders) {
    const german = [...catalogue(folder, "de")].filter((key) => !wordedByEngine.test(key)).sort();
    assert.deepEqual(german, [...catalogue(folder, "en")].sort(), folder);
  }
});

test("every text that the source names is there: in the screen's catalogue, or in that of all screens", () => {
  let namedCount = 0;
  const missing: string[] = [];
  for (const file of files.filter((name) => /\.tsx?$/.test(name))) {
    const text = readFileSync(join(source, file), "utf8");
    const screens = [...text.matchAll(/useScreenTexts\("([^"]+)"\)/g)].map(
      ([, name]) => name ?? "",
    );
    const known = [shared, ...screens, ...folders.filter((folder) => folder === dirname(file))];
    const keys = new Set(known.flatMap((folder) => [...catalogue(folder, "de")]));
    for (const [, key = ""] of text.matchAll(/\bt\(\s*"([^"]+)"/g)) {
      namedCount += 1;
      if (!keys.has(key) && !keys.has(`${key}_other`)) missing.push(`${file}: ${key}`);
    }
  }
  assert.ok(namedCount > 100);
  assert.deepEqual(missing, []);
});

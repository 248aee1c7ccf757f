import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("../../web-demo/source/", import.meta.url));

type Catalogue = { readonly [key: string]: string | Catalogue };

function keysOf(catalogue: Catalogue, prefix = ""): string[] {
  return Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === "string" ? [prefix + key] : keysOf(value, `${prefix}${key}.`),
  );
}

function catalogue(language: string): Set<string> {
  const text = readFileSync(join(source, "language", `${language}.json`), "utf8");
  return new Set(keysOf(JSON.parse(text) as Catalogue));
}

test("both languages say the same things, and every text that the source names is there", () => {
  const english = catalogue("en");
  assert.deepEqual([...catalogue("de")].sort(), [...english].sort());
  const files = (readdirSync(source, { recursive: true }) as string[]).filter((name) =>
    /\.tsx?$/.test(name),
  );
  const texts = files.map((name) => readFileSync(join(source, name), "utf8")).join("\n");
  const named = [...texts.matchAll(/\bt\(\s*"([^"]+)"/g)].map(([, key]) => key ?? "");
  assert.ok(named.length > 100);
  const missing = named.filter((key) => !english.has(key) && !english.has(`${key}_other`));
  assert.deepEqual(missing, []);
});

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { evaluate } from "../oracle/evaluate.ts";

// The documents show what the commands print on public data sets, which are no part of the repository. Where they are
// there, the commands are run and must print just that; and the oracle must put the same customers into the segments.

const root = fileURLToPath(new URL("../../", import.meta.url));
const data = process.env["SEGMENTS_DATA"] ?? join(root, "../shared/data");
const skip = existsSync(join(data, "online-retail")) ? false : "set SEGMENTS_DATA to the data sets";

let folder = "";

before(() => {
  folder = mkdtempSync(join(tmpdir(), "segments-real-data-"));
  symlinkSync(join(root, "docs"), join(folder, "docs"));
});

after(() => rmSync(folder, { recursive: true, force: true }));

interface Example {
  commands: string;
  output: string;
}

/** The shell blocks of a document, each with the output that the block after it shows. */
function examplesOf(document: string): Example[] {
  const text = readFileSync(join(root, document), "utf8");
  return [...text.matchAll(/```sh\n([^`]*?)```\n\n```\n([^`]*?)```/g)].map(
    ([, commands = "", output = ""]) => ({ commands, output }),
  );
}

function run(commands: string): string {
  const program = JSON.stringify(join(root, "dist/command-line.js"));
  const script = `fosterflow-segments() { node ${program} "$@"; }\n${commands}`;
  const { status, stdout } = spawnSync("bash", ["-c", `{ ${script}\n} 2>&1`], {
    cwd: folder,
    env: { ...process.env, DATA: data },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  assert.equal(status, 0, stdout);
  return stdout;
}

/** Without blank lines, which separate the outputs of two commands in a document. */
function shown(output: string): string[] {
  return output.split("\n").filter((line) => line.trim() !== "");
}

for (const document of ["docs/real-data.md", "docs/personas.md", "README.md"]) {
  test(`${document} shows what its commands print`, { skip }, () => {
    const examples = examplesOf(document);
    assert.ok(examples.length > 0);
    for (const { commands, output } of examples) {
      assert.deepEqual(shown(run(commands)), shown(output), commands);
    }
  });
}

const oracleRuns = [
  {
    file: "online-retail.ndjson",
    at: "2011-12-10T00:00:00Z",
    parameters: { highValue: 5000, frequentOrders: 10, highOrderValue: 500, engagedDays: 0 },
  },
  { file: "rees46.ndjson", at: "2019-10-01T02:50:00Z", parameters: { recentDays: 1 } },
  { file: "taobao.ndjson", at: "2017-12-03T16:00:00Z", parameters: { recentDays: 3 } },
];

const definitionFolders = [
  "docs/examples/retail",
  "docs/examples/segments/personas",
  "docs/examples/segments/scenarios",
];

for (const { file, at, parameters } of oracleRuns) {
  test(`The oracle puts the same customers of ${file} into every example segment`, { skip }, () => {
    const definitions = definitionFolders.flatMap((name) =>
      readdirSync(join(root, name)).map((entry) =>
        JSON.parse(readFileSync(join(root, name, entry), "utf8")),
      ),
    );
    const options = Object.entries(parameters).map(
      ([name, value]) => `--parameter ${name}=${value}`,
    );
    const answer = JSON.parse(
      run(
        `fosterflow-segments evaluate --json --input ${file} --at ${at} ${options.join(" ")} ` +
          definitionFolders.map((name) => `--segments ${name}`).join(" "),
      ),
    ) as Record<string, { members: string[] }>;
    const lines = readFileSync(join(folder, file), "utf8").trimEnd().split("\n");
    const { segments } = evaluate({ definitions, lines, at: Date.parse(at), parameters });
    assert.equal(Object.keys(segments).length, definitions.length);
    assert.ok(Object.values(segments).filter((members) => members.length > 0).length >= 8);
    for (const [id, members] of Object.entries(segments)) {
      assert.deepEqual(answer[id]?.members, members, id);
    }
  });
}

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { thisMachine } from "../machine.ts";
import { updateDocumentation } from "../report/documentation.ts";
import { writeJson } from "../report/json.ts";
import type { Figure } from "../report/row.ts";
import { machineLines, textOf } from "../report/text.ts";
import { verdictOn } from "../report/verdict.ts";
import { type Base, generateBase } from "./base/base.ts";
import { type Delivery, deliveryOf } from "./base/delivery.ts";
import { type BaseFiles, writeFiles } from "./base/files.ts";
import { Messages } from "./base/messages.ts";
import { measureAllAtOnce } from "./measures/all_at_once.ts";
import { measureAppending } from "./measures/appending.ts";
import { type Counter, timed } from "./measures/counter.ts";
import { measureCounts, measureEdits } from "./measures/counts.ts";
import { type Loaded, loadingFigure } from "./measures/loading.ts";
import { memoryFigure } from "./measures/memory.ts";
import { segmentsIn } from "./measures/segment_folders.ts";
import { chunksOfFile, TimedSource } from "./measures/timed_source.ts";
import { timesFor } from "./measures/times.ts";
import { type AudienceOptions, optionsOf, usage } from "./options.ts";
import { databaseNames } from "./peers/database_process.ts";
import { HandWritten } from "./peers/hand_written.ts";
import { installPeers } from "./peers/install.ts";
import { RemoteDatabase } from "./peers/remote_database.ts";
import { definitionOf, type RuleId, rules } from "./rules.ts";
import { type Audience, loadSubject } from "./subject.ts";

const command = "npm run bench:audience";
const build = fileURLToPath(new URL("../../../build", import.meta.url));
const databaseShare = 0.25;

function progress(text: string): void {
  console.error(`${(performance.now() / 1000).toFixed(0).padStart(4)} s  ${text}`);
}

function handWrittenCounter(base: Base): Counter {
  const handWritten = new HandWritten(base);
  return {
    name: "hand-written JavaScript",
    share: 1,
    count: (rule, number, now) => timed(() => handWritten.count(rule, number, now)),
  };
}

function ourCounter(audience: Audience): Counter {
  const definitions = new Map(rules.map((rule) => [rule.id, rule]));
  return {
    name: "@fosterflow/segments",
    share: 1,
    count(id: RuleId, number, at) {
      const rule = definitions.get(id);
      if (rule === undefined) throw new Error(`no rule ${id}`);
      const definition = definitionOf(rule, number);
      return timed(() => audience.count(definition, { at }));
    },
    forget: () => audience.forgetAnswers(),
  };
}

/** Closes what it opened when one of them fails. */
async function withDatabases<Result>(
  files: BaseFiles | undefined,
  use: (databases: readonly RemoteDatabase[], loaded: readonly Loaded[]) => Promise<Result>,
): Promise<Result> {
  const databases: RemoteDatabase[] = [];
  const loaded: Loaded[] = [];
  try {
    for (const name of databaseNames) {
      if (files === undefined) break;
      const database = await RemoteDatabase.open(name, files.folder);
      databases.push(database);
      progress(`${database.name} reads the messages`);
      loaded.push({ name: database.name, milliseconds: await database.load(files) });
      await database.prepare(files);
    }
    return await use(databases, loaded);
  } finally {
    for (const database of databases) await database.close();
  }
}

async function load(
  audience: Audience,
  base: Base,
  delivery: Delivery,
  files: BaseFiles | undefined,
): Promise<{ readonly bytes: number; readonly loaded: Loaded }> {
  progress("@fosterflow/segments reads the messages");
  const chunks =
    files === undefined ? new Messages(base).chunks(delivery) : chunksOfFile(files.messages);
  const source = new TimedSource(chunks);
  const from = performance.now();
  const { refusedCount } = await audience.load(source.stream);
  const all = performance.now() - from;
  if (refusedCount > 0) throw new Error(`${refusedCount} lines were refused`);
  // Reading a file is part of it, as it is for the databases; making up messages is not.
  const milliseconds = files === undefined ? all - source.milliseconds : all;
  return { bytes: source.bytes, loaded: { name: "@fosterflow/segments", milliseconds } };
}

/** `folder`: for the files of the databases; none without them. */
async function measure(
  options: AudienceOptions,
  folder: string | undefined,
  show: (figure: Figure) => void,
): Promise<void> {
  const subject = await loadSubject(options.package);
  const segments = segmentsIn(options.segments);
  progress(`making up ${options.contacts} contacts and ${options.events} events`);
  const base = generateBase(options, options.seed);
  const delivery = deliveryOf(base);
  if (folder !== undefined) progress("writing the messages");
  const files = folder === undefined ? undefined : writeFiles(base, delivery, folder);
  await withDatabases(files, async (databases, loadedByOthers) => {
    const audience = await subject.createAudience({ segments });
    const { bytes, loaded } = await load(audience, base, delivery, files);
    show(loadingFigure(bytes, [loaded, ...loadedByOthers]));
    show(memoryFigure(audience.statistics(), base));
    const ours = ourCounter(audience);
    const handWritten = handWrittenCounter(base);
    const others = databases.map((database) => ({
      name: database.name,
      share: databaseShare,
      count: database.count.bind(database),
    }));
    const times = timesFor(base, options.rounds);
    show(await measureCounts([ours, handWritten, ...others], times));
    show(await measureEdits(ours, handWritten, times));
    show(await measureAllAtOnce(subject, audience, segments, base, times));
    // The last, since the others know nothing of these messages.
    show(measureAppending(audience, Math.min(options.rounds, base.contacts)));
  });
}

async function main(): Promise<void> {
  const parameters = process.argv.slice(2);
  if (parameters.includes("--help")) {
    console.log(usage);
    return;
  }
  const options = optionsOf(parameters);
  if (options.withDatabases) await installPeers();
  const machine = thisMachine(options.otherBuild);
  const { contacts, events, seed } = options;
  console.log(machineLines(machine).join("\n"));
  console.log(`${contacts} contacts, ${events} events, seed ${seed}. Medians; one thread each.`);
  const figures: Figure[] = [];
  mkdirSync(build, { recursive: true });
  const folder = options.withDatabases ? mkdtempSync(join(build, "audience-")) : undefined;
  try {
    await measure(options, folder, (figure) => {
      figures.push(figure);
      console.log(`\n${textOf(figure)}`);
    });
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
  if (options.json !== undefined) writeJson(options.json, machine, figures);
  if (options.updateDocs) {
    updateDocumentation("benchmarks-audience.md", command, machine, figures);
  }
  console.log(`\nAll counts agree. ${verdictOn(figures)}`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(`\n${usage}`);
  process.exitCode = 1;
}

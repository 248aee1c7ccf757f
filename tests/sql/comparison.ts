import type {
  ParameterOverrides,
  SegmentDefinition,
} from "../../bindings/javascript/definition_types.ts";
import { Directory } from "../../bindings/javascript/directory.ts";
import type { StudioCore } from "../../bindings/javascript/studio_core.ts";
import { type ContactRows, tableRows } from "../../bindings/javascript/table_rows.ts";
import { type SqlQuery, type SqlRefusal, toSql } from "../../bindings/javascript/to_sql.ts";
import type { Case } from "../oracle/generator.ts";
import type { Line } from "../oracle/messages.ts";
import type { SqlEngine } from "./engines/engine.ts";
import { addsUp, withExactNumbers } from "./exact_numbers.ts";

/** What a run has seen. */
export interface Tally {
  cases: number;
  /** Definitions of which at least one query was compared, and each that was agreed with the core. */
  definitions: number;
  queries: number;
  members: number;
  withMembers: number;
  withoutMembers: number;
  /** Definitions that are refused at some instant, by what and why. */
  refusals: Map<string, number>;
  refusedDefinitions: number;
  /** Queries that stopped since the data have an array whose place the database cannot tell. */
  stopped: number;
  /** Cases whose rows a database cannot hold, by why. */
  unheld: Map<string, number>;
  /** Cases in which numbers were made such that sums are exact. */
  exactCases: number;
}

export interface SqlDifference {
  segment: string;
  at: number | "now";
  sql: string;
  expected: string[];
  found: string[] | string;
}

export function newTally(): Tally {
  return {
    cases: 0,
    definitions: 0,
    queries: 0,
    members: 0,
    withMembers: 0,
    withoutMembers: 0,
    refusals: new Map(),
    refusedDefinitions: 0,
    stopped: 0,
    unheld: new Map(),
    exactCases: 0,
  };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function joined(lines: readonly Line[]): Uint8Array {
  const end = Buffer.from("\n");
  return Buffer.concat(
    lines.flatMap((line) => [typeof line === "string" ? Buffer.from(line) : line, end]),
  );
}

type Members = Record<string, string[]>;

function membersAt(directory: Directory, at: number): Members {
  const answer = JSON.parse(directory.evaluate(at, true)) as Record<string, { members: string[] }>;
  return Object.fromEntries(Object.entries(answer).map(([id, { members }]) => [id, members]));
}

const byCodePoint = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(left), Buffer.from(right));

async function idsOf(engine: SqlEngine, sql: string): Promise<string[] | string> {
  try {
    return (await engine.contactIds(sql)).sort(byCodePoint);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Part of the message with which a query stops; all of it is in the core. */
const stopMessage = "both nested and other elements";

const same = (left: unknown, right: unknown): boolean =>
  JSON.stringify(left) === JSON.stringify(right);

export class Comparison {
  readonly tally = newTally();
  readonly #core: StudioCore;
  readonly #engine: SqlEngine;

  constructor(core: StudioCore, engine: SqlEngine) {
    this.#core = core;
    this.#engine = engine;
  }

  /** Asks the database and the core the same, at the case's instants and now; answers what differs. */
  async compare(given: Case): Promise<SqlDifference[]> {
    const { tally } = this;
    const one = addsUp(given) ? withExactNumbers(given) : given;
    tally.cases += 1;
    if (one !== given) tally.exactCases += 1;
    const segments = one.definitions as unknown as SegmentDefinition[];
    const parameters =
      one.parameters === undefined ? {} : { parameters: one.parameters as ParameterOverrides };
    const directory = new Directory(this.#core, {
      segments,
      ...parameters,
      live: false,
      source: "sql",
      epoch: "0",
    });
    directory.ingest(joined(one.lines));
    const rows: ContactRows[] = [...tableRows(this.#core)].flat();
    const unheld = this.#engine.whyNot(rows);
    if (unheld !== undefined) {
      count(tally.unheld, unheld);
      return [];
    }
    await this.#engine.load(rows);
    const differences: SqlDifference[] = [];
    const decided = new Map<string, boolean>();
    const refused = new Set<string>();
    for (const at of [...one.instants, "now"] as const) {
      // This puts the same segments in force again, and leaves the directory as it is.
      const queries = toSql(this.#core, segments, {
        dialect: this.#engine.dialect,
        at,
        ...parameters,
      });
      for (const [segment, query] of Object.entries(queries)) {
        if (query.sql === null) {
          this.#countRefusals(segment, query.refusals, refused);
          continue;
        }
        const difference = await this.#compareOne(directory, segment, at, query);
        decided.set(segment, (decided.get(segment) ?? true) && difference === undefined);
        if (difference !== undefined) differences.push(difference);
      }
    }
    directory.close();
    tally.refusedDefinitions += refused.size;
    for (const agrees of decided.values()) if (agrees) tally.definitions += 1;
    return differences;
  }

  #countRefusals(segment: string, refusals: readonly SqlRefusal[], refused: Set<string>): void {
    if (refusals.length === 0) throw new Error(`${segment} is refused for no reason`);
    if (refused.has(segment)) return;
    refused.add(segment);
    for (const message of new Set(refusals.map((refusal) => refusal.message))) {
      count(this.tally.refusals, message);
    }
  }

  async #compareOne(
    directory: Directory,
    segment: string,
    at: number | "now",
    { sql }: SqlQuery,
  ): Promise<SqlDifference | undefined> {
    const text = sql ?? "";
    const before = membersAt(directory, at === "now" ? Date.now() : at)[segment] ?? [];
    const found = await idsOf(this.#engine, text);
    if (typeof found === "string" && found.includes(stopMessage)) {
      this.tally.stopped += 1;
      return undefined;
    }
    this.tally.queries += 1;
    this.tally.members += before.length;
    if (before.length > 0) this.tally.withMembers += 1;
    else this.tally.withoutMembers += 1;
    if (same(before, found)) return undefined;
    // Now may have moved over an edge in between.
    if (at === "now" && same(membersAt(directory, Date.now())[segment] ?? [], found))
      return undefined;
    return { segment, at, sql: text, expected: before, found };
  }
}

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const eventsOfContact = 20;
/** With more, the most active contact might have more than the 10,000 events that are kept of one. */
const mostEventsOfContact = 24;

export interface AudienceOptions {
  readonly contacts: number;
  readonly events: number;
  readonly seed: number;
  /** How often a rule is counted. */
  readonly rounds: number;
  readonly withDatabases: boolean;
  /** Folders of definitions, counted all at once. */
  readonly segments: readonly string[];
  readonly package: string;
  /** The package is not the one that is built here. */
  readonly otherBuild: string | undefined;
  readonly json: string | undefined;
  readonly updateDocs: boolean;
}

export const usage = `npm run bench:audience -- [option…]
  --contacts N            default 1000000
  --events N              default 20 a contact; at most 24
  --quick                 50,000 contacts; good for a first look
  --seed N                another base; default 1
  --rounds N              how often each rule is counted; default 31
  --without-databases     beside hand-written JavaScript only; writes no files, so that a base may be
                          larger than the disk
  --segments FOLDER       definitions that are counted all at once (default: docs/examples/segments);
                          may be repeated
  --json FILE             also writes the results there
  --update-docs           also writes them into docs/benchmarks-audience.md
  --package DIRECTORY     another build of the package (default: dist), to compare two`;

function wholeNumber(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) {
    throw new Error(`--${name} takes a whole number from 1 on, not ${text}`);
  }
  return number;
}

const folderOf = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

export function optionsOf(parameters: readonly string[]): AudienceOptions {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      contacts: { type: "string" },
      events: { type: "string" },
      quick: { type: "boolean", default: false },
      seed: { type: "string" },
      rounds: { type: "string" },
      "without-databases": { type: "boolean", default: false },
      segments: { type: "string", multiple: true },
      json: { type: "string" },
      "update-docs": { type: "boolean", default: false },
      package: { type: "string" },
    },
  });
  const { json, package: otherBuild, "update-docs": updateDocs } = values;
  const others = Object.entries(values).filter(
    ([name, value]) => name !== "json" && name !== "update-docs" && value !== false,
  );
  if (updateDocs && others.length > 0) {
    throw new Error(`--update-docs takes a whole run of this build: not --${others[0]?.[0]}`);
  }
  const contacts = wholeNumber("contacts", values.contacts, values.quick ? 50_000 : 1_000_000);
  // The ids of contacts have seven digits.
  if (contacts > 10_000_000) throw new Error("--contacts takes at most 10000000");
  const events = wholeNumber("events", values.events, contacts * eventsOfContact);
  if (events > contacts * mostEventsOfContact) {
    throw new Error(`--events takes at most ${mostEventsOfContact} for each of the contacts`);
  }
  return {
    contacts,
    events,
    seed: wholeNumber("seed", values.seed, 1),
    rounds: wholeNumber("rounds", values.rounds, 31),
    withDatabases: !values["without-databases"],
    segments: values.segments ?? [folderOf("docs/examples/segments")],
    package: otherBuild ?? folderOf("dist"),
    otherBuild,
    json,
    updateDocs,
  };
}

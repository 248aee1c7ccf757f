import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

export const figureNames = [
  "messages",
  "peers",
  "growth",
  "size",
  "start",
  "calls",
  "snapshots",
] as const;
export type FigureName = (typeof figureNames)[number];

export interface Options {
  /** How many contacts a message benchmark opens; each gets 100 messages. */
  readonly contacts: number;
  /** Of the slow peers' messages. */
  readonly share: number;
  readonly processes: number;
  readonly only: readonly FigureName[];
  readonly package: string;
  /** The package is not the one that is built here. */
  readonly otherBuild: string | undefined;
  readonly json: string | undefined;
  readonly updateDocs: boolean;
  readonly writeWorkload: string | undefined;
}

export const usage = `npm run bench -- [option…]
  --quick                 half a minute; good for a first look
  --only NAME             one figure: ${figureNames.join(", ")}; may be repeated
  --json FILE             also writes the results there
  --update-docs           also writes them into docs/benchmarks.md
  --package DIRECTORY     another build of the package (default: dist), to compare two
  --write-workload DIRECTORY
                          writes the workload as files for segments_benchmark, and measures nothing`;

function figureName(text: string): FigureName {
  const name = figureNames.find((candidate) => candidate === text);
  if (name === undefined) throw new Error(`--only takes ${figureNames.join(", ")}, not ${text}`);
  return name;
}

export function optionsOf(parameters: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string", multiple: true },
      json: { type: "string" },
      "update-docs": { type: "boolean", default: false },
      package: { type: "string" },
      "write-workload": { type: "string" },
    },
  });
  const isPart = values.quick || values.only !== undefined || values.package !== undefined;
  if (values["update-docs"] && isPart) {
    throw new Error(
      "--update-docs takes a whole run of this build: not --quick, --only or --package",
    );
  }
  return {
    contacts: values.quick ? 20 : 200,
    share: values.quick ? 0.2 : 1,
    processes: values.quick ? 5 : 15,
    only: values.only === undefined ? figureNames : values.only.map(figureName),
    package: values.package ?? fileURLToPath(new URL("../../dist", import.meta.url)),
    otherBuild: values.package,
    json: values.json,
    updateDocs: values["update-docs"],
    writeWorkload: values["write-workload"],
  };
}

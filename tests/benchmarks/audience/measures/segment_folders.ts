import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SegmentDefinition } from "../../../../bindings/javascript/definition_types.ts";

/** The definitions in the files of folders and of the folders in them. */
export function segmentsIn(folders: readonly string[]): SegmentDefinition[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".json"))
      .sort()
      .flatMap((name) => {
        const read: unknown = JSON.parse(readFileSync(join(folder, name), "utf8"));
        return (Array.isArray(read) ? read : [read]) as SegmentDefinition[];
      }),
  );
}

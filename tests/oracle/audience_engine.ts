import { isDeepStrictEqual } from "node:util";
import { defineSegments } from "../../bindings/javascript/define.ts";
import type {
  ParameterOverrides,
  SegmentDefinition,
} from "../../bindings/javascript/definition_types.ts";
import type { LineNotice } from "../../bindings/javascript/problem_types.ts";
import { audienceCoreFromBuild } from "../javascript/audience_from_build.ts";
import type { EngineUnderTest } from "./engine_under_test.ts";
import type { Line } from "./messages.ts";

function joined(lines: readonly Line[]): Uint8Array {
  return Buffer.concat(
    lines.flatMap((line) => [
      typeof line === "string" ? Buffer.from(line) : line,
      Buffer.from("\n"),
    ]),
  );
}

/** Whether a line says when it was, or is refused whatever the time is. */
function hasTime(line: Line): boolean {
  if (typeof line !== "string") return false;
  try {
    // A byte order mark before the first line is no part of it.
    const message = JSON.parse(line.replace(/^\uFEFF/, "")) as { timestamp?: unknown } | null;
    return (message?.timestamp ?? null) !== null;
  } catch {
    return line !== "";
  }
}

/** Which lines a core refused; `before` lines came before them. */
function refusedOf(response: string | undefined, before: number): number[] {
  if (response === undefined) return [];
  const { refused } = JSON.parse(response) as { refused: LineNotice[] };
  return refused.map(({ line }) => line + before);
}

/**
 * The audience engine. The lines come in one load, in two, or one after the other as messages that are appended, and some
 * are saved and opened again: in all of them the members are the same.
 */
export async function createEngineUnderTest(): Promise<EngineUnderTest> {
  const core = await audienceCoreFromBuild();
  let turn = 0;
  return {
    evaluate(input) {
      core.clear();
      const { segments } = defineSegments(
        core,
        input.definitions as SegmentDefinition[],
        input.parameters as ParameterOverrides | undefined,
      );
      turn += 1;
      // A load counts the time of messages that have none from its own first on, as a file does.
      const haveTimes = input.lines.every(hasTime);
      const way = haveTimes && input.lines.length <= 300 ? turn % 3 : 0;
      const cut = way === 0 ? input.lines.length : Math.floor(input.lines.length / 2);
      const refusedLines: number[] = [];
      const load = (lines: readonly Line[], before: number) => {
        core.beginLoad();
        const response = core.ingest(core.writeBytes(joined(lines)));
        refusedLines.push(...refusedOf(response, before));
        core.commitLoad();
      };
      load(input.lines.slice(0, cut), 0);
      if (way === 1) load(input.lines.slice(cut), cut);
      for (let index = cut; way === 2 && index < input.lines.length; index += 1) {
        // Asked in between, so that what is known of contacts that stay is used again.
        if (index % 7 === 0) core.counts(input.at);
        const length = core.writeBytes(joined([input.lines[index] as Line]));
        refusedLines.push(...refusedOf(core.append(length, input.at), index));
      }
      if (turn % 5 === 0) core.open(core.save());
      const counts = JSON.parse(core.counts(input.at)) as number[];
      const members: Record<string, string[]> = {};
      for (const [index, { id }] of segments.entries()) {
        const page = { limit: Number.POSITIVE_INFINITY, after: undefined };
        const ids = JSON.parse(core.members(0, index, input.at, page)) as string[];
        if (counts[index] !== ids.length) throw new Error(`${id}: ${counts[index]}, ${ids.length}`);
        members[id] = ids;
      }
      if (turn % 4 === 0) checkDrafts(input, members);
      return { segments: members, refusedLines };
    },
  };

  /** Each definition as a draft, and with nothing kept of what was computed, has the members of the one in force. */
  function checkDrafts(
    input: { definitions: unknown[]; at: number },
    members: Record<string, string[]>,
  ): void {
    core.forgetAnswers();
    for (const definition of input.definitions as SegmentDefinition[]) {
      if (!core.draft(core.writeText(JSON.stringify(definition)))) {
        throw new Error(`a draft was refused: ${core.response()}`);
      }
      const { segment } = JSON.parse(core.response() ?? "{}") as { segment: number };
      const page = { limit: 3, after: undefined as string | undefined };
      const ids: string[] = [];
      for (;;) {
        const next = JSON.parse(core.members(1, segment, input.at, page)) as string[];
        ids.push(...next);
        if (next.length < page.limit) break;
        page.after = next.at(-1);
      }
      if (!isDeepStrictEqual(ids, members[definition.id])) {
        throw new Error(`draft ${definition.id}: ${ids} is not ${members[definition.id]}`);
      }
    }
  }
}

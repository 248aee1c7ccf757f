import { defineSegments } from "../../bindings/javascript/define.ts";
import type {
  ParameterOverrides,
  SegmentDefinition,
} from "../../bindings/javascript/definition_types.ts";
import { Directory } from "../../bindings/javascript/directory.ts";
import type { Explanation } from "../../bindings/javascript/explanation_types.ts";
import { outcomeOf } from "../../bindings/javascript/responses.ts";
import type { StudioCore } from "../../bindings/javascript/studio_core.ts";
import { coreFromBuild } from "../javascript/core_from_build.ts";
import type { EngineUnderTest } from "./engine_under_test.ts";
import type { Line } from "./messages.ts";
import { checkSnapshots } from "./snapshot_checks.ts";

interface Input {
  definitions: unknown[];
  lines: Line[];
  parameters?: Record<string, unknown>;
}

function joined(lines: readonly Line[]): Uint8Array {
  return Buffer.concat(
    lines.flatMap((line) => [
      typeof line === "string" ? Buffer.from(line) : line,
      Buffer.from("\n"),
    ]),
  );
}

function parametersOf(input: Input): { parameters?: ParameterOverrides } {
  return input.parameters === undefined
    ? {}
    : { parameters: input.parameters as ParameterOverrides };
}

function directoryOf(
  core: StudioCore,
  input: Input,
  origin: { source: string; epoch: string } | null,
) {
  return new Directory(core, {
    segments: input.definitions as SegmentDefinition[],
    ...parametersOf(input),
    live: origin !== null,
    ...(origin ?? { source: "evaluate", epoch: "0" }),
  });
}

/** The core in WebAssembly, as the command line uses it; next changes as a host that keeps contacts asks for them. */
export async function createEngineUnderTest(): Promise<EngineUnderTest> {
  const core = await coreFromBuild();
  return {
    evaluate(input) {
      const directory = directoryOf(core, input, null);
      const { refused } = directory.ingest(joined(input.lines));
      const answer = JSON.parse(directory.evaluate(input.at, true)) as Record<
        string,
        { count: number; members: string[] }
      >;
      directory.close();
      const segments: Record<string, string[]> = {};
      for (const [id, { count, members }] of Object.entries(answer)) {
        if (count !== members.length) throw new Error(`${id}: ${count} is not ${members.length}`);
        segments[id] = members;
      }
      return { segments, refusedLines: refused.map(({ line }) => line) };
    },

    replay(input) {
      const directory = directoryOf(core, input, input);
      if (input.until !== undefined) directory.limitUntil(input.until);
      const { deltas, refused } = directory.ingest(joined(input.lines));
      deltas.push(...directory.finish());
      directory.close();
      return { deltas, refusedLines: refused.map(({ line }) => line) };
    },

    nextChangeAt(input) {
      const { parameters } = parametersOf(input);
      core.setOrigin("oracle", "0");
      defineSegments(core, input.definitions as SegmentDefinition[], parameters);
      const contact = core.openContact(input.contact);
      core.apply(contact, core.writeBytes(joined(input.lines)), input.clock);
      const refusals = outcomeOf(core).refused;
      if (refusals.length > 0)
        throw new Error(`a good message was refused: ${refusals[0]?.message}`);
      const next = core.nextChangeAt(contact);
      core.closeContact(contact);
      if (input.lines.length <= 200) checkSnapshots(core, input);
      return Number.isNaN(next) ? null : next;
    },

    explain(input) {
      const { parameters } = parametersOf(input);
      core.setOrigin("oracle", "0");
      const defined = defineSegments(core, input.definitions as SegmentDefinition[], parameters);
      const places = new Map(defined.segments.map(({ id }, index) => [id, index]));
      const contact = core.openContact(input.contact);
      core.apply(contact, core.writeBytes(joined(input.lines)), input.clock);
      const explanations = input.segments.map((id) => {
        const text = core.explain(contact, places.get(id) ?? -1, input.at, input.clock, "");
        return JSON.parse(text) as Explanation;
      });
      core.closeContact(contact);
      return explanations;
    },
  };
}

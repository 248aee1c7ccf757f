import { checkedBytes, checkedText } from "./arguments.ts";
import { Contact } from "./contact.ts";
import type { Core } from "./core.ts";
import {
  type DefineResult,
  defineSegments,
  definitionSource,
  type SegmentSummary,
  type SegmentsInput,
} from "./define.ts";
import type { ParameterOverrides } from "./definition_types.ts";
import { disposeSymbol } from "./dispose_symbol.ts";
import { EngineState } from "./engine_state.ts";
import { SegmentError } from "./segment_error.ts";
import { startCore } from "./start_core.ts";
import { uuidV7 } from "./uuid_v7.ts";
import type { CompiledModules, WasmSource } from "./wasm_source.ts";

export interface EngineOptions {
  segments: SegmentsInput;
  /** Values that replace those of the definitions' parameters. */
  parameters?: ParameterOverrides;
  /** Where the core comes from, for hosts that must hand it in; by default it is part of the package. */
  wasm?: WasmSource;
  /**
   * What contacts keep of their events' properties: `all` (the default), or those that are `referenced` by the segments
   * in force, which takes less memory. What was dropped stays so: segments that are defined later see nothing of it in
   * the events before, and events that differ in nothing else count as copies. Traits, channels and lists stay.
   */
  retention?: "all" | "referenced";
  /** Who finds the changes out, as every delta says: such as `edge` (default `local`). */
  source?: string;
  /** The life of the storage behind the source, as every delta says (default: a new UUID of version 7). */
  epoch?: string;
}

/** Values for parameters by name; null: the value that the definition declares. */
export type ParameterChanges = {
  readonly [Name in keyof ParameterOverrides]: ParameterOverrides[Name] | null;
};

export interface DefineOptions {
  /** Values for the definitions' parameters (default: those in force stay). */
  parameters?: ParameterOverrides;
}

/** What an entry's `createEngine` does with the core that it brings. */
export async function startEngine(
  modules: CompiledModules,
  options: EngineOptions,
): Promise<Engine> {
  const { source = "local" } = options;
  checkedText(source, "source");
  if (options.epoch !== undefined) checkedText(options.epoch, "epoch");
  const { retention = "all" } = options;
  if (retention !== "all" && retention !== "referenced") {
    throw new SegmentError("invalid_argument", '`retention` must be "all" or "referenced".');
  }
  // In this order: the first random number takes Node.js 5 ms, and other threads compile meanwhile.
  const [core, epoch] = await Promise.all([
    startCore(modules, options.wasm),
    options.epoch ?? uuidV7(),
  ]);
  core.setOrigin(source, epoch);
  core.setRetention(retention === "referenced");
  return new Engine(core, options);
}

/** A set of segments and the contacts that it decides about. Made by `createEngine`. */
export class Engine {
  readonly #state: EngineState;
  #parameters: ParameterOverrides | undefined;
  #segments: readonly SegmentSummary[] = [];
  /** The definitions in force as they were given, for other parameters. */
  #source: string | Uint8Array = "[]";

  /** @internal */
  constructor(core: Core, options: EngineOptions) {
    this.#state = new EngineState(core);
    this.define(options.segments, options);
  }

  /**
   * Puts a set of segments in the place of the one in force, as a whole or not at all. Contacts that are open tell
   * what it changes for them with their next `apply` or `advanceTo`.
   *
   * @throws SegmentError `definitions_refused`, with all problems; the old set stays in force.
   */
  define(segments: SegmentsInput, options: DefineOptions = {}): DefineResult {
    const parameters = options.parameters ?? this.#parameters;
    const source = definitionSource(segments);
    const defined = defineSegments(this.#state.core, source, parameters);
    this.#source = source;
    this.#parameters = parameters;
    this.#segments = Object.freeze(defined.segments);
    this.#state.segmentIndex = new Map(defined.segments.map(({ id }, index) => [id, index]));
    return { problems: defined.problems, changed: defined.changed };
  }

  /**
   * Replaces some parameters of the definitions in force, those of the same names; the others stay as they are. A value
   * of null gives a parameter back the value that its definition declares. Contacts that are open tell what it changes
   * for them with their next `apply` or `advanceTo`, as `definition`; only what depends on the parameters is decided
   * anew.
   *
   * @throws SegmentError `definitions_refused`, with the problems; the old values stay in force.
   */
  setParameters(parameters: ParameterChanges): DefineResult {
    if (typeof parameters !== "object" || parameters === null) {
      throw new SegmentError(
        "invalid_argument",
        "`parameters` must be an object of values by name.",
      );
    }
    const merged = Object.entries({ ...this.#parameters, ...parameters });
    return this.define(this.#source, {
      parameters: Object.fromEntries(
        merged.filter(([, value]) => value !== null),
      ) as ParameterOverrides,
    });
  }

  /** The segments in force, by id. */
  segments(): readonly SegmentSummary[] {
    this.#state.checkOpen();
    return this.#segments;
  }

  /**
   * Opens a contact, empty or as its snapshot has it. Two that are opened with one id know nothing of each other.
   *
   * A snapshot of this very source and epoch goes on with its memberships and the numbers of its deltas. One of
   * another begins a new sequence of deltas: the next call that tells deltas first tells all memberships, with cause
   * `first`. What other definitions make of it is told with that call, too.
   *
   * @throws SegmentError `snapshot_damaged`, `snapshot_version`, or `other_contact` when `id` is none of its ids.
   */
  contact(id: string, snapshot?: Uint8Array): Contact {
    const bytes = snapshot === undefined ? undefined : checkedBytes(snapshot, "snapshot");
    return new Contact(this.#state, checkedText(id, "id"), bytes);
  }

  /** How many contacts are open: to find those that are never disposed. */
  get openContactCount(): number {
    return this.#state.core.openContactCount();
  }

  /** Frees the engine and its contacts. Nothing more can be asked of them then. */
  dispose(): void {
    this.#state.dispose();
  }

  [disposeSymbol](): void {
    this.dispose();
  }
}
